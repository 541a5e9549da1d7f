"""The language that a workbook is spoken in."""

from collections.abc import Iterable
from datetime import date

from coaching.i18n import nearest
from coaching.model.entries import Person, Session
from coaching.model.entry import Entry
from coaching.model.vocabulary import Side
from coaching.workbook.environment import system_language


def spoken_in(entries: Iterable[Entry], session: str | None = None) -> str:
    """Return what a session is spoken in: what was chosen for it or for the latest one, else the coachee's language.

    Where nothing was ever said of it, or the program does not speak that, it is the language of the system.

    Parameters
    ----------
    entries
        The current entries of the workbook.
    session
        Which session; by default the latest.
    """
    entries = list(entries)
    sessions = [one for one in entries if isinstance(one, Session)]
    sessions.sort(key=lambda one: (one.id == session, one.held_on or date.min, one.number or 0), reverse=True)
    coachee = [one for one in entries if isinstance(one, Person) and one.side is Side.COACHEE]
    spoken = [*(one.language for one in sessions), *(one.language for one in coachee)]
    return next(filter(None, map(nearest, spoken)), None) or system_language()
