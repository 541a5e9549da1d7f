"""Locking the workbooks of a home: in this program, and in all others that have them in use."""

import contextlib
import secrets
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coaching import store
from coaching.errors import CoachingError, WrongKeyError
from coaching.forms.engine.guard import Guard
from coaching.i18n import to_say
from coaching.workbook.environment import lock_after
from coaching.workbook.home import Home
from coaching.workbook.memory import keep_out_of_core_files, overwrite_what_is_free

#: Whoever has the home in use looks whether this file is another one; it says nothing.
_SIGNAL = ".lock"
_LOOK_EVERY_S = 0.5
#: What a message still held when it was written over the first time, it gives back soon.
_TIMES = 4
_AWAY = to_say("The workbook that was in use here is not there, or cannot be read. Put its folder back, then unlock.")


def lock_all(home: Path) -> None:
    """Let every program lock that has this home in use; each notices within a second or two.

    Raises
    ------
    CoachingError
        If there is no such home, or it cannot be written.
    """
    if not home.is_dir():
        raise CoachingError(
            "There is no home folder '{home}', so nothing was locked; name the one in use with --home.", home=home
        )
    store.write_file(home / _SIGNAL, secrets.token_hex(8))


class HomeSafe:
    """The workbooks of a home, as the lock of a kernel knows them.

    Parameters
    ----------
    home
        The home folder.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seen = _signal(home.folder)
        self._telling = threading.Lock()  # what was told others is not taken for told by others
        self.rounds_left = 0

    def is_open(self) -> bool:
        """Tell whether a workbook is open that has a passphrase."""
        return self._home.unlocking.is_open()

    def lock(self) -> None:
        """Drop all keys and passphrases, and what was read with them; what stood in memory is written over soon."""
        self._home.lock()
        self.rounds_left = _TIMES

    def unlock(self, passphrase: str, workbook: str | None) -> None:
        """Open the workbooks that a passphrase opens; not what it does not open, though it was open meanwhile.

        Parameters
        ----------
        passphrase
            What somebody has typed.
        workbook
            Which of them must be there, and opened by it; any will do by default.

        Raises
        ------
        CoachingError
            If it opens none, or this one is away, or is not among them; nothing is open then.
        """
        self._home.lock()
        try:
            self._open(passphrase, workbook)
        except Exception:
            self.lock()
            raise

    def _open(self, passphrase: str, workbook: str | None) -> None:
        folder = store.look_through(self._home.folder).folder_of(workbook) if workbook else None
        if workbook and folder is None:
            raise CoachingError(_AWAY)
        self._home.unlock(passphrase)
        if not self.is_open() and folder is None:
            raise CoachingError(_AWAY)
        if folder and (self._home.unlocking.is_closed(folder) or not self._home.open(folder).has_passphrase):
            raise WrongKeyError("This passphrase opens another workbook than the one that was in use here.")

    def now(self) -> datetime:
        """Return the time."""
        return self._home.clock()

    def tell_others(self) -> None:
        """Let all other programs lock that have this home in use; a home that cannot be written has none that write."""
        with self._telling:
            with contextlib.suppress(CoachingError):
                lock_all(self._home.folder)
            self._seen = _signal(self._home.folder)

    def was_told(self) -> bool:
        """Tell whether somebody has locked all since this was asked last."""
        with self._telling:
            before, self._seen = self._seen, _signal(self._home.folder)
            return before != self._seen


def guarded(home: Home) -> Guard:
    """Return the lock of this kernel, which looks by itself from now on whether it is time."""
    keep_out_of_core_files()
    safe = HomeSafe(home)
    guard = Guard(safe, lock_after())

    def look() -> None:
        pause = threading.Event()
        while not pause.wait(_LOOK_EVERY_S):
            with contextlib.suppress(Exception):  # whatever went wrong, it is looked again
                if safe.was_told():
                    guard.lock_as_others()
                guard.look()
                if guard.is_locked and safe.rounds_left:
                    safe.rounds_left -= 1
                    guard.tell_again()
                    _in_every_thread(overwrite_what_is_free)

    threading.Thread(target=look, name="coaching lock", daemon=True).start()
    return guard


def _signal(home: Path) -> tuple[int, int] | None:
    """Return what changes whenever all are to lock."""
    with contextlib.suppress(OSError):
        status = (home / _SIGNAL).stat()
        return status.st_ino, status.st_mtime_ns
    return None


def _in_every_thread(act: Callable[[], None]) -> None:
    """Do something here, and soon in the threads of a kernel that messages pass through: each has memory of its own."""
    kernelbase = sys.modules.get("ipykernel.kernelbase")
    if kernelbase and kernelbase.Kernel.initialized():
        kernel = kernelbase.Kernel.instance()
        threads = [kernel, kernel.iopub_thread, *threading.enumerate()]
        for loop in {id(loop): loop for one in threads if (loop := getattr(one, "io_loop", None))}.values():
            loop.add_callback(act)
    act()
