"""Data that comes with the package: an invented year, and a hostile one."""
