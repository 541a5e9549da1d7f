"""The other folders of a workbook in a home, as sync tools and file managers make them."""

import shlex
from collections.abc import Callable
from pathlib import Path

from coaching import store
from coaching.errors import CoachingError, UnknownWorkbookError, WrongKeyError
from coaching.i18n import say, say_counted
from coaching.text import visible
from coaching.workbook.duplicates import Duplicate
from coaching.workbook.unlocking import Unlocking
from coaching.workbook.workbook import Workbook


class SecondFolders:
    """Folders of a home whose card names a workbook that another folder of it holds.

    Parameters
    ----------
    home
        The home folder.
    unlocking
        What opens them.
    open_workbook
        Opens the workbook in a folder.
    """

    def __init__(self, home: Path, unlocking: Unlocking, open_workbook: Callable[[Path], Workbook]) -> None:
        self._home = home
        self._unlocking = unlocking
        self._open = open_workbook

    def of(self, folder: Path) -> list[Path]:
        """Return the second folders of the workbook in a folder."""
        return [second for second, first in store.look_through(self._home).duplicates.items() if first == folder]

    def problems(self) -> list[str]:
        """Return what is to be done with each, one sentence each; only one that was read whole may go."""
        return [self._problem(second, first) for second, first in store.look_through(self._home).duplicates.items()]

    def opened(self, folder: Path, passphrase: Callable[[], str]) -> tuple[Workbook, Duplicate]:
        """Return a workbook, and what a second folder of it has, which may be outside the home too.

        Parameters
        ----------
        folder
            The second folder.
        passphrase
            Asked for the folder's own, if none that is known opens it.

        Raises
        ------
        CoachingError
            If it is no workbook's folder, the workbook is not here or not open, or the passphrase does not open it.
        """
        identity, name = store.workbook_id(folder), visible(folder.name)
        first = store.look_through(self._home).folder_of(identity)
        if first is None:
            raise UnknownWorkbookError(
                "The workbook {identity} is not here; move the folder {name} into '{home}': it is opened there.",
                identity=identity,
                name=name,
                home=self._home,
            )
        workbook = self._open(first)
        if first.samefile(folder):
            raise CoachingError("{name} is the workbook's own folder: all that it has is here already.", name=name)
        if self._unlocking.keys(folder) is None:
            self._unlocking.offer(passphrase())
        keys = self._unlocking.keys(folder)
        if keys is None:
            raise WrongKeyError("This passphrase does not open {name}; nothing was changed.", name=name)
        return workbook, workbook.duplicate(folder, keys)

    def _problem(self, folder: Path, first: Path) -> str:
        name = visible(folder.name)
        place = {"folder": name, "first": visible(first.name)}
        command = f"coaching import {shlex.quote(visible(str(folder)))}"
        try:
            keys = self._unlocking.keys(folder)
            if keys is None:
                return say(
                    "{folder} is a second folder of the workbook in {first} and is locked; keep both until both are "
                    "open: "
                    '"{command}" asks for its passphrase.',
                    **place,
                    command=command,
                )
            duplicate = self._open(first).duplicate(folder, keys)
        except CoachingError as problem:
            return say(
                "{folder} is a second folder of the workbook in {first}; keep both until both are open, as what only "
                "one of them has cannot be seen: {problem}",
                **place,
                problem=problem,
            )
        if duplicate.lacking:
            return say_counted(
                "{folder} is a second folder of the workbook in {first} and has {count} entry that it lacks: "
                '"{command}" '
                "brings it in.",
                "{folder} is a second folder of the workbook in {first} and has {count} entries that it lacks: "
                '"{command}" '
                "brings them in.",
                len(duplicate.lacking),
                **place,
                command=command,
            )
        if duplicate.problems:
            return say(
                "{folder} is a second folder of the workbook in {first}; keep it, as not all of it can be read: "
                "{problems}",
                **place,
                problems=" ".join(duplicate.problems),
            )
        return say(
            "{folder} is a second folder of the workbook in {first} and says nothing that is not there too: it may be "
            "removed.",
            **place,
        )
