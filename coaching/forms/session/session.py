"""The forms of one session together: their order, their gates, and what happens when somebody types."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, cast

from coaching.errors import CoachingError
from coaching.forms.engine.blocks import Content, day_terms, prose
from coaching.forms.engine.guard import Guard
from coaching.forms.engine.messages import SEARCHES, Changes, FormMessage, Heard, WordsMessage
from coaching.forms.engine.reason import reason
from coaching.forms.engine.values import day_or_none
from coaching.forms.own_copy import GIVE
from coaching.forms.parts import closing, protection, questions
from coaching.forms.parts import start as beginning
from coaching.forms.parts.all_parts import FORMS, PREPARATION, is_only_prepared, told, told_by_form
from coaching.forms.parts.ending import LOOK, TAKE
from coaching.forms.parts.just_notes import SORT, sorted_line
from coaching.forms.parts.notes import is_said_today
from coaching.forms.parts.old_words import NO_OLD_WORDS, OLD_WORDS
from coaching.forms.parts.preparation import AWAY
from coaching.forms.parts.start import BEGINNING
from coaching.forms.search import Searching
from coaching.forms.session import conflicts
from coaching.forms.session import redaction as taking_back
from coaching.forms.session.confirming import unconfirmed
from coaching.forms.session.desk import Desk
from coaching.forms.session.ending import Ending
from coaching.forms.session.gates import gate
from coaching.forms.session.parking import parked, sounding_like_status
from coaching.forms.session.room import Room, terms
from coaching.forms.session.start_actions import Entrance, Left
from coaching.forms.session.unchanged import Unchanged
from coaching.forms.session.undecided import Undecided, sentence, still, undecided
from coaching.forms.session.widgets import SessionWidgets
from coaching.i18n import language, nearest, say, say_prompt, speak
from coaching.model.ids import new_id
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Settled
from coaching.workbook.environment import system_language
from coaching.workbook.spoken import spoken_in

#: Buttons after which their form looks different.
_SHOWN_AGAIN = {beginning.NOTED, beginning.DATE_RIGHT, taking_back.LIST}
_PARTS = frozenset(segment.value for segment in Segment)


class SessionForms(SessionWidgets):
    """The forms of one session.

    A message carries what is not kept yet of its form; it is kept as a draft, and acknowledged only after that.
    Handlers may run on any thread and in any order; a lock and a sequence number for each field of each view make both
    harmless.

    Parameters
    ----------
    desk
        The workbooks behind the forms.
    guard
        The lock of the kernel; without it there is none.
    """

    def __init__(self, desk: Desk, guard: Guard | None = None) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._forms = {form.name: form for form in FORMS}
        self._place: Context | None = None
        self._left: Left | None = None
        super().__init__(self._receive, guard.door(self) if guard else None)
        self._entrance = Entrance(
            desk, lambda fields, text: self._send(BEGINNING, {"type": "problems", "fields": fields, "text": text})
        )
        self._heard, self._changes, self._room = Heard(), Changes(), Room()
        self._ending = Ending(desk.copies)
        self._searching = Searching(desk.books, lambda: desk.now().date(), "alone")
        self._sit_down(desk.begin())

    def place(self) -> str | None:
        """Return the id of the workbook whose words the forms show, or showed before they were shut."""
        return here.workbook if (here := self._place or self._left) else None

    def is_plain(self) -> bool | None:
        """Tell whether that workbook has no passphrase; None if there is none."""
        if place := self._place:
            return not self._desk.has_passphrase(place.workbook)
        return False if self._left else None

    def risk(self) -> str | None:
        """Return what is said of that workbook while it has no passphrase; None if there is none."""
        if place := self._place:
            return self._desk.risk(place.workbook)
        return "" if self._left else None

    def shut(self) -> None:
        """Drop every word of a workbook that has a passphrase."""
        with self._lock:
            if self._place and self._desk.has_passphrase(self._place.workbook):
                self._left = self._entrance.leave(self._place, self._values[BEGINNING], is_closed=self._closed)
                self._sit_down(None)
                self._ending.begin()
            self._desk.forget()

    def reopen(self) -> None:
        """Sit down again where somebody was, unless that workbook is locked still."""
        with self._lock:
            self._desk.remember()
            if (left := self._left) and self._desk.is_open(left.workbook):
                context, begun = self._entrance.back(left)
                self._sit_down(context)
                self._closed, self._values[BEGINNING] = left.is_closed, self._values[BEGINNING] | begun
            elif not (self._place or self._left):
                self._sit_down(self._desk.begin())

    def _sit_down(self, context: Context | None) -> None:
        self._left = None if context else self._left
        speak(spoken_in([*context.own, *context.earlier.values()], context.session) if context else system_language())
        values: dict[str, dict[str, str]] = {name: {} for name in self._widgets}
        self._conflicts: list[conflicts.Conflict] = []
        self._unchanged: Unchanged | None = None
        if context:
            self._entrance.offer_recovery_key(context)
            values |= {name: form.values(context) for name, form in self._forms.items()}
            self._conflicts = conflicts.found(context, values)
            filled = {name: dict(fields) for name, fields in values.items()}
            self._unchanged = Unchanged(context, partial(told, context, filled, closed=False))
            if is_only_prepared(context):  # perhaps the day before: it is held when it begins
                context = replace(context, held_on=self._desk.now().date())
        values[BEGINNING] = beginning.values(context)
        self._place, self._values = context, values
        self._begun: frozenset[str] = frozenset()
        self._closed, self._lists_words = False, False
        self._marked: Undecided = {}
        self._open = self._room.open(context, values, asks=context is not None and self._entrance.asks(context))
        self._kept_at = self._time() if context and context.own else None
        self._is_held = context is not None and bool(context.own) and not is_only_prepared(context)

    @property
    def _context(self) -> Context:
        if self._place is None:
            raise CoachingError(say("There is no workbook yet."))
        return self._place

    def _receive(self, name: str, message: Mapping[str, Any]) -> None:
        if message.get("type") in SEARCHES:
            # Not under the lock: nothing that is typed elsewhere waits for it.
            if name == PREPARATION and (place := self._place):
                self._send(name, self._searching.answer(place.workbook, message))
            return
        with self._lock:
            if message.get("type") == "words" and message.get("key") == self._key(name):
                self._take(name, cast("WordsMessage", message))
            elif message.get("type") in {"hello", "words"}:
                self._show(name, message.get("view"))
            elif message.get("type") == "turn" and self._place:
                part = str(message.get("part"))
                self._open = part if self._room.turn(self._place, part) else self._open

    def _take(self, name: str, message: WordsMessage) -> None:
        message = {**message, "act": self._heard.pressed(message)}
        changed = self._changes.take(name, self._values[name], message)
        if name == BEGINNING and beginning.DAY in changed and self._place:  # before another session is turned to
            self._hold_on(day_or_none(changed[beginning.DAY]))
        context = self._entrance.next(self._place, self._values[name], changed, message) if name == BEGINNING else None
        if context:
            # Before the forms turn to it: what a view holds as not kept would be put back when somebody returns here.
            self._acknowledge(name, message)
            self._turn_to(context, is_asked=message["act"] not in {beginning.RENEW, beginning.UNLOCK})
            return
        self._change(name, unconfirmed(name, self._values[name], changed))
        row = new_id(self._desk.now())
        moved = parked(name, message["act"], self._values[name], row) or sorted_line(
            self._place, message["act"], self._values, row
        )
        before = {form: self._values[form] for form in moved}
        self._values |= {form: self._values[form] | values for form, values in moved.items()}
        settled = self._settle(name, message["act"])
        goes_on = not self._is_held and name in _PARTS and self._place and self._desk.has_ended(self._place)
        self._is_held = self._is_held or name in _PARTS
        try:
            if self._place:
                self._keep(settled)
        except Exception:
            self._values |= before  # else the words would stand in both places once the page sends them again
            raise
        self._acknowledge(name, message)
        if self._sees_to_keys(name, message):
            return
        if message["act"] == taking_back.ERASE and self._values[name].get(taking_back.WORDS):
            self._erase(self._values[name][taking_back.WORDS])
            return
        self._tell_changed(name, changed, message["view"])
        for form, values in moved.items():  # last, as the same message may have brought what was moved
            self._tell_changed(form, values)
        if (message["act"] or "").startswith(SORT):
            self._say_where(name, moved)
        self._follow(name, message, changed, settled)
        if goes_on:  # what is erased when it is closed is said beforehand, also where nothing was due before
            self._show(BEGINNING)

    def _say_where(self, name: str, moved: Mapping[str, Mapping[str, str]]) -> None:
        """Say where a line of notes stands now; the part in which it does is begun."""
        for form in moved:
            if form != name:
                self._show(form)
                where = say("It stands in “{part}” now.", part=say(self._forms[form].title))
                self._send(name, {"type": "said", "text": where})

    def _sees_to_keys(self, name: str, message: WordsMessage) -> bool:
        """Do what a button says of passphrase and recovery key, first or at the end; return whether it did."""
        act = message["act"]
        if act == protection.PROTECT:
            self._protect(name, message.get("secrets") or {})
        elif page := self._entrance.key_page(act):
            self._widgets[name].download(*page)
        elif act == beginning.NOTED and name != BEGINNING:
            self._entrance.confirm()
            self._show(name)
            self._show(BEGINNING)
        else:
            return False
        return True

    def _protect(self, name: str, secrets: Mapping[str, str]) -> None:
        """Give the workbook its first passphrase, and go on in it with its new key."""
        context, is_closed = self._context, self._closed
        self._send(name, {"type": "said", "text": say("One moment …")})
        problems = self._entrance.protect(context, secrets)
        if problems:
            self._send(name, {"type": "problems", "fields": problems, "text": ""})
            return
        self._sit_down(self._desk.open_session(context.workbook, context.session))
        self._closed = is_closed
        self._show_all()
        self._send(name, {"type": "said", "text": say("Kept, and locked by your passphrase.")})

    def _hold_on(self, day: date | None) -> None:
        """Move the session to another day; it stays on its own while the other one is half typed."""
        context = self._context
        if day is None:
            self._values[BEGINNING][beginning.DAY] = context.held_on.isoformat()
        elif day != context.held_on:
            self._place = replace(context, held_on=day)
            self._show_all()  # on another day other action items may be due
            self._keep()

    def _turn_to(self, context: Context, *, is_asked: bool) -> None:
        """Turn to a session; if it was not asked for, what is typed for somebody new stays, and what is closed."""
        begun = {} if is_asked else beginning.begun(self._values[BEGINNING], sat=self._place is not None)
        if not self._closed or is_asked:
            self._sit_down(context)
        self._values[BEGINNING] |= begun
        self._show_all()

    def _follow(self, name: str, message: WordsMessage, changed: Mapping[str, str], settled: Settled) -> None:
        """Do what comes of a change besides keeping it: forms that look different now, and the end of the session."""
        self._lists_words = message["act"] == taking_back.LIST
        if name == BEGINNING and self._is_for_others(changed):
            self._show_all()
        elif self._changes_what_was(name, message["act"] or ""):
            self._look_again()
            self._show_all()
        elif settled or message["act"] in _SHOWN_AGAIN:
            self._show(name)
        if settled or "decision" in changed or closing.NEXT_ON in changed:  # days there are counted to the next one
            self._show(Segment.WHO_WHAT_WHEN)
        if name == PREPARATION and questions.FIELDS.intersection(changed):
            for part in _PARTS:
                self._show(part)
        if self._marked and (left := still(self._marked, undecided(self._context, self._values))) != self._marked:
            self._mark(left)
        if self._closed and name == Segment.CLOSING:
            self._end(message, changed)
        elif message["act"] in {closing.CLOSE, closing.CLOSE_ANYWAY}:
            self._close(anyway=message["act"] == closing.CLOSE_ANYWAY)

    def _is_for_others(self, changed: Mapping[str, str]) -> bool:
        """Tell whether all forms are for somebody else now, or in another language, which is spoken from here on."""
        if beginning.LANGUAGE in changed:
            speak(nearest(changed[beginning.LANGUAGE]) or language())
        return bool({beginning.PERSON, beginning.LANGUAGE} & changed.keys())

    def _changes_what_was(self, name: str, act: str) -> bool:
        """Do what a button says of words that are older than the session; return whether it does."""
        if name == PREPARATION and act.startswith(AWAY):
            self._desk.take_away(self._context, act.removeprefix(AWAY))
        elif act in {NO_OLD_WORDS, OLD_WORDS}:
            self._desk.let_old_words_return(self._context, wanted=act == OLD_WORDS)
        else:
            return False
        return True

    def _acknowledge(self, name: str, message: WordsMessage) -> None:
        self._changes.kept(name, message)
        at = self._kept_at if name != BEGINNING or beginning.DAY in message["touched"] else None
        sounds = sounding_like_status(name, self._values[name], message["touched"])
        view, touched = message["view"], message["touched"]
        begun = name in self._begun
        self._send(
            name,
            {"type": "kept", "view": view, "touched": touched, "at": at, "status_talk": sounds, "begun": begun},
        )

    def _change(self, name: str, values: Mapping[str, str]) -> None:
        """Change values of a form in all its views."""
        if values:
            self._values[name] |= values
            self._tell_changed(name, values)

    def _tell_changed(self, name: str, values: Mapping[str, str], view: str | None = None) -> None:
        """Tell all views of a form what has changed; `view` has changed it, and knows."""
        self._send(name, {"type": "changed", "view": view, "key": self._key(name), "values": values})

    def _settle(self, name: str, act: str | None) -> dict[str, tuple[int, ...]]:
        """Return what a button settles, and take over what was written in the other place if that was chosen."""
        choice = conflicts.chosen(act, self._conflicts)
        if choice is None:
            return {}
        conflict, taken = choice
        if taken:
            self._values[name] |= conflict.there
        self._conflicts = [other for other in self._conflicts if other.entry != conflict.entry]
        return {conflict.entry: conflict.revs}

    def _keep(self, settled: Settled | None = None) -> int:
        """Keep what the session says; return how many private notes were erased, as happens once it is closed."""
        context = self._context
        unseen = {conflict.entry: conflict.revs for conflict in self._conflicts if conflict.form is None}
        by_form = told_by_form(context, self._values)
        records = told(context, self._values, closed=self._closed, by_form=by_form)
        self._begun = frozenset(name for name, of_form in by_form.items() if is_said_today(of_form, context))
        if self._unchanged:
            records = self._unchanged.with_changes(records, context.held_on)
        self._desk.keep(context, records, {**unseen, **(settled or {})})
        self._kept_at = self._time()
        return self._desk.close(context) if self._closed else 0

    def _erase(self, identity: str) -> None:
        """Erase words of this session, and show the forms without them."""
        context = self._context
        records = told(context, self._values, closed=self._closed)
        try:
            self._desk.erase(context, taking_back.erased_with(identity, records))
        finally:
            self._sit_down(self._desk.open_session(context.workbook, context.session))
            self._show_all()
        self._send(Segment.CLOSING, {"type": "said", "text": say("erased")})

    def _close(self, *, anyway: bool) -> None:
        open_questions = undecided(self._context, self._values)
        if open_questions and not anyway:
            self._marked = {}  # a field takes its mark away by itself when somebody comes by
            self._mark(open_questions)
            return
        self._closed = True
        try:
            erased = self._keep()
        except Exception:
            self._closed = False
            raise
        self._marked = {}
        self._ending.begin()
        for name in self._forms:
            is_last = name == Segment.CLOSING
            if is_last:
                self._show(name)
            else:
                why = gate(name, self._context, self._values, closed=True)
                self._send(name, {"type": "gate", "why": why})
            self._send(name, {"type": "said", "text": closing.ended(name, self._kept_at, erased), "show": is_last})
        if erased:  # it says still that they will be
            self._show(BEGINNING)

    def _end(self, message: WordsMessage, changed: Mapping[str, str]) -> None:
        """Do what is asked for at the end of the session, which is closed and stays so."""
        context, text, taken = self._context, "", None
        if message["act"] in {LOOK, TAKE, GIVE}:  # a page takes its time to make, the first one above all
            self._send(Segment.CLOSING, {"type": "said", "text": say("One moment …")})
        try:
            if self._ending.ticked(context, changed):
                self._look_again()
                text = say("Kept.")
            is_other = self._ending.answered(changed)
            taken = self._ending.press(context, message["act"], message.get("secrets") or {})
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the one who pressed the button must see it
            self._show(Segment.CLOSING)
            self._send(Segment.CLOSING, {"type": "problems", "fields": {}, "text": reason(error)})
            return
        if taken:
            text = taken.text
            if taken.content is not None:
                self._widgets[Segment.CLOSING].download(taken.name, taken.content)
        if message["act"] or text or is_other:
            self._show(Segment.CLOSING)
        if text:
            self._send(Segment.CLOSING, {"type": "said", "text": text})

    def _look_again(self) -> None:
        """Take in what has changed in the session besides its forms; one that is closed stays so."""
        context, is_closed = self._context, self._closed
        self._sit_down(self._desk.open_session(context.workbook, context.session))
        self._closed = is_closed

    def _mark(self, open_questions: Undecided) -> None:
        """Mark what is not decided yet, and mark it no more where it is."""
        before, self._marked = self._marked, open_questions
        self._change(Segment.CLOSING, {closing.UNFINISHED: "true" if open_questions else ""})
        for name in self._forms:
            if before.get(name) != open_questions.get(name) or name == Segment.CLOSING:
                self._tell_marked(name)

    def _tell_marked(self, name: str) -> None:
        fields, text = self._marked.get(name, {}), sentence(name, self._marked)
        self._send(name, {"type": "problems", "fields": fields, "text": text})

    def _show_all(self) -> None:
        for name in self._widgets:
            self._show(name)

    def _show(self, name: str, view: str | None = None) -> None:
        content = self._form(name)
        form: FormMessage = {
            "type": "form",
            "view": view,
            "key": self._key(name),
            "title": content["title"],
            "heading": content["heading"],
            "lead": content["lead"],
            "blocks": content["blocks"],
            "values": self._shown_values(name),
            "gate": content["gate"],
            "kept": self._kept_at,
            "days": day_terms(self._desk.now().date(), self._next_on()),
            "held": self._is_held,
            "room": terms(name, self._place, self._values, self._open),
        }
        if name == PREPARATION and self._place and content["blocks"]:
            form["searches"] = "alone"
        self._send(name, form)
        if self._marked and name in self._forms:
            self._tell_marked(name)

    def _form(self, name: str) -> Content:
        """Return title, sentence, blocks and gate of a form."""
        context = self._place
        if name == BEGINNING:
            return self._entrance.form(context, self._values[name])
        form = self._forms[name]
        waits = gate(name, context, self._values, closed=self._closed)
        if context is None or beginning.is_new(
            self._values[BEGINNING]
        ):  # nothing of the one before is on the page for somebody new to read
            return {"title": say(form.title), "heading": None, "lead": "", "blocks": [], "gate": waits}
        if self._is_over(name):
            card = self._ending.blocks(context, told(context, self._values, closed=True))
            if self._ending.is_card:
                asked = [protection.asked_last()] if self._desk.has_open_key(context.workbook) else []
                card = [*card, *self._entrance.keys_shown(), *asked]
            return {"title": say(form.title), "heading": None, "lead": "", "blocks": card, "gate": waits}
        blocks = form.blocks(context)
        begun_with = questions.question(context, name, self._values[PREPARATION]) if name in _PARTS else None
        asked = [prose(say_prompt(begun_with), tone="prompt")] if begun_with else []
        both = conflicts.blocks(self._conflicts, name, self._values[name], blocks)
        if name == Segment.CLOSING:  # after what was heard: what should not be in writing
            records = told(context, self._values, closed=False) if self._lists_words else None
            blocks[closing.HEARD : closing.HEARD] = taking_back.blocks(context, records)
        if asked and blocks and blocks[0].get("tone") == "statement":  # it comes before every question
            asked = [blocks.pop(0), *asked]
        shown = [*both, *asked, *blocks]
        return {"title": say(form.title), "heading": None, "lead": form.lead(context), "blocks": shown, "gate": waits}

    def _shown_values(self, name: str) -> Mapping[str, str]:
        """Return the values of the fields that a form shows; at the end most of them are gone from it."""
        values = self._values[name]
        if name == BEGINNING and self._place:
            return {beginning.LANGUAGE: language(), **values}
        if not self._is_over(name):
            return values
        return {closing.NEXT_ON: values.get(closing.NEXT_ON, "")} | self._ending.values

    def _next_on(self) -> date | None:
        """Return the day on which the two meet again, if they have said so."""
        return day_or_none(self._values[Segment.CLOSING].get(closing.NEXT_ON))

    def _is_over(self, name: str) -> bool:
        """Tell whether the end stands in place of a form."""
        return self._closed and name == Segment.CLOSING

    def _key(self, name: str) -> str:
        return f"{place.workbook}/{place.session}/{name}" if (place := self._place) else f"new/{name}"

    def _time(self) -> str:
        return f"{self._desk.now():%H:%M}"
