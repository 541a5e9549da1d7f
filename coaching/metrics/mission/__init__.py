"""Numbers about a mission statement: its words, likeness and themes."""
