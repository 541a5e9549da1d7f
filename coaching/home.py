"""The home folder: all workbooks of one holder's machine."""

import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from coaching import interchange, store
from coaching.exceptions import CoachingError, StoreError, UnknownWorkbookError
from coaching.identity import derived_id, new_id
from coaching.vocabulary import Kind, Side, Visibility
from coaching.workbook import Added, Clock, Workbook

_HOME = "COACHING_HOME"
Record = Mapping[str, Any]


def local_time() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(UTC).astimezone()


def default_home() -> Path:
    """Return the home folder: ``$COACHING_HOME``, else the user's data folder."""
    given = os.environ.get(_HOME)
    return Path(given).expanduser() if given else user_data_path("coaching", appauthor=False)


def use_home(folder: Path) -> Mapping[str, str]:
    """Return the environment in which another program finds this home."""
    return os.environ | {_HOME: str(folder.resolve())}


@dataclass(frozen=True)
class Imported:
    """What came of an import: the workbook, what it changed there, and what to look at."""

    workbook: Workbook
    added: Added
    warnings: tuple[str, ...]


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

    def workbooks(self) -> list[Workbook]:
        """Return the workbooks that can be opened, by the coachee's name."""
        return sorted(self._opened()[0], key=lambda workbook: (workbook.name.casefold(), workbook.id))

    def problems(self) -> list[str]:
        """Return everything that could not be read, one sentence each."""
        opened, problems = self._opened()
        return problems + [problem for workbook in opened for problem in workbook.problems()]

    def without_workbooks(self) -> str:
        """Return what to say, and what to do next, while there is no workbook."""
        place = f"There is no workbook in '{self.folder}' yet"
        return f"{place}: make one with 'coaching new NAME', or bring in an invented year with 'coaching demo'."

    def find(self, name: str) -> Workbook:
        """Return the workbook of the coachee with this name, a part of it, or this workbook id.

        Raises
        ------
        UnknownWorkbookError
            If there is none, or more than one; it says what there is.
        """
        wanted = _folded(name)
        known = self.workbooks()
        exact = [w for w in known if wanted in {_folded(w.name), w.id.casefold()}]
        found = exact or [w for w in known if wanted and wanted in _folded(w.name)]
        if len(found) == 1:
            return found[0]
        if not known:
            raise UnknownWorkbookError(self.without_workbooks())
        listed = ", ".join(f"{w.name} ({w.id}, held by the {w.holder})" for w in found or known)
        problem = "More than one workbook answers to" if found else "No workbook answers to"
        raise UnknownWorkbookError(f"{problem} '{name}'; there are: {listed}.")

    def create(self, name: str, coach: str | None = None) -> Workbook:
        """Make a workbook for a coachee.

        Raises
        ------
        CoachingError
            If the name is blank, or a workbook of that name is there already.
        """
        name = " ".join(name.split())
        if not name:
            raise CoachingError("The name of the person you coach is missing.")
        if any(_folded(workbook.name) == _folded(name) for workbook in self.workbooks()):
            raise CoachingError(f"There is a workbook for '{name}' already; give this one another name.")
        now = self.clock()
        identity = new_id(now)
        people = [_person(identity, Side.COACHEE, name), _person(identity, Side.COACH, coach)]
        return self._made(identity, Side.COACH, people)[0]

    def import_file(self, file: Path, holder: Side | None = None) -> Imported:
        """Bring in a file: into the workbook it belongs to, which is made if need be.

        Parameters
        ----------
        file
            In one of the forms that `coaching.interchange` knows.
        holder
            Whose copy it becomes; by default the file's own, or else the coach's.

        Raises
        ------
        CoachingError
            If the file cannot be read, breaks a rule, or the disk refuses; nothing was changed.
        """
        incoming = interchange.read(file, holder)
        workbook = self._known(incoming.workbook)
        if workbook:
            return Imported(workbook, workbook.add(incoming.records), incoming.warnings)
        workbook, added = self._made(incoming.workbook, Side(incoming.holder), incoming.records)
        return Imported(workbook, added, incoming.warnings)

    def demo(self) -> Imported:
        """Bring in the invented demo year."""
        return self.import_file(Path(str(files("coaching.data").joinpath("demo_year.json"))))

    def _known(self, identity: str) -> Workbook | None:
        return next((workbook for workbook in self.workbooks() if workbook.id == identity), None)

    def _made(self, identity: str, holder: Side, records: Sequence[Record]) -> tuple[Workbook, Added]:
        """Make a workbook that holds these records, or none; one that another program makes meanwhile gets them."""
        folder = self.folder / identity
        try:
            workbook = Workbook(store.create(folder, workbook=identity, holder=holder).store, self.clock)
        except StoreError:
            other = self._known(identity)
            if other is None and folder.exists():
                raise StoreError(
                    f"The folder {identity} is there already and cannot be opened; 'coaching check' says why; "
                    "nothing was changed."
                ) from None
            if other is None:
                raise
            return other, other.add(records)
        try:
            return workbook, workbook.add(records)
        except BaseException:
            store.unmake_folder(folder)
            raise

    def _opened(self) -> tuple[list[Workbook], list[str]]:
        folders, found = store.workbooks(self.folder)
        opened, problems = [], [f"{problem.file} {problem.reason}." for problem in found]
        for folder in folders:
            try:
                opened.append(Workbook(store.Store.open(folder), self.clock))
            except CoachingError as problem:
                problems.append(str(problem))
        return opened, problems


def _folded(name: str) -> str:
    """Return a name as it is looked for: however its accents, its capitals and its spaces were typed."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _person(workbook: str, side: Side, name: str | None) -> dict[str, Any]:
    label = {Side.COACH: "C1", Side.COACHEE: "P1"}[side]
    identity = derived_id(None, workbook, Kind.PERSON, label)
    common = {"kind": Kind.PERSON, "id": identity, "author": side, "visibility": Visibility.PAIR, "label": label}
    return common | {"side": side, "name": name}
