"""The forms of one session together: what a page says is kept, acted on, and answered."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from coaching.forms.engine.guard import Guard
from coaching.forms.engine.messages import SEARCHES, Changes, Heard, WordsMessage
from coaching.forms.engine.reason import reason
from coaching.forms.engine.values import day_or_none
from coaching.forms.own_copy import GIVE
from coaching.forms.parts import closing, protection, questions
from coaching.forms.parts import start as beginning
from coaching.forms.parts.all_parts import FORMS, PREPARATION
from coaching.forms.parts.ending import LOOK, TAKE
from coaching.forms.parts.just_notes import SORT, sorted_line
from coaching.forms.parts.old_words import NO_OLD_WORDS, OLD_WORDS
from coaching.forms.parts.preparation import AWAY
from coaching.forms.parts.start import BEGINNING
from coaching.forms.search import Searching
from coaching.forms.session import redaction
from coaching.forms.session.confirming import unconfirmed
from coaching.forms.session.content import SessionContent
from coaching.forms.session.desk import Desk
from coaching.forms.session.ending import Ending
from coaching.forms.session.parking import parked, sounding_like_status
from coaching.forms.session.room import Room
from coaching.forms.session.sitting import Sitting
from coaching.forms.session.start_actions import Entrance, Left
from coaching.forms.session.undecided import Undecided, sentence, still
from coaching.forms.session.widgets import SessionWidgets
from coaching.i18n import language, nearest, say, speak
from coaching.model.ids import new_id
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Settled
from coaching.workbook.environment import system_language
from coaching.workbook.spoken import spoken_in

#: Buttons after which their form looks different.
_SHOWN_AGAIN = {beginning.NOTED, beginning.DATE_RIGHT, redaction.LIST}
_TITLES = {form.name: form.title for form in FORMS}
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
        self._left: Left | None = None
        super().__init__(self._receive, guard.door(self) if guard else None)
        self._entrance = Entrance(
            desk, lambda fields, text: self._send(BEGINNING, {"type": "problems", "fields": fields, "text": text})
        )
        self._heard, self._changes, self._room = Heard(), Changes(), Room()
        self._ending = Ending(desk.copies)
        self._content = SessionContent(desk, self._entrance, self._ending)
        self._searching = Searching(desk.books, lambda: desk.now().date(), "alone")
        self._sit_down(desk.begin())

    def place(self) -> str | None:
        """Return the id of the workbook whose words the forms show, or showed before they were shut."""
        return here.workbook if (here := self._sitting.place or self._left) else None

    def is_plain(self) -> bool | None:
        """Tell whether that workbook has no passphrase; None if there is none."""
        if place := self._sitting.place:
            return not self._desk.has_passphrase(place.workbook)
        return False if self._left else None

    def risk(self) -> str | None:
        """Return what is said of that workbook while it has no passphrase; None if there is none."""
        if place := self._sitting.place:
            return self._desk.risk(place.workbook)
        return "" if self._left else None

    def shut(self) -> None:
        """Drop every word of a workbook that has a passphrase."""
        with self._lock:
            sitting = self._sitting
            if (place := sitting.place) and self._desk.has_passphrase(place.workbook):
                self._left = self._entrance.leave(place, sitting.values[BEGINNING], is_closed=sitting.is_closed)
                self._sit_down(None)
                self._ending.begin()
            self._desk.forget()

    def reopen(self) -> None:
        """Sit down again where somebody was, unless that workbook is locked still."""
        with self._lock:
            self._desk.remember()
            if (left := self._left) and self._desk.is_open(left.workbook):
                context, begun = self._entrance.back(left)
                self._sit_down(context, is_closed=left.is_closed)
                self._sitting.values[BEGINNING] |= begun
            elif not (self._sitting.place or self._left):
                self._sit_down(self._desk.begin())

    def _sit_down(self, context: Context | None, *, is_closed: bool = False) -> None:
        self._left = None if context else self._left
        speak(spoken_in([*context.own, *context.earlier.values()], context.session) if context else system_language())
        if context:
            self._entrance.offer_recovery_key(context)
        self._sitting = Sitting(self._desk, context, is_closed=is_closed)
        self._lists_words = False
        asks = context is not None and self._entrance.asks(context)
        self._open = self._room.open(self._sitting.place, self._sitting.values, asks=asks)

    def _sit_down_again(self) -> None:
        """Take in what has changed in the session besides its forms; one that is closed stays so."""
        context = self._sitting.context
        again = self._desk.open_session(context.workbook, context.session)
        self._sit_down(again, is_closed=self._sitting.is_closed)

    def _receive(self, name: str, message: Mapping[str, Any]) -> None:
        if message.get("type") in SEARCHES:
            # Not under the lock: nothing that is typed elsewhere waits for it.
            if name == PREPARATION and (place := self._sitting.place):
                self._send(name, self._searching.answer(place.workbook, message))
            return
        with self._lock:
            if message.get("type") == "words" and message.get("key") == self._sitting.key(name):
                self._take(name, cast("WordsMessage", message))
            elif message.get("type") in {"hello", "words"}:
                self._show(name, message.get("view"))
            elif message.get("type") == "turn" and self._sitting.place:
                part = str(message.get("part"))
                self._open = part if self._room.turn(self._sitting.place, part) else self._open

    def _take(self, name: str, message: WordsMessage) -> None:
        message = {**message, "act": self._heard.pressed(message)}
        changed = self._changes.take(name, self._sitting.values[name], message)
        if name == BEGINNING and self._turns(message, changed):
            return
        self._change(name, unconfirmed(name, self._sitting.values[name], changed))
        moved = self._moved(name, message["act"])
        settled = self._sitting.settle(name, message["act"])
        goes_on = name in _PARTS and self._begins_after_the_end()
        self._sitting.is_held |= name in _PARTS
        self._keep(moved, settled)
        self._acknowledge(name, message)
        if self._sees_to_keys(name, message):
            return
        if message["act"] == redaction.ERASE and (identity := self._sitting.values[name].get(redaction.WORDS)):
            self._erase(identity)
            return
        self._tell_changed(name, changed, message["view"])
        for form, values in moved.items():  # last, as the same message may have brought what was moved
            self._tell_changed(form, values)
        if (message["act"] or "").startswith(SORT):
            self._say_where(name, moved)
        self._follow(name, message, changed, settled)
        if goes_on:  # what is erased when it is closed is said beforehand, also where nothing was due before
            self._show(BEGINNING)

    def _turns(self, message: WordsMessage, changed: Mapping[str, str]) -> bool:
        """Turn to another session, if the first form asks for one; return whether it did."""
        sitting = self._sitting
        if beginning.DAY in changed and sitting.place:  # before another session is turned to
            self._hold_on(day_or_none(changed[beginning.DAY]))
        context = self._entrance.next(sitting.place, sitting.values[BEGINNING], changed, message)
        if context is None:
            return False
        # Before the forms turn to it: what a view holds as not kept would be put back when somebody returns here.
        self._acknowledge(BEGINNING, message)
        is_asked = message["act"] not in {beginning.RENEW, beginning.UNLOCK}
        # If it was not asked for, what is typed for somebody new stays, and what is closed.
        begun = {} if is_asked else beginning.begun(sitting.values[BEGINNING], sat=sitting.place is not None)
        if not sitting.is_closed or is_asked:
            self._sit_down(context)
        self._sitting.values[BEGINNING] |= begun
        self._show_all()
        return True

    def _hold_on(self, day: date | None) -> None:
        """Move the session to another day; it stays on its own while the other one is half typed."""
        sitting = self._sitting
        if day is None:
            sitting.values[BEGINNING][beginning.DAY] = sitting.context.held_on.isoformat()
        elif day != sitting.context.held_on:
            sitting.place = replace(sitting.context, held_on=day)
            self._show_all()  # on another day other action items may be due
            sitting.keep()

    def _moved(self, name: str, act: str | None) -> Mapping[str, Mapping[str, str]]:
        """Return what changes, by form and field, when a button moves words to another place."""
        values, row = self._sitting.values, new_id(self._desk.now())
        return parked(name, act, values[name], row) or sorted_line(self._sitting.place, act, values, row)

    def _begins_after_the_end(self) -> bool:
        """Tell whether the first words of a session are said between two who had parted."""
        place = self._sitting.place
        return not self._sitting.is_held and place is not None and self._desk.has_ended(place)

    def _keep(self, moved: Mapping[str, Mapping[str, str]], settled: Settled) -> None:
        """Move words, and keep all of them."""
        sitting = self._sitting
        before = {form: sitting.values[form] for form in moved}
        sitting.values |= {form: {**sitting.values[form], **values} for form, values in moved.items()}
        try:
            if sitting.place:
                sitting.keep(settled)
        except Exception:
            sitting.values |= before  # else the words would stand in both places once the page sends them again
            raise

    def _say_where(self, name: str, moved: Mapping[str, Mapping[str, str]]) -> None:
        """Say where a line of notes stands now; the part in which it does is begun."""
        for form in moved:
            if form != name:
                self._show(form)
                where = say("It stands in “{part}” now.", part=say(_TITLES[form]))
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
        self._send(name, {"type": "said", "text": say("One moment …")})
        problems = self._entrance.protect(self._sitting.context, secrets)
        if problems:
            self._send(name, {"type": "problems", "fields": problems, "text": ""})
            return
        self._sit_down_again()
        self._show_all()
        self._send(name, {"type": "said", "text": say("Kept, and locked by your passphrase.")})

    def _follow(self, name: str, message: WordsMessage, changed: Mapping[str, str], settled: Settled) -> None:
        """Do what comes of a change besides keeping it: forms that look different now, and the end of the session."""
        self._lists_words = message["act"] == redaction.LIST
        if name == BEGINNING and self._is_for_others(changed):
            self._show_all()
        elif self._changes_what_was(name, message["act"] or ""):
            self._sit_down_again()
            self._show_all()
        elif settled or message["act"] in _SHOWN_AGAIN:
            self._show(name)
        if settled or "decision" in changed or closing.NEXT_ON in changed:  # days there are counted to the next one
            self._show(Segment.WHO_WHAT_WHEN)
        if name == PREPARATION and questions.FIELDS.intersection(changed):
            for part in _PARTS:
                self._show(part)
        marked = self._sitting.marked
        if marked and (left := still(marked, self._sitting.undecided())) != marked:
            self._mark(left)
        if self._sitting.is_over(name):
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
        context = self._sitting.place
        if context and name == PREPARATION and act.startswith(AWAY):
            self._desk.take_away(context, act.removeprefix(AWAY))
        elif context and act in {NO_OLD_WORDS, OLD_WORDS}:
            self._desk.let_old_words_return(context, wanted=act == OLD_WORDS)
        else:
            return False
        return True

    def _erase(self, identity: str) -> None:
        """Erase words of this session, and show the forms without them."""
        try:
            self._desk.erase(self._sitting.context, redaction.erased_with(identity, self._sitting.records()))
        finally:
            self._sit_down_again()
            self._show_all()
        self._send(Segment.CLOSING, {"type": "said", "text": say("erased")})

    def _close(self, *, anyway: bool) -> None:
        undecided = self._sitting.undecided()
        if undecided and not anyway:
            self._sitting.marked = {}  # a field takes its mark away by itself when somebody comes by
            self._mark(undecided)
            return
        erased = self._sitting.close()
        self._ending.begin()
        for name in _TITLES:
            is_last = name == Segment.CLOSING
            if is_last:
                self._show(name)
            else:
                self._send(name, {"type": "gate", "why": self._sitting.waits_for(name)})
            text = closing.ended(name, self._sitting.kept_at, erased)
            self._send(name, {"type": "said", "text": text, "show": is_last})
        if erased:  # it says still that they will be
            self._show(BEGINNING)

    def _end(self, message: WordsMessage, changed: Mapping[str, str]) -> None:
        """Do what is asked for at the end of the session, which is closed and stays so."""
        context, text, taken = self._sitting.context, "", None
        if message["act"] in {LOOK, TAKE, GIVE}:  # a page takes its time to make, the first one above all
            self._send(Segment.CLOSING, {"type": "said", "text": say("One moment …")})
        try:
            if self._ending.ticked(context, changed):
                self._sit_down_again()
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

    def _acknowledge(self, name: str, message: WordsMessage) -> None:
        self._changes.kept(name, message)
        view, touched, sitting = message["view"], message["touched"], self._sitting
        at = sitting.kept_at if name != BEGINNING or beginning.DAY in touched else None
        sounds = sounding_like_status(name, sitting.values[name], touched)
        begun = name in sitting.begun
        self._send(
            name,
            {"type": "kept", "view": view, "touched": touched, "at": at, "status_talk": sounds, "begun": begun},
        )

    def _change(self, name: str, values: Mapping[str, str]) -> None:
        """Change values of a form in all its views."""
        if values:
            self._sitting.values[name] |= values
            self._tell_changed(name, values)

    def _tell_changed(self, name: str, values: Mapping[str, str], view: str | None = None) -> None:
        """Tell all views of a form what has changed; `view` has changed it, and knows."""
        self._send(name, {"type": "changed", "view": view, "key": self._sitting.key(name), "values": values})

    def _mark(self, undecided: Undecided) -> None:
        """Mark what is not decided yet, and mark it no more where it is."""
        before, self._sitting.marked = self._sitting.marked, undecided
        self._change(Segment.CLOSING, {closing.UNFINISHED: "true" if undecided else ""})
        for name in _TITLES:
            if before.get(name) != undecided.get(name) or name == Segment.CLOSING:
                self._tell_marked(name)

    def _tell_marked(self, name: str) -> None:
        marked = self._sitting.marked
        self._send(name, {"type": "problems", "fields": marked.get(name, {}), "text": sentence(name, marked)})

    def _show_all(self) -> None:
        for name in self._widgets:
            self._show(name)

    def _show(self, name: str, view: str | None = None) -> None:
        self._send(name, self._content.message(self._sitting, name, view, self._open, lists_words=self._lists_words))
        if self._sitting.marked and name in _TITLES:
            self._tell_marked(name)
