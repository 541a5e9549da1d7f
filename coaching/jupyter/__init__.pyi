from .lab import open_lab

__all__ = ["open_lab"]
