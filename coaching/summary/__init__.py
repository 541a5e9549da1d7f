"""The edge to the reader: shared data → one HTML page."""
