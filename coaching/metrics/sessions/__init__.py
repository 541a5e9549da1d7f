"""Numbers about the conversations themselves."""
