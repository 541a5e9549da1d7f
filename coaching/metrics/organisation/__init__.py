"""What an organisation may count: cells of a quarter, their noise and shares, and which of them may be shown."""
