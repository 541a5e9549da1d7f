"""Passphrases and keys of somebody who is not asked for them: in the environment, in a file, or from a command.

The command line takes them out of the environment at once, as everything that it starts would get them too. A kernel
gets the passphrase of ``coaching lab`` by a file that the first one to read it removes.
"""

import ctypes  # noqa: TID251 - overwrites the environment, which is no matter of the disk
import os
import re
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from coaching.errors import CoachingError
from coaching.i18n import say
from coaching.store import disk

PASSPHRASE = "PASSPHRASE"  # noqa: S105 - the name of one
_NAMES = (PASSPHRASE, "NEW_PASSPHRASE", "RECOVERY_KEY", "PAGE_PASSPHRASE", "SEAL_PASSPHRASE")
_FILE, _COMMAND = "_FILE", "_COMMAND"
_PREFIX = "COACHING_"
#: The file by which a kernel gets the passphrase.
_ONCE = "COACHING_PASSPHRASE_ONCE"

#: Where files have permissions, the environment can be seen from outside, and commands are written as for a shell.
_IS_POSIX = hasattr(os, "geteuid")

#: What was taken out of the environment, or given as an option: by name, such as ``PASSPHRASE_FILE``.
_taken: dict[str, str] = {}
#: What a file or a command gave; it is not asked again.
_values: dict[str, str] = {}


def take() -> None:
    """Take everything secret out of the environment, so that nothing gets it that is started from now on."""
    for name in [f"{secret}{source}" for secret in _NAMES for source in ("", _FILE, _COMMAND)]:
        if f"{_PREFIX}{name}" in os.environ:
            _overwrite(f"{_PREFIX}{name}")
            _taken[name] = os.environ.pop(f"{_PREFIX}{name}")


def use(file: Path | None, command: str | None) -> None:
    """Take the passphrase from a file, or from what a command puts out, instead of from the environment.

    Raises
    ------
    CoachingError
        If both are named.
    """
    if file is None and command is None:
        return
    if file is not None and command is not None:
        raise CoachingError("Choose one of --passphrase-file and --passphrase-command.")
    take()
    for source in ("", _FILE, _COMMAND):
        _taken.pop(f"{PASSPHRASE}{source}", None)
    _taken[f"{PASSPHRASE}{_FILE if file is not None else _COMMAND}"] = command or str(file)


def forget() -> None:
    """Forget what was taken."""
    _taken.clear()
    _values.clear()


def credential(name: str = PASSPHRASE) -> str | None:
    """Return a passphrase or key that nobody has to be asked for, or None.

    Raises
    ------
    CoachingError
        If its file or its command gives none; it says why.
    """
    if value := _source(name):
        return value
    file, command = _source(f"{name}{_FILE}"), _source(f"{name}{_COMMAND}")
    if file and command:
        raise CoachingError(
            "Set one of {prefix}{name}{file} and {prefix}{name}{command}, not both.",
            prefix=_PREFIX,
            name=name,
            file=_FILE,
            command=_COMMAND,
        )
    if file:
        return _values.get(file) or _values.setdefault(file, _read(Path(file).expanduser()))
    if command:
        return _values.get(command) or _values.setdefault(command, _put_out_by(command))
    return None


def hand_over(folder: Path) -> Mapping[str, str]:
    """Leave the passphrase, if there is one, in a private folder; return the environment in which a kernel takes it."""
    passphrase = credential()
    if passphrase is None:
        return {}
    file = folder / "passphrase"
    with os.fdopen(disk.open_file(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as opened:
        opened.write(passphrase.encode())
    return {_ONCE: str(file)}


def take_over() -> str | None:
    """Return the passphrase of this kernel, once: that of `hand_over`, unless another kernel has it; or its own.

    Raises
    ------
    CoachingError
        If its file or its command gives none; it says why.
    """
    take()
    try:
        return _once() or credential()
    finally:
        forget()


def _once() -> str | None:
    file = Path(os.environ.pop(_ONCE, ""))
    ours = file.with_name(f"{file.name} of {os.getpid()}") if file.name else file
    try:
        disk.rename(file, ours)  # one alone can do so
    except OSError:
        return None
    passphrase = disk.read(ours).decode()
    disk.remove(ours)
    return passphrase


def _source(name: str) -> str | None:
    return _taken.get(name) or os.environ.get(f"{_PREFIX}{name}")


def _read(file: Path) -> str:
    """Return the passphrase in a file."""
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            if _IS_POSIX and stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
                raise CoachingError(
                    "Other accounts can read the passphrase file '{file}': 'chmod 600' mends that.", file=file
                )
            return _without_newline(opened.read(), say("The passphrase file '{file}'", file=file))
    except OSError as error:
        raise CoachingError(
            "The passphrase file '{file}' cannot be read: {reason}.", file=file, reason=error.strerror
        ) from None


def _put_out_by(command: str) -> str:
    """Return the passphrase that a command puts out; it may ask somebody for another one."""
    try:
        words = shlex.split(command) if _IS_POSIX else command
        done = subprocess.run(words, stdout=subprocess.PIPE, check=False)  # noqa: S603 - the user's own command
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or say("it is not written as a shell would read it")
        raise CoachingError("The passphrase command cannot be run: {reason}.", reason=reason) from None
    if done.returncode:
        raise CoachingError("The passphrase command failed with exit code {code}.", code=done.returncode)
    return _without_newline(done.stdout, say("The output of the passphrase command"))


def _without_newline(data: bytes, what: str) -> str:
    """Return the text of a file or a command, but for the one newline that editors and commands end it with."""
    try:
        text = re.sub(r"\r?\n\Z", "", data.decode())
    except UnicodeDecodeError:
        raise CoachingError("{what} is not text in UTF-8.", what=what) from None
    if not text:
        raise CoachingError("{what} is empty.", what=what)
    return text


def _overwrite(variable: str) -> None:
    """Overwrite a variable where the system shows it to other programs: there it would stand to the end."""
    if not _IS_POSIX:
        return
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_void_p
    if place := getenv(os.fsencode(variable)):
        ctypes.memset(place, 0, len(ctypes.string_at(place)))
