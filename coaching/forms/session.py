"""The forms of one session together: their order, their gates, and what happens when somebody types."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from coaching.entries import Segment, Session, Side, Visibility
from coaching.exceptions import CoachingError
from coaching.forms import beginning
from coaching.forms.closing import CLOSE, CLOSE_ANYWAY, UNFINISHED
from coaching.forms.context import Context, Records
from coaching.forms.days import day_or_none, in_words
from coaching.forms.segments import FORMS
from coaching.forms.widget import FormWidget

BEGINNING = "beginning"
_BEGINNING = "With whom, and when"
_KEPT_HERE = "Everything you type is kept on this computer, as you type."
_CLOSED = "This session is closed and kept. Run All Cells begins the next one."


class Desk(Protocol):
    """What the forms need of the workbooks behind them."""

    def offered(self, context: Context) -> beginning.Choice:
        """Return what can be chosen before a session."""

    def sit_down(self, workbook: str | None = None, session: str | None = None) -> Context | None:
        """Return what is known for a session: of this workbook, or of the one used last; this session, or the next.

        None if there is no workbook yet.
        """

    def make(self, name: str, coach: str) -> Context:
        """Make a workbook for a person, and return what is known for its first session."""

    def keep(self, context: Context, records: Records) -> None:
        """Keep what the session says, durably, before this returns."""

    def close(self, context: Context) -> None:
        """Make what was kept a part of the workbook for good."""

    def now(self) -> datetime:
        """Return the local time."""


class SessionForms:
    """The forms of one session.

    Every change comes in one message with the whole form, is kept as a draft, and is acknowledged only after that.
    Handlers may run on any thread and in any order; a lock and a sequence number for each field of each view make both
    harmless.

    Parameters
    ----------
    desk
        The workbooks behind the forms.
    workbook
        The workbook to begin with; by default the one used last.
    """

    def __init__(self, desk: Desk, workbook: str | None = None) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._forms = {form.segment.value: form for form in FORMS}
        self._widgets = {name: FormWidget(self._receiver(name)) for name in (BEGINNING, *self._forms)}
        self._sit_down(desk.sit_down(workbook))

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the forms of a session>"

    def beginning(self) -> FormWidget:
        """Return the form in which person, session and day are chosen."""
        return self._widgets[BEGINNING]

    def opening(self) -> FormWidget:
        """Return the form of the opening."""
        return self._widgets[Segment.OPENING]

    def yourself(self) -> FormWidget:
        """Return the form of *talk about yourself*."""
        return self._widgets[Segment.YOURSELF]

    def dreams(self) -> FormWidget:
        """Return the form of *talk about your dreams*."""
        return self._widgets[Segment.DREAMS]

    def who_what_when(self) -> FormWidget:
        """Return the form of *who does what by when*."""
        return self._widgets[Segment.WHO_WHAT_WHEN]

    def closing(self) -> FormWidget:
        """Return the form of the closing."""
        return self._widgets[Segment.CLOSING]

    def _sit_down(self, context: Context | None) -> None:
        self._place = context
        self._closed = False
        self._values: dict[str, dict[str, str]] = {name: {} for name in self._widgets}
        if context:
            self._values = {name: form.values(context) for name, form in self._forms.items()}
            self._values[BEGINNING] = beginning.values(context)
        self._sequences: dict[tuple[str, str, str], int] = {}
        self._kept_at = self._time() if context and context.own else None
        for name in self._widgets:
            self._show(name)

    @property
    def _context(self) -> Context:
        if self._place is None:
            raise CoachingError("There is no workbook yet.")
        return self._place

    def _receiver(self, name: str) -> Callable[[Mapping[str, Any]], None]:
        def receive(message: Mapping[str, Any]) -> None:
            with self._lock:
                if message.get("type") == "hello":
                    self._show(name, message.get("view"))
                elif message.get("type") == "words":
                    self._answer(name, message)

        return receive

    def _answer(self, name: str, message: Mapping[str, Any]) -> None:
        """Keep what came and say so, or say why not; a callback's error would be seen nowhere else."""
        if message.get("key") != self._key(name):
            self._show(name, message.get("view"))
            return
        try:
            self._take(name, message)
        except CoachingError as error:
            self._send(name, type="refused", view=message.get("view"), reason=str(error))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person who types must see it
            self._send(name, type="refused", view=message.get("view"), reason=f"{type(error).__name__}.")

    def _take(self, name: str, message: Mapping[str, Any]) -> None:
        changed = self._merge(name, message)
        if name == BEGINNING and self._begin(changed, message.get("act")):
            return
        if self._place:
            self._keep()
        self._send(name, type="kept", view=message["view"], touched=message["touched"], at=self._kept_at)
        self._send(name, type="changed", view=message["view"], key=self._key(name), values=changed)
        if "decision" in changed:
            self._show(Segment.WHO_WHAT_WHEN)
        if message.get("act") in {CLOSE, CLOSE_ANYWAY}:
            self._close(anyway=message["act"] == CLOSE_ANYWAY)

    def _merge(self, name: str, message: Mapping[str, Any]) -> dict[str, str]:
        """Take over the fields that this view changed, unless a later change of the same view is here already."""
        values = self._values[name]
        for field, value in message["values"].items():
            values.setdefault(field, value)
        changed = {}
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            if self._sequences.get(place, -1) <= sequence:
                self._sequences[place] = sequence
                changed[field] = values[field] = str(message["values"][field])
        return changed

    def _begin(self, changed: Mapping[str, str], act: str | None) -> bool:
        """Go to another person, session or day; return whether the forms now show another session."""
        if act == beginning.MAKE:
            told = self._values[BEGINNING]
            self._sit_down(self._desk.make(told.get(beginning.NAME, ""), told.get(beginning.COACH, "")))
            return True
        if beginning.PERSON in changed:
            self._sit_down(self._desk.sit_down(changed[beginning.PERSON]))
            return True
        if beginning.SESSION in changed:
            self._sit_down(self._desk.sit_down(self._context.workbook, changed[beginning.SESSION]))
            return True
        held_on = day_or_none(changed.get(beginning.DAY))
        if held_on:
            self._place = replace(self._context, held_on=held_on)
        return False

    def _records(self) -> Records:
        records: Records = {}
        for name, form in self._forms.items():
            records |= form.records(self._context, self._values[name])
        context = self._context
        said_here = any(record for identity, record in records.items() if identity not in context.earlier)
        session = context.record(
            Session,
            context.session,
            Side.COACH,
            Visibility.PAIR,
            label=context.label,
            number=context.number,
            person=context.coach.id,
            closed=self._closed,
        )
        return records | {context.session: session | {"session": None} if said_here else None}

    def _keep(self) -> None:
        self._desk.keep(self._context, self._records())
        self._kept_at = self._time()

    def _close(self, *, anyway: bool) -> None:
        found = {name: form.undecided(self._context, self._values[name]) for name, form in self._forms.items()}
        open_forms = [self._forms[name].title for name, problems in found.items() if problems]
        if open_forms and not anyway:
            self._values[Segment.CLOSING][UNFINISHED] = "true"
            self._send(
                Segment.CLOSING, type="changed", view=None, key=self._key(Segment.CLOSING), values={UNFINISHED: "true"}
            )
            for name, problems in found.items():
                if problems:
                    self._send(name, type="problems", fields=problems, text="Please look at what is marked.")
            where = " and ".join(f"“{title}”" for title in open_forms)
            self._send(
                Segment.CLOSING, type="problems", fields={}, text=f"Not closed: something is still open in {where}."
            )
            return
        self._closed = True
        self._keep()
        self._desk.close(self._context)
        for name in self._forms:
            self._send(name, type="gate", why=_CLOSED)
            self._send(name, type="said", text=f"closed and kept {self._kept_at}")

    def _gate(self, name: str) -> str | None:
        if name == BEGINNING:
            return None
        if self._closed:
            return _CLOSED
        if name == Segment.WHO_WHAT_WHEN and not self._values[Segment.DREAMS].get("decision"):
            return "Opens after the decision about the mission statement, at the end of the dreams."
        return None

    def _show(self, name: str, view: str | None = None) -> None:
        self._send(
            name,
            type="form",
            view=view,
            key=self._key(name),
            values=self._values[name],
            kept=self._kept_at,
            **(self._filled(name, self._place) if self._place else self._empty(name)),
        )

    def _filled(self, name: str, context: Context) -> dict[str, Any]:
        """Return title, sentence, blocks and gate of a form."""
        if name != BEGINNING:
            form = self._forms[name]
            lead, blocks = form.lead(context), form.blocks(context)
            return {"title": form.title, "lead": lead, "blocks": blocks, "gate": self._gate(name)}
        heading = f"{context.coachee.name} · {in_words(context.held_on)}"
        blocks = beginning.blocks(self._desk.offered(context))
        return {"title": _BEGINNING, "heading": heading, "lead": _KEPT_HERE, "blocks": blocks, "gate": None}

    def _empty(self, name: str) -> dict[str, Any]:
        """Return the same while there is no workbook."""
        if name != BEGINNING:
            return {
                "title": self._forms[name].title,
                "lead": "",
                "blocks": [],
                "gate": "Say above with whom; then it opens.",
            }
        return {
            "title": _BEGINNING,
            "heading": "Welcome",
            "lead": _KEPT_HERE,
            "blocks": beginning.first_blocks(),
            "gate": None,
        }

    def _key(self, name: str) -> str:
        place = self._place
        return f"{place.workbook}/{place.session}/{name}" if place else f"new/{name}"

    def _send(self, name: str, **message: Any) -> None:
        self._widgets[name].send(message)

    def _time(self) -> str:
        return f"{self._desk.now():%H:%M}"
