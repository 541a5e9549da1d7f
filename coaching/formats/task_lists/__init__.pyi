from .reader import is_list, read_lists

__all__ = ["is_list", "read_lists"]
