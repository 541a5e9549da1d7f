"""What became of promises: figures of their days, ages and counts."""
