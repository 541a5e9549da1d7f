"""The edge to the screen: one form widget, and what each segment of a session asks."""
