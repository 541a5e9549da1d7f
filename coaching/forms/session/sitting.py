"""A session as somebody sits in it: what its forms hold, and what the workbook keeps of that."""

from dataclasses import replace
from datetime import date
from functools import partial

from coaching.errors import CoachingError
from coaching.forms.engine.values import day_or_none
from coaching.forms.parts import closing
from coaching.forms.parts import start as beginning
from coaching.forms.parts.all_parts import FORMS, is_only_prepared, told, told_by_form
from coaching.forms.parts.notes import is_said_today
from coaching.forms.parts.start import BEGINNING
from coaching.forms.session import conflicts
from coaching.forms.session.desk import Desk
from coaching.forms.session.gates import gate
from coaching.forms.session.unchanged import Unchanged
from coaching.forms.session.undecided import Undecided, undecided
from coaching.i18n import say
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Records, Settled


class Sitting:
    """A session as somebody sits in it.

    Parameters
    ----------
    desk
        The workbooks behind the forms.
    place
        What is known of the session; None while there is none.
    is_closed
        Whether it is over.

    Attributes
    ----------
    place
        What is known of the session, as it is held on its day.
    values
        What each form holds, by its name and the names of its fields.
    conflicts
        What was written in two places, until somebody chooses.
    begun
        The forms in which something was said today.
    marked
        What is still to be decided before the session can be closed, where it was asked for.
    is_held
        Whether more than its preparation has begun.
    kept_at
        At what time its words were kept last.
    """

    def __init__(self, desk: Desk, place: Context | None, *, is_closed: bool = False) -> None:
        self._desk = desk
        self._unchanged: Unchanged | None = None
        self.values: dict[str, dict[str, str]] = {form.name: {} for form in FORMS}
        self.conflicts: list[conflicts.Conflict] = []
        self.begun: frozenset[str] = frozenset()
        self.marked: Undecided = {}
        self.is_closed = is_closed
        self.is_held = place is not None and bool(place.own) and not is_only_prepared(place)
        self.kept_at = self._time() if place and place.own else None
        if place:
            self.values = {form.name: form.values(place) for form in FORMS}
            self.conflicts = conflicts.found(place, self.values)
            filled = {name: dict(fields) for name, fields in self.values.items()}
            self._unchanged = Unchanged(place, partial(told, place, filled, closed=False))
            if is_only_prepared(place):  # perhaps the day before: it is held when it begins
                place = replace(place, held_on=desk.now().date())
        self.place = place
        self.values[BEGINNING] = beginning.values(place)

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<a session as somebody sits in it>"

    @property
    def context(self) -> Context:
        """What is known of the session.

        Raises
        ------
        CoachingError
            If there is none.
        """
        if self.place is None:
            raise CoachingError(say("There is no workbook yet."))
        return self.place

    @property
    def next_on(self) -> date | None:
        """The day on which the two meet again, if they have said so."""
        return day_or_none(self.values[Segment.CLOSING].get(closing.NEXT_ON))

    def key(self, name: str) -> str:
        """Return what a form is called in messages: a page that shows another one is not meant."""
        return f"{place.workbook}/{place.session}/{name}" if (place := self.place) else f"new/{name}"

    def is_over(self, name: str) -> bool:
        """Tell whether the end stands in place of a form."""
        return self.is_closed and name == Segment.CLOSING

    def waits_for(self, name: str) -> str | None:
        """Return what stands in place of a form, or None while it is open."""
        return gate(name, self.place, self.values, closed=self.is_closed)

    def records(self) -> Records:
        """Return what all forms say."""
        return told(self.context, self.values, closed=self.is_closed)

    def undecided(self) -> Undecided:
        """Return what must be decided before the session can be closed."""
        return undecided(self.context, self.values)

    def settle(self, name: str, act: str | None) -> dict[str, tuple[int, ...]]:
        """Return what a button settles, and take over what was written in the other place if that was chosen."""
        choice = conflicts.chosen(act, self.conflicts)
        if choice is None:
            return {}
        conflict, taken = choice
        if taken:
            self.values[name] |= conflict.there
        self.conflicts = [other for other in self.conflicts if other.entry != conflict.entry]
        return {conflict.entry: conflict.revs}

    def keep(self, settled: Settled | None = None) -> int:
        """Keep what the session says; return how many private notes were erased, as happens once it is closed."""
        context = self.context
        unseen = {conflict.entry: conflict.revs for conflict in self.conflicts if conflict.form is None}
        by_form = told_by_form(context, self.values)
        records = told(context, self.values, closed=self.is_closed, by_form=by_form)
        self.begun = frozenset(name for name, of_form in by_form.items() if is_said_today(of_form, context))
        if self._unchanged:
            records = self._unchanged.with_changes(records, context.held_on)
        self._desk.keep(context, records, {**unseen, **(settled or {})})
        self.kept_at = self._time()
        return self._desk.close(context) if self.is_closed else 0

    def close(self) -> int:
        """Close the session; return how many private notes were erased."""
        self.is_closed = True
        try:
            erased = self.keep()
        except Exception:
            self.is_closed = False
            raise
        self.marked = {}
        return erased

    def _time(self) -> str:
        return f"{self._desk.now():%H:%M}"
