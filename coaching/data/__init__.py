"""Data that comes with the package: an invented year, a hostile one, and the prompts."""
