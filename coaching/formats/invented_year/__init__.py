"""The nested form in which an invented year is written."""
