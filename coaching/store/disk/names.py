"""Names and paths that an operating system does not allow."""

import errno
import os
import re
import sys

#: What Windows keeps for devices, whatever follows a dot.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$')

#: ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND: what is said of a path that is too long, too.
_NOT_FOUND = {2, 3}
_NAME_TOO_LONG = 206
#: Folders may have longer paths than this only where Windows was told so.
_LONGEST_PATH = 247


def allowed_name(name: str) -> str:
    """Return the name that a file can have here: what Windows does not allow is written as addresses write it."""
    if sys.platform == "win32":
        name = _FORBIDDEN.sub(_percent, name)
        return re.sub("^.", _percent, name) if _RESERVED.fullmatch(name) else name
    return name


def decoded_name(name: bytes) -> str:
    """Return the name that a file can have here for one that a disk, perhaps of another system, had as bytes."""
    if sys.platform == "win32":
        return allowed_name(name.decode(errors="surrogateescape"))
    return os.fsdecode(name)


def _percent(character: re.Match[str]) -> str:
    return f"%{ord(character[0]):02X}"


def is_too_long(error: OSError) -> bool:
    """Tell whether an error stands for a path that is longer than the system allows."""
    if sys.platform == "win32":
        is_long = len(str(error.filename or "")) > _LONGEST_PATH
        number = getattr(error, "winerror", None)
        return number == _NAME_TOO_LONG or (number in _NOT_FOUND and is_long)
    return error.errno == errno.ENAMETOOLONG
