"""What every figure is drawn on: sheet, axes, labels and style."""
