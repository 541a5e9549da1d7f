"""Puts the program's own notebooks where a server can open them."""

import itertools
from pathlib import Path

from jupyter_core.paths import is_hidden

from coaching.errors import CoachingError
from coaching.jupyter.notebooks import NAMES, as_spoken, is_own
from coaching.store import disk, make_home, write_file

#: Where a server does not see the home folder; no name that Python could import.
_ELSEWHERE = "Coaching notebooks"


def lay_out(home: Path, within: Path | None = None) -> Path:
    """Put the program's notebooks where they can be opened, in the language that is spoken; return where.

    One whose cells were changed there is not lost: it stays beside the program's as ``session-before.ipynb``.

    Parameters
    ----------
    home
        The home folder. They are put into its folder ``notebooks``, each of them anew.
    within
        The folder of a server that runs already. If the home folder is not in it, or is hidden there, they are put into
        ``Coaching notebooks`` in this one. A notebook that is the program's stays as it is there, as it may be open.

    Raises
    ------
    CoachingError
        If that folder cannot be written.
    """
    folder = home / "notebooks"
    try:
        if within is None or _is_seen(folder, within):
            make_home(home)
        else:
            folder = within / _ELSEWHERE
        folder.mkdir(exist_ok=True, mode=0o700)
        for name in NAMES:
            if within is None or not is_own(folder / name):
                _lay(folder / name)
    except OSError as error:
        raise CoachingError(
            "The notebooks cannot be put into '{folder}': {reason}.", folder=folder, reason=error.strerror
        ) from None
    return folder


def _is_seen(folder: Path, root: Path) -> bool:
    """Tell whether a server of `root` shows a folder, which need not be there yet."""
    folder, root = folder.resolve(), root.resolve()
    return folder.is_relative_to(root) and not is_hidden(folder, root)


def _lay(there: Path) -> None:
    """Write a notebook, whole or not at all; move one that says something else out of its way."""
    if there.exists() and not is_own(there):
        disk.rename(there, _free(there))
    write_file(there, as_spoken(there.name))


def _free(taken: Path) -> Path:
    """Return a name beside `taken` that nothing has."""
    names = (taken.with_stem(f"{taken.stem}-before{number}") for number in itertools.chain([""], itertools.count(2)))
    return next(name for name in names if not name.exists())
