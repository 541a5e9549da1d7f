"""What the session's forms need of the home folder: who and which session can be chosen, and where words are kept."""

from datetime import date, datetime

from coaching.entries import Session
from coaching.forms import Choice, Context, Records
from coaching.forms.days import in_words
from coaching.home import Home
from coaching.workbook import Workbook

_SESSIONS_OFFERED = 5


class HomeDesk:
    """The workbooks of a home folder, as the forms use them.

    Parameters
    ----------
    home
        The home folder.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._workbooks = {workbook.id: workbook for workbook in home.workbooks()}

    def sit_down(self, workbook: str | None = None, session: str | None = None) -> Context | None:
        """Return what is known for a session of a workbook: by default of the one whose last session is the latest.

        None if there is no workbook yet.
        """
        if not self._workbooks:
            return None
        chosen = self._workbooks[workbook] if workbook else max(self._workbooks.values(), key=_last_day)
        return chosen.sit_down(session)

    def make(self, name: str, coach: str) -> Context:
        """Make a workbook for a person, and return what is known for its first session.

        Raises
        ------
        CoachingError
            If the name is blank or taken, or the disk refuses.
        """
        made = self._home.create(name, coach or None)
        self._workbooks[made.id] = made
        return made.sit_down()

    def offered(self, context: Context) -> Choice:
        """Return the people, and for the one that is chosen the session at hand, the next and the last ones."""
        people = [(workbook.id, workbook.name) for workbook in self._workbooks.values()]
        workbook = self._workbooks[context.workbook]
        known = workbook.sessions()
        here = (context.session, f"{context.label}, this one")
        new, label = workbook.next_session()
        is_new = context.session not in {session.id for session in known}
        after = [] if is_new else [(new, f"{label}, the next one")]
        last = [(s.id, _described(s)) for s in known[:_SESSIONS_OFFERED] if s.id != context.session]
        return Choice(people, [here, *after, *last])

    def keep(self, context: Context, records: Records) -> None:
        """Keep what the session says; on disk when this returns."""
        self._workbooks[context.workbook].keep(context.session, records)

    def close(self, context: Context) -> None:
        """Make what was kept a part of the workbook for good."""
        self._workbooks[context.workbook].close(context.session)

    def now(self) -> datetime:
        """Return the local time."""
        return self._home.clock()


def _last_day(workbook: Workbook) -> tuple[date, str]:
    held_on = [session.held_on for session in workbook.sessions() if session.held_on]
    return max(held_on, default=date.min), workbook.id


def _described(session: Session) -> str:
    day = f", {in_words(session.held_on)}" if session.held_on else ""
    return f"{session.label or 'a session'}{day}{'' if session.closed else ', not closed yet'}"
