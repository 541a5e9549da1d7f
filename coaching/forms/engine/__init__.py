"""What every form is made of: the widget, its blocks, values and messages."""
