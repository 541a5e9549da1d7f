from .lab import open_lab
from .lock import lock_all

__all__ = ["lock_all", "open_lab"]
