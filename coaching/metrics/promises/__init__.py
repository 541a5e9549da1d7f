"""Numbers about promises: open, due, kept, done."""
