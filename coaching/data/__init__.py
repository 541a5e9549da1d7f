"""Data that comes with the package: an invented year, and what the program says in other languages."""
