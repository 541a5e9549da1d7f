from .reader import is_list, is_notes, read_lists

__all__ = ["is_list", "is_notes", "read_lists"]
