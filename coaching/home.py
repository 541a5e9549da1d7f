"""The home folder: all workbooks of one holder's machine."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from coaching import interchange, store
from coaching.entries import Kind, Side, Visibility
from coaching.exceptions import CoachingError, UnknownWorkbookError
from coaching.identity import derived_id, new_id
from coaching.workbook import Added, Clock, Workbook

_HOME = "COACHING_HOME"


def local_time() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(UTC).astimezone()


def default_home() -> Path:
    """Return the home folder: ``$COACHING_HOME``, else the user's data folder."""
    given = os.environ.get(_HOME)
    return Path(given) if given else user_data_path("coaching", appauthor=False)


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
        return problems + [f"{workbook.id}/{problem}" for workbook in opened for problem in workbook.problems()]

    def find(self, name: str) -> Workbook:
        """Return the workbook of the coachee with this name, a part of it, or this workbook id.

        Raises
        ------
        UnknownWorkbookError
            If there is none, or more than one; it says what there is.
        """
        wanted = name.strip().casefold()
        known = self.workbooks()
        exact = [w for w in known if wanted in {w.name.casefold(), w.id.casefold()}]
        found = exact or [w for w in known if wanted and wanted in w.name.casefold()]
        if len(found) == 1:
            return found[0]
        if not known:
            raise UnknownWorkbookError(
                "There is no workbook yet: make one with 'coaching new NAME' or 'coaching demo'."
            )
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
        if any(workbook.name.casefold() == name.casefold() for workbook in self.workbooks()):
            raise CoachingError(f"There is a workbook for '{name}' already; give this one another name.")
        now = self.clock()
        identity = new_id(now)
        workbook = self._make(identity, Side.COACH)
        workbook.add([_person(identity, Side.COACHEE, name), _person(identity, Side.COACH, coach)])
        return workbook

    def import_file(self, file: Path, holder: Side | None = None) -> Imported:
        """Bring in a file: into the workbook it belongs to, which is made if need be.

        Parameters
        ----------
        file
            In one of the forms that `coaching.interchange` knows.
        holder
            Whose copy it becomes; by default the file's own, or else the coach's.
        """
        incoming = interchange.read(file, holder)
        known = {workbook.id: workbook for workbook in self.workbooks()}
        workbook = known.get(incoming.workbook) or self._make(incoming.workbook, Side(incoming.holder))
        return Imported(workbook, workbook.add(incoming.records), incoming.warnings)

    def demo(self) -> Imported:
        """Bring in the invented demo year."""
        return self.import_file(Path(str(files("coaching.data").joinpath("demo_year.json"))))

    def _make(self, identity: str, holder: Side) -> Workbook:
        return Workbook(store.create(self.folder / identity, workbook=identity, holder=holder), self.clock)

    def _opened(self) -> tuple[list[Workbook], list[str]]:
        folders, found = store.workbooks(self.folder)
        opened, problems = [], [f"{problem.file}: {problem.reason}" for problem in found]
        for folder in folders:
            try:
                opened.append(Workbook(store.Store.open(folder), self.clock))
            except CoachingError as problem:
                problems.append(str(problem))
        return opened, problems


def _person(workbook: str, side: Side, name: str | None) -> dict[str, Any]:
    label = {Side.COACH: "C1", Side.COACHEE: "P1"}[side]
    identity = derived_id(None, workbook, Kind.PERSON, label)
    common = {"kind": Kind.PERSON, "id": identity, "author": side, "visibility": Visibility.PAIR, "label": label}
    return common | {"side": side, "name": name}
