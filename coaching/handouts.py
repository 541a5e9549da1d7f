"""What leaves the workbook: which lines others may read, and which copies were handed out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coaching.entries import MODELS, Handout
from coaching.entry import Entry, Leaves, fields_marked
from coaching.exceptions import CoachingError
from coaching.identity import new_id
from coaching.ledger import Ledger
from coaching.revisions import latest, revise
from coaching.sharing import Audience
from coaching.store import write_file
from coaching.strength import check_passphrase
from coaching.vocabulary import Side, Visibility

_PAGE = ".html"
_OF_THE_PAIR = frozenset({Visibility.PAIR, Visibility.OPEN})


@dataclass(frozen=True, repr=False)
class Given:
    """To whom a copy is given.

    Attributes
    ----------
    audience
        Who may read it.
    whom
        For whom, in words: noted for the holder alone, and in no file for anybody else.
    passphrase
        What a page opens with; without one it opens by itself.
    """

    audience: Audience
    whom: str | None = None
    passphrase: str | None = None


class Handouts:
    """Who may read the lines of a workbook, and who was given a copy.

    Parameters
    ----------
    ledger
        Where its entries are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def choosable(self) -> list[Entry]:
        """Return what belongs to the pair, and can be opened to others line by line.

        What is told of another entry later goes along with that one. What a session says that is not closed yet can
        still be changed there, and is opened once it is closed.
        """
        snapshot = self._ledger.store.read()
        return [
            entry
            for entry in latest(self._ledger.understood(snapshot)).values()
            if not entry.withdrawn and _can_be_opened(entry) and entry.session not in snapshot.drafted
        ]

    def open(self, identity: str, *, to_others: bool) -> None:
        """Let others read one entry, or no longer; one act, which `undo` takes back.

        Raises
        ------
        CoachingError
            If there is no such entry among those that can be opened, or the disk refuses; nothing was changed.
        """
        known = {entry.id: entry for entry in self.choosable()}
        if identity not in known:
            raise CoachingError("This line is not there any more, or its session is not closed yet.")
        wanted = Visibility.OPEN if to_others else Visibility.PAIR
        said = {identity: known[identity].content() | {"visibility": wanted}}
        new = revise(said, known, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now())
        if new:
            self._ledger.save(list(new.values()))

    def write(self, file: Path, content: str | bytes, given: Given) -> None:
        """Write a copy as a file, whole or not at all, and note for whom; what the holder keeps is noted nowhere.

        With a passphrase, a page is protected by it.

        Parameters
        ----------
        file
            Where; the ending of its name is noted.
        content
            What the audience may read.
        given
            To whom.

        Raises
        ------
        CoachingError
            If the file cannot be written, or has a passphrase that is easy to guess, or that it cannot be protected
            by; or, with the file written, if that could not be noted.
        """
        if given.passphrase is not None:
            check_protectable(file)
            check_passphrase(given.passphrase, [self._ledger.store.workbook, *self._ledger.names()])
        write_file(file, content if given.passphrase is None else _protected(content, given.passphrase))
        try:
            notes = self.notes(file, given)
            if notes:
                self._ledger.save(notes)
        except CoachingError as problem:
            raise CoachingError(f"'{file}' is written, but not noted as handed out: {problem}") from None

    def all(self) -> list[Handout]:
        """Return which copies were handed out, newest first."""
        found = [
            entry for entry in self._ledger.latest().values() if isinstance(entry, Handout) and not entry.withdrawn
        ]
        return sorted(found, key=lambda entry: (entry.held_on or date.min, entry.rev), reverse=True)

    def notes(self, file: Path, given: Given) -> list[Handout]:
        """Return what is to be kept of a copy that is handed out today; nothing is kept yet.

        What the coach hands out, the person of whom it speaks has a right to know. What that person hands out is
        theirs, and nobody else is told. The same copy for the same people is there once a day, and what the holder
        keeps is noted nowhere: both return nothing.
        """
        if given.audience is Audience.HOLDER:
            return []
        today, holder = self._ledger.today(), Side(self._ledger.store.holder)
        audience, form = Visibility(given.audience.value), file.suffix.lower()
        same = (today, holder, audience, form, given.whom)
        if any((one.held_on, one.author, one.audience, one.form, one.text) == same for one in self.all()):
            return []
        handout = Handout(
            id=new_id(self._ledger.clock()),
            rev=self._ledger.next_rev(),
            saved_at=self._ledger.now(),
            held_on=today,
            author=holder,
            visibility=Visibility.PRIVATE if holder is Side.COACHEE else Visibility.PAIR,
            audience=audience,
            form=form,
            text=given.whom,
        )
        return [handout]


def check_protectable(file: Path) -> None:
    """Refuse to protect what cannot open itself.

    Raises
    ------
    CoachingError
        If the file is no page.
    """
    if file.suffix.lower() != _PAGE:
        raise CoachingError(f"'{file}' cannot be written: only a page ({_PAGE}) opens with a passphrase of its own.")


def _protected(content: str | bytes, passphrase: str) -> str:
    from coaching.summary.protected import protect  # noqa: PLC0415 - brings in matplotlib with its package

    return protect(content if isinstance(content, str) else content.decode(), passphrase)


def _can_be_opened(entry: Entry) -> bool:
    return (
        entry.visibility in _OF_THE_PAIR
        and "kind" in fields_marked(MODELS[entry.kind], Leaves)
        and entry.covered_by is None
        and not isinstance(entry, Handout)
    )
