"""The home folder: all workbooks of one holder's machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any
from weakref import WeakSet

from coaching import formats, store
from coaching.errors import CoachingError, LockedError, StoreError, UnknownWorkbookError, WrongKeyError
from coaching.formats.incoming import Incoming
from coaching.formats.sealing import SealKeys
from coaching.i18n import say
from coaching.model.entries import Person
from coaching.model.ids import new_id
from coaching.model.revisions import revision_at
from coaching.model.strength import check_passphrase
from coaching.model.vocabulary import Side
from coaching.text import is_blank, visible
from coaching.workbook import demo
from coaching.workbook import keyring as desktop_keyring
from coaching.workbook.credentials import credential
from coaching.workbook.environment import default_home, local_time
from coaching.workbook.incoming import Added, additions
from coaching.workbook.ledger import Clock, Ledger
from coaching.workbook.names import answering, by_name, folded, is_folder_called, the_one
from coaching.workbook.preview import Line
from coaching.workbook.second_folders import SecondFolders
from coaching.workbook.sessions import new_person
from coaching.workbook.unlocking import Unlocking
from coaching.workbook.workbook import Workbook

Record = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class NewWorkbook:
    """A new workbook, and the recovery key of an encrypted one, which nothing else ever shows."""

    workbook: Workbook
    recovery_key: str | None = None


@dataclass(frozen=True, repr=False)
class Imported:
    """What came of an import: what it changed, what to look at, the recovery key of a workbook that it made, and lines.

    `lines` tell what is new of what the coachee sent.
    """

    workbook: Workbook
    added: Added
    warnings: tuple[str, ...]
    recovery_key: str | None = None
    lines: tuple[Line, ...] = ()


class Home:
    """All workbooks in one folder.

    Parameters
    ----------
    folder
        The home folder; made when the first workbook is.
    clock
        Gives the local time, with its zone.
    """

    def __init__(self, folder: Path | None = None, clock: Clock = local_time) -> None:
        self.folder = folder or default_home()
        self.clock = clock
        self.unlocking = Unlocking(credential)
        self.second_folders = SecondFolders(self.folder, self.unlocking, self.open)
        # One that is open knows what it has read; the home is looked at for every form.
        self._ledgers: dict[Path, tuple[store.Keys, Ledger]] = {}
        # Whoever holds one goes on holding it when its folder is away, or has another key.
        self._lockable: WeakSet[Ledger] = WeakSet()

    def workbooks(self) -> list[Workbook]:
        """Return the workbooks that can be opened, by the coachee's name."""
        return by_name(self._opened()[0])

    def problems(self, *, names_locked: bool = True, every_row: bool = False) -> list[str]:
        """Return everything that could not be read, one sentence each.

        Parameters
        ----------
        names_locked
            Whether to name the workbooks too that are merely locked.
        every_row
            Whether to try to understand each row of workbooks, too, that nobody has read yet.
        """
        opened, problems, locked = self._opened()
        if names_locked:
            problems += [say("{folder} is locked, and was not read.", folder=visible(folder.name)) for folder in locked]
        problems += self.second_folders.problems()
        for workbook in opened:
            try:
                problems += workbook.problems(every_row=every_row)
            except CoachingError as problem:  # its folder was taken away since it was opened
                problems.append(str(problem))
        return problems

    def locked(self) -> list[Path]:
        """Return the folders of the workbooks that nobody has given the passphrase of yet."""
        return [folder for folder in self._listing().workbooks if self.unlocking.is_closed(folder)]

    def unlock(self, passphrase: str) -> None:
        """Open the workbooks that a passphrase opens.

        Raises
        ------
        WrongKeyError
            If it opens none of those that are locked.
        """
        before = len(self.locked())
        self.unlocking.offer(passphrase)
        if before and len(self.locked()) == before:
            if before == 1:
                raise WrongKeyError("This passphrase does not open the locked workbook.")
            raise WrongKeyError("This passphrase does not open any of the {count} locked workbooks.", count=before)

    def lock(self) -> None:
        """Drop every key and passphrase, and what was read with them; only what somebody types unlocks again."""
        self.unlocking.lock()
        self._ledgers = {folder: held for folder, held in self._ledgers.items() if not held[1].has_passphrase}
        for ledger in list(self._lockable):
            ledger.lock()
        self._lockable.clear()

    def without_workbooks(self) -> str:
        """Return what to say, and what to do next, while there is no workbook."""
        return say(
            "There is no workbook in '{home}' yet: make one with 'coaching new NAME', or bring in an invented year "
            "with 'coaching demo'.",
            home=self.folder,
        )

    def knows(self, name: str) -> bool:
        """Tell whether this name says which of the open workbooks is meant."""
        return len(answering(name, self.workbooks())) == 1

    def find(self, name: str, *, surely: bool = False) -> Workbook:
        """Return the open workbook of the coachee with this name, a part of it, or this id (see `names.the_one`).

        Raises
        ------
        LockedError
            If it may be one that is locked.
        UnknownWorkbookError
            If there is none, or more than one; it says what there is.
        """
        opened, problems, locked = self._opened()
        if not opened and not locked and not problems:
            raise UnknownWorkbookError(self.without_workbooks())
        try:
            return the_one(name, by_name(opened), [visible(folder.name) for folder in locked], surely=surely)
        except UnknownWorkbookError as error:
            if not self.problems(names_locked=False):
                raise
            raise UnknownWorkbookError(
                "{error} The name may stand in what cannot be read; 'coaching check' names that.", error=error
            ) from None

    def create(
        self,
        name: str,
        coach: str | None = None,
        passphrase: Callable[[], str | None] = lambda: None,
        *,
        is_locked_later: bool = False,
    ) -> NewWorkbook:
        """Make a workbook for a coachee.

        Parameters
        ----------
        name
            Who is coached.
        coach
            Who coaches.
        passphrase
            Asked for one once the name will do; without one the workbook is not encrypted.
        is_locked_later
            Without a passphrase, whether it is encrypted all the same, with a key that lies beside its files until
            `coaching.workbook.passphrases.protect` gives it one.

        Raises
        ------
        CoachingError
            If the name is blank, a workbook of that name is there already, or the passphrase is easy to guess.
        """
        name = " ".join(name.split())
        if is_blank(name):
            raise CoachingError("The name of the person you coach is missing.")
        self._check_not_taken(name)
        wanted = passphrase()
        if wanted:
            self.unlocking.offer(wanted)
            self._check_not_taken(name)  # now also by those that were locked
        identity = new_id(self.clock())
        people = [new_person(identity, Side.COACHEE, name), new_person(identity, Side.COACH, coach)]
        return self._made(identity, Side.COACH, people, lambda: wanted, is_locked_later=is_locked_later)[0]

    def import_file(
        self,
        file: Path,
        holder: Side | None = None,
        passphrase: Callable[[], str | None] = lambda: None,
        seal_keys: SealKeys | None = None,
    ) -> Imported:
        """Bring in a file: into the workbook it belongs to, which is made if need be.

        Parameters
        ----------
        file
            In one of the forms that `coaching.formats` knows.
        holder
            Whose copy it becomes; by default the file's own, or else the coach's. A bundle becomes the coachee's; one
            that comes from the coachee goes into the coach's copy if that is here.
        passphrase
            Asked for one if a workbook is to be made; without one, that is not encrypted.
        seal_keys
            What there is to open a sealed file with, besides the identities of the open workbooks.

        Raises
        ------
        CoachingError
            If the file cannot be read, breaks a rule, or the disk refuses; nothing was changed.
        """
        incoming = formats.read(file, holder, self.unlocking.seal_keys(self.folder, seal_keys or SealKeys()))
        if incoming.goes_back_to and self._has_folder_of(incoming.goes_back_to):
            incoming = replace(incoming, workbook=incoming.goes_back_to, holder=Side.COACH.value)
        return self._brought_in(incoming, passphrase)

    def import_folder(self, folder: Path, passphrase: Callable[[], str]) -> Imported:
        """Bring in what only a second folder of a workbook has (see `SecondFolders.opened`); that stays as it is.

        Raises
        ------
        CoachingError
            If it is no second folder of a workbook here, it does not open, or the disk refuses; nothing was lost.
        """
        workbook, second = self.second_folders.opened(folder, passphrase)
        problems = tuple(f"{visible(folder.name)}/{problem}" for problem in second.problems)
        return Imported(workbook, second.bring_in(), problems)

    def demo(self) -> Imported:
        """Bring in the invented year that has ended, which is not encrypted."""
        return self._brought_in(demo.ended_year())

    def demo_pairs(self, *, again: bool = False) -> tuple[Imported, Imported]:
        """Bring in both invented pairs, which are not encrypted: the active one, then the year that has ended.

        Parameters
        ----------
        again
            Whether to make them anew: what was written into them is erased.

        Raises
        ------
        CoachingError
            If one of them is locked, cannot be opened, or the disk refuses.
        """
        workbooks = demo.ACTIVE, demo.ENDED
        if again:
            for folder in filter(None, map(self._listing().folder_of, workbooks)):
                self.erase(folder)
        for workbook in workbooks:
            self._check_not_locked(workbook)
        known = self._known(demo.ACTIVE)
        active = demo.active_pair(self.clock().date(), known.sessions() if known else ())
        ended = self.demo()
        return self._brought_in(active), ended

    def folder_of(self, name: str) -> Path:
        """Return the folder of the workbook with this name or id; by its id a locked one too.

        Raises
        ------
        UnknownWorkbookError
            If there is none, or more than one.
        """
        locked = [folder for folder in self.locked() if is_folder_called(folder, name)]
        return locked[0] if locked else self.find(name).folder

    def erase(self, folder: Path) -> int:
        """Erase a workbook with everything in it and in its second folders; return how many files there were.

        Raises
        ------
        CoachingError
            If the disk refuses; or, with the workbook erased, if a desktop keyring may still keep its passphrase.
        """
        is_forgotten = self.unlocking.forget(folder)
        # The workbook's own last: each of the others would take its place otherwise, if a kill came between.
        files = sum(map(store.remove_folder, (*self.second_folders.of(folder), folder)))
        if not is_forgotten:
            raise CoachingError(
                "The workbook {folder} is erased, but a desktop keyring may still keep its passphrase; remove"
                " it there, where it is called '{service}'.",
                folder=folder.name,
                service=desktop_keyring.SERVICE,
            )
        return files

    def open(self, folder: Path) -> Workbook:
        """Open one workbook.

        Raises
        ------
        LockedError
            If it is locked.
        StoreError
            If it cannot be opened.
        """
        keys = self.unlocking.keys(folder)
        if keys is None:
            raise LockedError("{folder} is locked; give its passphrase first.", folder=folder.name)
        held = self._ledgers.get(folder)
        if held is None or held[0] != keys:
            held = self._ledgers[folder] = keys, self._ledger(store.Store.open(folder, keys))
        return Workbook(held[1])

    def _check_not_taken(self, name: str) -> None:
        if any(folded(workbook.name) == folded(name) for workbook in self.workbooks()):
            raise CoachingError("There is a workbook for '{name}' already; give this one another name.", name=name)

    def _check_not_locked(self, identity: str) -> None:
        if self._listing().folder_of(identity) in self.locked():
            raise LockedError(
                "{identity} is locked; give its passphrase first; nothing was changed.", identity=identity
            )

    def _brought_in(self, incoming: Incoming, passphrase: Callable[[], str | None] = lambda: None) -> Imported:
        """Bring in what a file holds: into its workbook, which is made if need be."""
        workbook = self._known(incoming.workbook)
        if workbook:
            warnings = [*incoming.warnings]
            if incoming.goes_back_to and workbook.is_older(incoming.records):
                warnings.append(
                    say("The file is older than what {name} said already; what is newer stays.", name=workbook.called)
                )
            added = workbook.add(incoming.records, incoming.earlier)
            lines = workbook.lines(added.ids) if incoming.goes_back_to else ()
            return Imported(workbook, added, tuple(warnings), lines=lines)
        made, added = self._made(incoming.workbook, Side(incoming.holder), incoming.records, passphrase)
        return Imported(made.workbook, added, incoming.warnings, made.recovery_key)

    def _known(self, identity: str) -> Workbook | None:
        return next((workbook for workbook in self.workbooks() if workbook.id == identity), None)

    def _made(
        self,
        identity: str,
        holder: Side,
        records: Sequence[Record],
        passphrase: Callable[[], str | None],
        *,
        is_locked_later: bool = False,
    ) -> tuple[NewWorkbook, Added]:
        """Make a workbook that holds these records, or none; one that another program makes meanwhile gets them."""
        folder = self.folder / identity
        self._check_not_locked(identity)
        now = self.clock().astimezone(UTC)
        rev = revision_at(now)
        entries, added = additions(records, (), holder=holder, next_rev=lambda: rev, now=now)
        wanted = passphrase()
        if wanted is not None:
            check_passphrase(wanted, [identity, *(entry.name or "" for entry in entries if isinstance(entry, Person))])
        try:
            made = store.create(
                folder,
                workbook=identity,
                holder=holder,
                passphrase=wanted,
                is_locked_later=is_locked_later,
                entries=entries,
            )
        except StoreError:
            other = self._known(identity)
            if other is None and folder.exists():
                raise StoreError(
                    "The folder {folder} is there already and cannot be opened; 'coaching check' says why; nothing was "
                    "changed.",
                    folder=identity,
                ) from None
            if other is None:
                raise
            return NewWorkbook(other), other.add(records)
        if made.store.has_passphrase:
            self.unlocking.keep(folder, made.keys)
        return NewWorkbook(Workbook(self._ledger(made.store)), made.recovery_key), added

    def _ledger(self, kept: store.Store) -> Ledger:
        ledger = Ledger(kept, self.clock)
        if ledger.has_passphrase:
            self._lockable.add(ledger)
        return ledger

    def _listing(self) -> store.Listing:
        return store.look_through(self.folder)

    def _has_folder_of(self, identity: str) -> bool:
        return self._listing().folder_of(identity) is not None or (self.folder / identity).exists()

    def _opened(self) -> tuple[list[Workbook], list[str], list[Path]]:
        """Return the workbooks that are open, what could not be opened, and what is locked."""
        listing = self._listing()
        for gone in set(self._ledgers) - set(listing.workbooks):
            self._ledgers.pop(gone, None)
        opened, problems, locked = [], [str(problem) for problem in listing.problems], []
        for folder in listing.workbooks:
            try:
                opened.append(self.open(folder))
            except LockedError:
                locked.append(folder)
            except CoachingError as problem:
                problems.append(str(problem))
        return opened, problems, locked
