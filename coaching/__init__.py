"""A workbook for managers who coach with compassion."""
