"""What moves on with the person to a new coach."""
