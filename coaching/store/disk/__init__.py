"""The operating system: the one place of the program that knows which it is."""

from coaching.store.disk.elsewhere import is_elsewhere
from coaching.store.disk.files import (
    Appended,
    InUseError,
    flush,
    flush_folder,
    forget,
    open_file,
    open_in_own_folder,
    read,
    remove,
    remove_tree,
    rename,
    replace,
)
from coaching.store.disk.locks import LOCK_FILE, BusyError, Lock, LockedAgain, locked
from coaching.store.disk.names import allowed_name, decoded_name, is_too_long

__all__ = [
    "LOCK_FILE",
    "Appended",
    "BusyError",
    "InUseError",
    "Lock",
    "LockedAgain",
    "allowed_name",
    "decoded_name",
    "flush",
    "flush_folder",
    "forget",
    "is_elsewhere",
    "is_too_long",
    "locked",
    "open_file",
    "open_in_own_folder",
    "read",
    "remove",
    "remove_tree",
    "rename",
    "replace",
]
