from .doctor import problems
from .lab import open_lab
from .laying_out import lay_out
from .lock import lock_all

__all__ = ["lay_out", "lock_all", "open_lab", "problems"]
