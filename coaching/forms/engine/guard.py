"""Who may see the forms of a kernel: the pages that are there, until one is closed, nobody is there, or somebody locks.

A page that is shown words tells every few seconds that it is there, and when somebody last moved in it. Locking first
lets the pages hand over what is not kept yet; then every screen drops its words, and the keys go. From there on no
message opens anything but one: the passphrase, typed into the cover.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal, Protocol
from weakref import WeakSet

from coaching.forms.engine.messages import KernelMessage, LockedMessage, LockTerms
from coaching.forms.engine.reason import reason
from coaching.i18n import say, to_say

Message = Mapping[str, Any]
Send = Callable[[KernelMessage], None]

#: How long a page may be silent; a browser lets one that is hidden speak once a minute.
SILENCE, SILENCE_WHILE_HIDDEN = timedelta(seconds=30), timedelta(seconds=90)
#: How long the pages may take to hand over what is not kept yet.
GRACE = timedelta(seconds=3)
#: What comes to stand in place of words, wherever messages are held on their way.
_BLANK = " " * 6000
#: Whoever looks every second and finds more time gone has slept, or the clock was set.
_SLEPT = timedelta(seconds=30)
_NOT_SHUT = to_say("Not everything could be locked. Try again; if it stays so, restart the kernel.")


class Screen(Protocol):
    """Forms or views that show the words of one workbook."""

    def place(self) -> str | None:
        """Return the id of the workbook whose words it shows, or showed before it was shut; None if there is none."""

    def is_plain(self) -> bool | None:
        """Tell whether that workbook has no passphrase, as far as is known without the disk; None if there is none."""

    def risk(self) -> str | None:
        """Return what is to be said of that workbook while it has no passphrase; None if there is none."""

    def shut(self) -> None:
        """Drop every word of workbooks that have a passphrase, but remember where somebody was.

        If it fails, it is asked again, with the keys gone.
        """

    def reopen(self) -> None:
        """Take the words up again."""

    def tell(self, message: KernelMessage) -> None:
        """Tell every page that shows it."""


class Safe(Protocol):
    """What is locked: the workbooks of a home."""

    def is_open(self) -> bool:
        """Tell whether a workbook is open that has a passphrase."""

    def lock(self) -> None:
        """Drop all keys and passphrases, and what was read with them."""

    def unlock(self, passphrase: str, workbook: str | None) -> None:
        """Open the workbooks that a passphrase opens; none, but an error, if this one is not among them."""

    def now(self) -> datetime:
        """Return the time."""

    def tell_others(self) -> None:
        """Let all other programs lock that have this home in use."""


@dataclass(frozen=True)
class _Page:
    """A page: when it was last heard, when somebody last moved in it, and how long it may be silent."""

    heard: datetime
    moved: datetime
    patience: timedelta = SILENCE


class Guard:
    """The lock of one kernel; several threads may ask at once.

    Parameters
    ----------
    safe
        What is locked.
    after
        How long nobody may be there.
    """

    def __init__(self, safe: Safe, after: timedelta) -> None:
        self._safe, self._after = safe, after
        self._name = secrets.token_hex(8)
        self._screens: WeakSet[Screen] = WeakSet()
        self._pages: dict[str, _Page] = {}
        self._flushing: set[str] = set()
        # While it is shutting, keys and screens are put away; "locked" is said when nothing of them is left.
        self._state: Literal["open", "locking", "shutting", "locked"] = "open"
        self._since = self._looked = safe.now()
        self._lock = threading.RLock()  # of what stands above; never held while a screen is asked anything
        self._turning = threading.RLock()  # one locks or unlocks at a time

    def __repr__(self) -> str:
        """Say how it stands, and count."""
        return f"<the lock of a kernel: {self._state}, {len(self._pages)} pages>"

    def door(self, screen: Screen) -> "Door":
        """Return the way of messages to and from a screen, which is locked too from now on."""
        self._screens.add(screen)
        return Door(self, screen)

    def terms(self, screen: Screen) -> LockTerms:
        """Return what a page must know to lock itself: after how long, and whether there is a passphrase at all."""
        return {
            "of": self._name,
            "after": self._after.total_seconds(),
            "locks": self._safe.is_open(),
            "plain": screen.is_plain(),
            "risk": screen.risk(),
        }

    def lets_in(self, screen: Screen, message: Message, answer: Send) -> bool:
        """Return whether a message may reach its form; what is about the lock is seen to here."""
        page, kind = message.get("page"), message.get("type")
        if kind == "unlock":
            self._unlock(screen, message, answer)
        elif kind == "goodbye":
            with self._lock:
                self._pages.pop(str(page), None)
            self.lock()
        elif page is not None:
            self._hear(str(page), message)
        if kind == "lock":
            self._flushed(str(page), everywhere=bool(message.get("everywhere")))
        if kind in {"unlock", "goodbye", "here", "lock"}:
            return False
        if self._state == "open":
            # What a form tells by itself, every page hears; it is told to one that has asked.
            return page is not None or kind != "hello" or not self._safe.is_open()
        if self._state == "locking" and kind == "words":
            return True
        answer({"type": "locking"} if self._state == "locking" else self._locked(screen))
        return False

    @property
    def is_locked(self) -> bool:
        """Whether nothing is let in before the passphrase."""
        return self._state == "locked"

    def lock(self) -> None:
        """Ask all pages for what is not kept yet, and lock when they have answered, or soon."""
        with self._lock:
            if self._state != "open" or not self._safe.is_open():
                return
            self._state, self._since, self._flushing = "locking", self._safe.now(), set(self._pages)
            is_alone = not self._flushing
        self._tell({"type": "locking"})
        if is_alone:
            self._shut()

    def lock_as_others(self) -> None:
        """Lock as another program has: what a cell has unlocked under the cover too; and no environment opens any."""
        self.lock()
        with self._turning:
            if self._state == "locked" or not self._safe.is_open():
                self._safe.lock()

    def look(self) -> None:
        """Look whether it is time to lock; to be called every second, or more often."""
        now = self._safe.now()
        with self._lock:
            has_slept = abs(now - self._looked) > _SLEPT
            self._looked = now
            pages = self._pages.values()
            is_gone = any(now - page.heard > page.patience for page in pages)
            is_left = bool(pages) and all(now - page.moved > self._after for page in pages)
            is_late = self._state == "locking" and abs(now - self._since) > GRACE
            is_due = is_late or self._state == "shutting"  # something went wrong the last time
        if is_due:
            self._shut()
        elif has_slept or is_gone or is_left:
            self.lock()

    def _hear(self, page: str, message: Message) -> None:
        """Take note that a page is there; while others are shown words, one that has just come locks them all."""
        now = self._safe.now()
        with self._lock:
            seen_page = self._pages.get(page)
            is_stranger = seen_page is None and bool(self._pages)
            heard = replace(seen_page, heard=now) if seen_page else _Page(now, now)
            if message.get("type") == "words":
                heard = replace(heard, moved=now)
            if message.get("type") == "here":
                patience = SILENCE_WHILE_HIDDEN if message.get("hidden") else SILENCE
                heard = _Page(now, now - timedelta(seconds=float(message.get("idle") or 0)), patience)
            self._pages[page] = heard
        if is_stranger:
            self.lock()

    def _flushed(self, page: str, *, everywhere: bool) -> None:
        """Take note that a page has handed over everything; the one that wants to lock has done so first."""
        if everywhere:
            self._safe.tell_others()
        self.lock()
        with self._lock:
            self._flushing.discard(page)
            is_done = self._state == "locking" and not self._flushing
        if is_done:
            self._shut()

    def _shut(self) -> None:
        """Put everything away; whatever of it fails, the rest is done, and it is tried again soon."""
        with self._turning:
            with self._lock:
                if self._state not in {"locking", "shutting"}:
                    return
                self._state, self._pages = "shutting", self._present()
            try:
                are_shut = [_succeeds(screen.shut) for screen in list(self._screens)]
            finally:
                self._safe.lock()
            if all(are_shut):
                self._state = "locked"
                self.tell_again()

    def tell_again(self) -> None:
        """Tell all pages that they are locked, if they are; what comes to stand in place of words goes along."""
        with self._turning:
            for screen in list(self._screens) if self.is_locked else ():
                _succeeds(partial(self._tell_locked, screen))

    def _unlock(self, screen: Screen, message: Message, answer: Send) -> None:
        with self._turning:
            self.lock()
            self._shut()  # a page may have covered itself while nothing was heard of it here
            if self._state == "shutting":
                answer({"type": "wrong", "text": say(_NOT_SHUT)})
                return
            if self._state == "locked":
                self._state = "shutting"  # until all is open: whatever interrupts this, it is put away again
                try:
                    self._open(screen, str(message.get("passphrase") or ""))
                except Exception as error:  # noqa: BLE001 - whatever went wrong, nothing is open, and it is said
                    self._shut()
                    answer({"type": "wrong", "text": reason(error)})
                    return
            now = self._safe.now()
            with self._lock:
                self._pages = {name: replace(page, moved=now) for name, page in self._present().items()}
                self._pages[str(message.get("page"))] = _Page(now, now)
                self._state = "open"
            self._tell({"type": "unlocked"})

    def _open(self, screen: Screen, passphrase: str) -> None:
        """Open the workbook that a screen has shown, and take up again what all screens showed."""
        if _asks(screen):
            self._safe.unlock(passphrase, screen.place())
        else:
            self._safe.lock()  # a cell may have unlocked something under the cover
        for one in list(self._screens):
            one.reopen()

    def _tell_locked(self, screen: Screen) -> None:
        screen.tell(self._locked(screen))

    def _locked(self, screen: Screen) -> LockedMessage:
        return {"type": "locked", "asks": _asks(screen), "blank": _BLANK}

    def _present(self) -> dict[str, _Page]:
        now = self._safe.now()
        return {name: page for name, page in self._pages.items() if now - page.heard <= page.patience}

    def _tell(self, message: KernelMessage) -> None:
        for screen in list(self._screens):
            _succeeds(partial(screen.tell, message))


def _asks(screen: Screen) -> bool:
    """Tell whether a screen needs a passphrase: all do but those that are known to have shown a plain workbook."""
    return screen.is_plain() is not True


def _succeeds(act: Callable[[], None]) -> bool:
    """Do something with one screen, and tell whether it went well: the others are not to suffer from it."""
    with suppress(Exception):
        act()
        return True
    return False


class Door:
    """The way of messages to and from one screen.

    Parameters
    ----------
    guard
        Whom it asks.
    screen
        The forms or views behind it.
    """

    def __init__(self, guard: Guard, screen: Screen) -> None:
        self._guard, self._screen = guard, screen

    def lets_in(self, message: Message, answer: Send) -> bool:
        """Return whether a message may reach its form.

        Parameters
        ----------
        message
            What a page has sent; `page` is its name, which it takes anew each time it is loaded.
        answer
            Answers through the form that was spoken to.
        """
        return self._guard.lets_in(self._screen, message, answer)

    def terms(self) -> LockTerms:
        """Return what a page must know to lock itself."""
        return self._guard.terms(self._screen)
