"""Frames → results; pure."""
