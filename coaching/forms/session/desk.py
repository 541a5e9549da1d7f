"""What the session's forms need of the home folder: who and which session can be chosen, and where words are kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from coaching import store
from coaching.errors import CoachingError, LockedError, StoreError
from coaching.forms.parts.protection import risk
from coaching.forms.parts.start import Choice
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.model.entries import Session
from coaching.workbook import passphrases
from coaching.workbook.clock import ClockJump, Moments
from coaching.workbook.context import Context, Records, Settled
from coaching.workbook.copies import Copies
from coaching.workbook.home import Home
from coaching.workbook.names import told_apart
from coaching.workbook.workbook import Workbook

_SESSIONS_OFFERED = 5
_SOON = timedelta(days=14)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Desk:
    """The workbooks of a home folder, as the forms use them.

    Private notes whose 90 days are over are erased when a session is closed, in which that was said beforehand.

    Parameters
    ----------
    home
        The home folder.
    name
        With whom to begin, once that workbook is open; by default with whom was written about last.
    """

    def __init__(self, home: Home, name: str | None = None) -> None:
        self._home = home
        self._name = name
        self._workbooks: dict[str, Workbook] = {}
        self._confirmed: set[tuple[str, datetime]] = set()
        self.copies = Copies(self._workbook, home.clock)
        self.remember()

    def begin(self) -> Context | None:
        """Return what is known for the session to begin with: of the one who was asked for, or written about last.

        None if that workbook is locked, so that nobody else's comes up instead; or if there is none. Of one that is
        locked, all that can be seen is when somebody last typed into a session that is not closed.

        Raises
        ------
        UnknownWorkbookError
            If the name that was asked for does not say which.
        """
        if not self._workbooks:
            return None
        if self._name:
            wanted = self._wanted(self._name)
            return self.open_session(wanted) if wanted else None
        typed = [at for folder in self._home.locked() if (at := store.last_drafted(folder))]
        kept = (at for workbook in self._workbooks.values() if (at := workbook.last_kept()))
        return None if typed and max(typed) > max(kept, default=_NEVER) else self.open_session()

    def open_session(self, workbook: str | None = None, session: str | None = None) -> Context | None:
        """Return what is known for a session of a workbook: by default of the one that was written in last.

        None if there is no workbook yet.
        """
        if not self._workbooks:
            return None
        chosen = self._workbooks[workbook] if workbook else self._first(self._workbooks.values())
        return chosen.open_session(session)

    def make(
        self, name: str, coach: str, passphrase: str | None, *, is_locked_later: bool = False
    ) -> tuple[Context, str | None]:
        """Make a workbook for a person; return what is known for its first session, and its recovery key.

        Without a passphrase it is plain, or encrypted with a key that lies beside its files until it has one.

        Raises
        ------
        CoachingError
            If the name is blank or taken, the passphrase is easy to guess, or the disk refuses.
        """
        made = self._home.create(name, coach or None, lambda: passphrase, is_locked_later=is_locked_later)
        self.remember()
        self._workbooks[made.workbook.id] = made.workbook
        return made.workbook.open_session(), made.recovery_key

    def unlock(self, passphrase: str) -> str | None:
        """Open the workbooks that a passphrase opens; return which of them to sit down with, if nobody sits yet.

        Raises
        ------
        WrongKeyError
            If it opens none.
        """
        before = set(self._workbooks)
        self._home.unlock(passphrase)
        self.remember()
        opened = [workbook for workbook in self._workbooks.values() if workbook.id not in before]
        return self._first(opened).id if opened else None

    def renew_recovery_key(self, context: Context) -> str | None:
        """Return a new recovery key of a workbook, if nobody has confirmed yet that the one it has was shown.

        None as well where the disk refuses: a workbook that can only be read is opened all the same.
        """
        with suppress(StoreError):
            return self._home.unlocking.renew_recovery_key(self._workbooks[context.workbook].folder)
        return None

    def confirm_recovery_key(self, context: Context, recovery_key: str) -> None:
        """Take down that the recovery key of a workbook was written down.

        Raises
        ------
        CoachingError
            If another one was confirmed meanwhile, or the disk refuses.
        """
        store.confirm_recovery_key(self._workbooks[context.workbook].folder, recovery_key)

    def renew(self, context: Context) -> None:
        """Keep the private notes of a workbook for another 90 days."""
        self._workbooks[context.workbook].upkeep.renew()

    def take_away(self, context: Context, identity: str) -> None:
        """Take away a note that waits for a session, or a question of one's own."""
        self._workbooks[context.workbook].between.take_away(identity)

    def let_old_words_return(self, context: Context, *, wanted: bool) -> None:
        """Keep whether what was said once may return on the holder's screen."""
        self._workbooks[context.workbook].let_old_words_return(wanted=wanted)

    def offered(self, context: Context | None) -> Choice:
        """Return the people, and for the one that is chosen the session at hand, the next and the last ones."""
        locked, problems = len(self._home.locked()), self._home.problems(names_locked=False)
        people = list(told_apart(self._workbooks.values()).items())
        if context is None:
            return Choice(people, locked=locked, problems=problems)
        workbook = self._workbooks[context.workbook]
        sessions = workbook.sessions()
        here = (context.session, say("{label}, this one", label=context.label))
        new, label = workbook.next_session()
        is_new = context.session not in {session.id for session in sessions}
        after = [] if is_new else [(new, say("{label}, the next one", label=label))]
        today = self.now().date()
        last = [(s.id, _described(s, today)) for s in sessions[:_SESSIONS_OFFERED] if s.id != context.session]
        # Nothing of what was invented, and has ended, is due to whoever looks around in it.
        expiring = [] if workbook.ended_on else workbook.upkeep.expired(within=_SOON)
        over = sum(note.expires_on < today for note in expiring if note.expires_on)
        return Choice(
            people,
            [here, *after, *last],
            locked,
            over,
            len(expiring) - over,
            clock_jump=self._clock_jump(workbook),
            problems=problems,
            has_open_key=self.has_open_key(context.workbook),
        )

    def asks(self, context: Context) -> bool:
        """Tell whether something is wrong with the clock or with a file, which somebody should know beforehand."""
        return bool(self._clock_jump(self._workbooks[context.workbook]) or self._home.problems(names_locked=False))

    def has_ended(self, context: Context) -> bool:
        """Tell whether the two have parted, and nobody has held a session since."""
        return self._workbooks[context.workbook].ended_on is not None

    def keep(self, context: Context, records: Records, settled: Settled = MappingProxyType({})) -> None:
        """Keep what the session says; on disk when this returns. `settled` says which conflicts it ends."""
        self._workbooks[context.workbook].keep(context.session, records, settled)

    def erase(self, context: Context, ids: Sequence[str]) -> None:
        """Erase entries of a session, the one that is not closed too.

        Raises
        ------
        CoachingError
            If the disk refuses, or a file that cannot be read may still hold the words.
        """
        problems = self._workbooks[context.workbook].upkeep.erase(*ids).problems
        if problems:
            raise CoachingError(say("Erased, but for what this may hold: {problems}", problems=" ".join(problems)))

    def close(self, context: Context) -> int:
        """Make what was kept a part of the workbook for good; erase private notes whose time is over, return how many.

        0 if a file that cannot be read may still hold their words, or the clock has jumped and nobody has said that the
        date is right.
        """
        workbook = self._workbooks[context.workbook]
        workbook.close(context.session)
        try:
            # A session that is closed is closed anew with every key; the clock is told from all workbooks.
            if not workbook.upkeep.due() or self._clock_jump(workbook):
                return 0
            erased = workbook.upkeep.erase_expired()
        except StoreError:  # the session is closed all the same, and the next one sees to it again
            return 0
        return 0 if erased.problems else erased.entries

    def confirm_date(self, context: Context) -> None:
        """Take it that the date is right, whatever was kept before says."""
        jump = self._clock_jump(self._workbooks[context.workbook])
        if jump:
            self._confirmed.add((context.workbook, jump.before))

    def is_open(self, workbook: str) -> bool:
        """Tell whether a workbook can be sat down with."""
        return workbook in self._workbooks

    def has_passphrase(self, workbook: str) -> bool:
        """Tell whether a workbook has a passphrase: memory knows, the disk may be away; one that is not open has."""
        book = self._workbooks.get(workbook)
        return book is None or book.has_passphrase

    def has_open_key(self, workbook: str) -> bool:
        """Tell whether nobody has chosen a passphrase yet for an encrypted workbook."""
        book = self._workbooks.get(workbook)
        return book is not None and book.is_encrypted and not book.has_passphrase

    def risk(self, workbook: str) -> str:
        """Return what is said of a workbook while it has no passphrase."""
        book = self._workbooks.get(workbook)
        return risk(is_encrypted=book.is_encrypted, has_passphrase=book.has_passphrase) if book else ""

    def protect(self, context: Context, passphrase: str) -> str:
        """Give a workbook its first passphrase; return its recovery key, which nobody has seen yet.

        Raises
        ------
        CoachingError
            If the passphrase is easy to guess, or the disk refuses; nothing was lost.
        """
        recovery_key = passphrases.protect(self._home, context.workbook, passphrase)
        self._workbooks[context.workbook] = self._home.open(self._workbooks[context.workbook].folder)
        return recovery_key

    def seal(self, workbook: str, words: str) -> bytes | None:
        """Return words that are on no disk, encrypted with the key of a workbook that is open; nothing without one."""
        with suppress(LockedError):
            return store.seal(words, book.key, workbook) if (book := self._workbooks.get(workbook)) else None
        return None

    def unseal(self, workbook: str, sealed: bytes) -> str | None:
        """Return what was sealed with the key of a workbook that is open; nothing if it has another key by now."""
        return store.unseal(sealed, self._workbooks[workbook].key, workbook)

    def books(self) -> Mapping[str, Workbook]:
        """Return the workbooks that are open, by id."""
        return dict(self._workbooks)

    def forget(self) -> None:
        """Let go of all workbooks that have a passphrase."""
        self._workbooks = {one.id: one for one in self._workbooks.values() if not one.has_passphrase}

    def remember(self) -> None:
        """Take in the workbooks that are open now, and keep those that were: they know what their forms have said."""
        self._workbooks = {workbook.id: workbook for workbook in self._home.workbooks()} | self._workbooks

    def _workbook(self, identity: str) -> Workbook:
        return self._workbooks[identity]

    def now(self) -> datetime:
        """Return the local time."""
        return self._home.clock()

    def _clock_jump(self, workbook: Workbook) -> ClockJump | None:
        """Return a jump of the clock after which nobody has said that the date is right."""
        jump = workbook.upkeep.clock_jump(self._kept_elsewhere(workbook))
        return None if jump and (workbook.id, jump.before) in self._confirmed else jump

    def _kept_elsewhere(self, workbook: Workbook) -> Iterator[Moments]:
        return (other.upkeep.saves() for other in self._workbooks.values() if other.id != workbook.id)

    def _wanted(self, name: str) -> str | None:
        """Return the id of the one that was asked for; None if it may be one that is locked."""
        try:
            return self._home.find(name, surely=True).id
        except LockedError:
            return None

    def _first(self, among: Collection[Workbook]) -> Workbook:
        wanted = self._wanted(self._name) if self._name else None
        return next((workbook for workbook in among if workbook.id == wanted), None) or max(among, key=_last_used)


def _last_used(workbook: Workbook) -> tuple[datetime, date]:
    """Return what workbooks are begun with by: nobody else's session comes up in the middle of one of an older day.

    The invented year was last written in when it ended, whenever it was brought in.
    """
    held_on, kept = last_held(workbook)
    ended_on = workbook.ended_on
    return datetime.combine(ended_on, time.min, UTC) if ended_on else kept, held_on


def last_held(workbook: Workbook) -> tuple[date, datetime]:
    """Return what workbooks are sorted by: the day of the latest session; of one day, when something was last kept."""
    held_on = [session.held_on for session in workbook.sessions() if session.held_on]
    return max(held_on, default=date.min), workbook.last_kept() or _NEVER


def _described(session: Session, today: date) -> str:
    day = [in_words(session.held_on, today)] if session.held_on else []
    return ", ".join([session.label or say("a session"), *day, *([] if session.closed else [say("not closed yet")])])
