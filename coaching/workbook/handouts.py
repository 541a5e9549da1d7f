"""What leaves the workbook: which lines others may read, and which copies were handed out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from coaching import pages
from coaching.errors import CoachingError
from coaching.formats.sealing import ENDING, Seal, check_recipients, inner_name, is_sealed_name, seal
from coaching.model.entries import MODELS, Handout
from coaching.model.entry import Entry, Leaves, fields_marked
from coaching.model.ids import new_id
from coaching.model.revisions import latest, revise
from coaching.model.sharing import Audience
from coaching.model.strength import check_passphrase
from coaching.model.vocabulary import Side, Visibility
from coaching.places import is_there
from coaching.store import write_file
from coaching.workbook.ledger import Ledger

_PAGE: Final = ".html"
_OF_THE_PAIR = frozenset({Visibility.PAIR, Visibility.OPEN})


@dataclass(frozen=True, repr=False)
class Recipient:
    """To whom a copy is given.

    Attributes
    ----------
    audience
        Who may read it.
    whom
        For whom, in words: noted for the holder alone, and in no file for anybody else.
    seal
        What it opens with; without one, whoever has it can read it.
    """

    audience: Audience
    whom: str | None = None
    seal: Seal | None = None


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
        entries = {entry.id: entry for entry in self.choosable()}
        if identity not in entries:
            raise CoachingError("This line is not there any more, or its session is not closed yet.")
        wanted = Visibility.OPEN if to_others else Visibility.PAIR
        records = {identity: entries[identity].content() | {"visibility": wanted}}
        new = revise(records, entries, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now())
        if new:
            self._ledger.save(list(new.values()))

    def write(self, file: Path, content: str | bytes, recipient: Recipient) -> None:
        """Write a copy as a file, whole or not at all, and note for whom; what the holder keeps is noted nowhere.

        Parameters
        ----------
        file
            Where; the ending of its name is noted.
        content
            What the audience may read.
        recipient
            To whom.

        Raises
        ------
        CoachingError
            If the file cannot be written, or not so that it opens with what it is to open with; or, with the file
            written, if that could not be noted.
        """
        self.check_place(file)
        replaces = is_there(file)
        write_file(file, self.outgoing(file, content, recipient.seal))
        try:
            notes = self.notes(file, recipient, replaces=replaces)
            if notes:
                self._ledger.save(notes)
        except CoachingError as problem:
            raise CoachingError(
                "'{file}' is written, but not noted as handed out: {problem}", file=file, problem=problem
            ) from None

    def taken(self, file: Path, content: str | bytes, recipient: Recipient) -> bytes:
        """Return a copy as the bytes of a file that somebody takes along, noted as handed out (see `write`)."""
        outgoing = self.outgoing(file, content, recipient.seal)
        notes = self.notes(file, recipient)
        if notes:
            self._ledger.save(notes)
        return outgoing

    def outgoing(self, file: Path, content: str | bytes, by: Seal | None) -> bytes:
        """Return the bytes of a file: sealed, where its name says so; a page with a passphrase opens itself with that.

        Raises
        ------
        CoachingError
            If its name does not say what it is, or it cannot be sealed so.
        """
        plain = content.encode() if isinstance(content, str) else content
        if by is None:
            if is_sealed_name(file):
                raise CoachingError(
                    "'{file}' cannot be written: its name says that it is sealed, and it is not.", file=file
                )
            return plain
        self.check_seal(by)
        if is_sealed_name(file):
            return seal(plain, by)
        if not opens_itself(file, by):
            raise CoachingError(
                "'{file}' cannot be written: the name of what is sealed ends in {ending}.", file=file, ending=ENDING
            )
        return pages.protect(plain.decode(), by.passphrase or "").encode()

    def check_seal(self, by: Seal) -> None:
        """Refuse what nothing can be sealed with.

        Raises
        ------
        CoachingError
            If a recipient is none, or the passphrase is easy to guess.
        """
        check_recipients(by.recipients)
        if not by.recipients:
            check_passphrase(by.passphrase or "", [self._ledger.store.workbook, *self._ledger.names()])

    def check_place(self, file: Path) -> None:
        """Refuse a file in the home folder: nothing that can be read is left there.

        Raises
        ------
        CoachingError
            If it would lie there; it says where else.
        """
        home = self._ledger.store.folder.parent
        if any(is_there(parent) and parent.samefile(home) for parent in file.resolve().parents):
            raise CoachingError(
                "'{file}' cannot be written: it would lie in the folder of the workbooks, which is for them "
                "alone; name another folder, such as '{example}'.",
                file=file,
                example=Path("~", "Documents", file.name).expanduser(),
            )

    def all(self) -> list[Handout]:
        """Return which copies were handed out, newest first."""
        handouts = [
            entry for entry in self._ledger.latest().values() if isinstance(entry, Handout) and not entry.withdrawn
        ]
        return sorted(handouts, key=lambda entry: (entry.held_on or date.min, entry.rev), reverse=True)

    def notes(self, file: Path, recipient: Recipient, *, replaces: bool = False) -> list[Handout]:
        """Return what is to be kept of a copy that is handed out today; nothing is kept yet.

        What the coach hands out, the person of whom it speaks has a right to know. What that person hands out is
        theirs, and nobody else is told. Each file is noted, also one of several on a day; one that `replaces` what was
        written the same day for the same people is not noted again, and what the holder keeps is noted nowhere: both
        return nothing.
        """
        if recipient.audience is Audience.HOLDER:
            return []
        today, holder = self._ledger.today(), Side(self._ledger.store.holder)
        audience, form = Visibility(recipient.audience.value), _form(file)
        same = (today, holder, audience, form, recipient.whom)
        if replaces and any((one.held_on, one.author, one.audience, one.form, one.text) == same for one in self.all()):
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
            text=recipient.whom,
        )
        return [handout]


def opens_itself(file: Path, by: Seal) -> bool:
    """Tell whether a file asks for its passphrase itself, in any browser, and needs no program that opens it."""
    return file.suffix.lower() == _PAGE and not by.recipients


def _form(file: Path) -> str:
    """Return the ending of a file's name; of a sealed one, what is in it as well."""
    inner = inner_name(file).suffix.lower()
    return inner if inner == file.suffix.lower() else f"{inner}{ENDING}"


def _can_be_opened(entry: Entry) -> bool:
    return (
        entry.visibility in _OF_THE_PAIR
        and "kind" in fields_marked(MODELS[entry.kind], Leaves)
        and entry.covered_by is None
        and not isinstance(entry, Handout)
    )
