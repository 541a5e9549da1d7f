"""The form of a hand-over: what goes along is ticked line by line, seen as it will be, and only then written."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from coaching.formats.sealing import Seal
from coaching.forms.engine.blocks import (
    Block,
    act,
    choice,
    day,
    day_terms,
    equals,
    flag,
    fold,
    prose,
    rows,
    section,
    shortened,
    text,
)
from coaching.forms.engine.guard import Door
from coaching.forms.engine.question_form import Answers, Asked, AskingForm, Questions, blocks_or_why
from coaching.forms.engine.reason import reason
from coaching.forms.engine.values import day_or_none, row, row_keys, said
from coaching.forms.engine.widget import FormWidget
from coaching.forms.own_copy import FIELDS as OWN_FIELDS
from coaching.forms.own_copy import GIVE, GivingOwnCopy, field_of
from coaching.forms.sealing import BY_PASSPHRASE, FIELDS, IN_THE_BROWSER, OPENS, UnsealedError, how_it_opens, seal_of
from coaching.i18n import say, to_say
from coaching.l10n import in_words
from coaching.model.vocabulary import Kind, Visibility
from coaching.workbook.context import Values
from coaching.workbook.copies import Written
from coaching.workbook.handover.offer import HandoverChoice, Line, Offered, PromiseFate, called

TO, REASON, DELETE_BY, FILE = "to", "reason", "delete_by", "file"
LINE, ALONG, PROMISE, BECOMES, WHY = "line", "along", "promise", "becomes", "why"
LOOK, HAND_OVER = "look", "hand_over"
_LEAD = to_say(
    "Nothing goes along unless you tick it. What is not ticked stays here, and leaves no trace in what is handed over."
)
_EMPTY = to_say("There is no workbook to hand over.")
_READABLE = {
    Visibility.PRIVATE: to_say("only you read it"),
    Visibility.PAIR: to_say("between you"),
    Visibility.OPEN: to_say("others may read it"),
}


class Planned(Protocol):
    """What would be handed over."""

    def preview(self) -> Iterable[tuple[Mapping[str, Any], str]]:
        """Return what the new coach would see, line by line: the record, and its words."""


P = TypeVar("P", bound=Planned)


class HandoverForm(Generic[P]):
    """The form of a hand-over. Nothing of it is kept until it is handed over.

    Parameters
    ----------
    chosen
        Returns id and name of the workbook that is chosen; without a workbook they are empty.
    offered
        Returns what can go along from one of them.
    plan
        Returns what would be handed over of a workbook; it writes nothing.
    hand_over
        Writes what was planned of a workbook as a file that opens with a seal, or returns it for the browser, and says
        where.
    today
        Returns the day it is.
    door
        The lock of the form; without it there is none.
    own_copy
        How the coachee is given their own copy, which goes on whoever the coach is.
    """

    def __init__(
        self,
        chosen: Callable[[], tuple[str, str]],
        offered: Callable[[str], Offered],
        plan: Callable[[str, HandoverChoice], P],
        hand_over: Callable[[str, P, str, Seal | None], Written],
        today: Callable[[], date],
        door: Door | None = None,
        *,
        own_copy: GivingOwnCopy,
    ) -> None:
        self._chosen, self._offered, self._plan, self._hand_over = chosen, offered, plan, hand_over
        self._today, self._own = today, own_copy
        self._workbook, self.answers = "", Answers(_begun)
        self._planned: P | None = None
        self._asking = AskingForm(self._form, self._take_in, door)

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the form of a hand-over>"

    def form(self) -> FormWidget:
        """Return the form."""
        return self._asking.widget

    def show(self) -> None:
        """Show the form of the workbook that is chosen now; nothing that was ticked in another's comes along."""
        self._asking.show()

    def put_away(self, seal: Callable[[str, str], bytes | None], plain: Container[str]) -> None:
        """Drop what was planned, and encrypt what was said."""
        self.answers.put_away(seal, plain)
        self._workbook, self._planned = "", None

    def _take_in(self, asked: Asked) -> None:
        if asked.changed.keys() - {FILE} - FIELDS - OWN_FIELDS:
            self._planned = None
        self._values.update(asked.changed)
        if asked.pressed in {LOOK, HAND_OVER}:
            self._answer(asked.pressed, asked.secrets)
        elif asked.pressed == GIVE:
            self._give_own(asked.secrets)

    def _answer(self, pressed: str, secrets: Mapping[str, str]) -> None:
        try:
            if pressed == HAND_OVER and self._planned is not None:
                seal = seal_of(self._values, secrets)
                written = self._hand_over(self._workbook, self._planned, self._values[FILE], seal)
                self.answers.begin_again(self._workbook)
                self._planned, told = None, written.text
                if written.content is not None:
                    self._asking.widget.download(written.name, written.content)
            else:
                self._planned = self._plan(self._workbook, _wish(self._values))
                told = say("Look at it together, down here, before you hand it over.")
        except UnsealedError as error:
            field, problem = OPENS, str(error)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the one who pressed the button must see it
            field, problem = TO if self._planned is None else FILE, reason(error)
        else:
            self._asking.tell(told)
            return
        self._asking.refuse(field, problem, say("Nothing was handed over."))

    def _give_own(self, secrets: Mapping[str, str]) -> None:
        try:
            written = self._own.give(self._workbook, self._values, secrets)
        except Exception as error:  # noqa: BLE001 - as above
            self._asking.refuse(field_of(error), reason(error), say("Nothing was written."))
            return
        if written.content is not None:
            self._asking.widget.download(written.name, written.content)
        self._asking.tell(written.text)

    @property
    def _values(self) -> dict[str, str]:
        """What is said of the workbook that is chosen."""
        return self.answers.of(self._workbook)

    def _form(self) -> Questions:
        workbook, name = self._chosen()
        if workbook != self._workbook:
            self._workbook, self._planned = workbook, None
        return {
            "key": f"review/handover/{workbook}",
            "title": say("Hand over to another coach"),
            "heading": name or None,
            "lead": say(_LEAD) if workbook else say(_EMPTY),
            "blocks": blocks_or_why(self._blocks) if workbook else [],
            "values": self._values,
            "days": day_terms(self._today()),
        }

    def _blocks(self) -> list[Block]:
        offered, title = self._offered(self._workbook), self._own.title(self._workbook)
        if title:
            self._values.update(self._own.begun(self._workbook) | self._values)
        return [
            text(TO, say("Who takes over?"), hint=say("You begin with a new agreement there.")),
            text(REASON, say("Why does the plan move on?")),
            *_lines(offered),
            *_promises(offered.promises),
            day(DELETE_BY, say("When is the coach’s copy to be erased?"), hint=say("Without a day: in 30 days.")),
            act(LOOK, say("See what they will see"), quiet=self._planned is not None),
            *(_seen(self._planned) if self._planned else ()),
            *([fold(title, self._own.blocks(self._workbook), name="own copy")] if title else ()),
        ]


def _begun() -> dict[str, str]:
    return {FILE: "handover.zip", OPENS: BY_PASSPHRASE}


def _lines(offered: Offered) -> Iterator[Block]:
    """Return the lines to tick; the many notes are folded."""
    for lines in offered.groups():
        kind = lines[0].record["kind"]
        boxes = [flag(f"{LINE}.{line.id}.{ALONG}", _title(line)) for line in lines]
        title = called({"kind": kind})
        yield fold(f"{title}: {len(lines)}", boxes) if kind == Kind.NOTE else section(title, boxes)


def _promises(promises: Sequence[Line]) -> Iterator[Block]:
    if promises:
        becomes = [
            (PromiseFate.TAKEN_OVER.value, say("taken over")),
            (PromiseFate.RELEASED.value, say("released")),
            (PromiseFate.KEPT.value, say("stays with the coach of today")),
        ]
        asked = [
            choice(BECOMES, say("What becomes of it?"), becomes),
            text(WHY, say("In a few words, why"), when=[equals(f".{BECOMES}", PromiseFate.RELEASED)]),
        ]
        fixed = [(line.id, _title(line)) for line in promises]
        yield section(say("Promises of the coach, not kept yet"), [rows(PROMISE, say("Promise"), asked, fixed=fixed)])


def _seen(planned: Planned) -> Iterator[Block]:
    lines = [prose(f"{called(record)}: {words}", tone="quote") for record, words in planned.preview()]
    yield section(say("This is what they will see, and nothing else"), lines)
    yield text(FILE, say("Name of the file"), hint=say(IN_THE_BROWSER))
    yield from how_it_opens(HAND_OVER)
    yield act(HAND_OVER, say("Hand it over"))


def _title(line: Line) -> str:
    held_on = line.record.get("held_on")
    about = [
        called(line.record),
        *([in_words(held_on)] if held_on else []),
        say(_READABLE[Visibility(line.visibility)]),
    ]
    return f"{shortened(line.words)} ({', '.join(about)})"


def _wish(values: Values) -> HandoverChoice:
    promises = {key: row(values, PROMISE, key) for key in row_keys(values, PROMISE)}
    return HandoverChoice(
        to=said(values, TO),
        lines=frozenset(key for key in row_keys(values, LINE) if row(values, LINE, key).get(ALONG)),
        promises={key: PromiseFate(fields[BECOMES]) for key, fields in promises.items() if fields.get(BECOMES)},
        why={key: words for key, fields in promises.items() if (words := said(fields, WHY))},
        reason=said(values, REASON),
        delete_by=day_or_none(values.get(DELETE_BY)),
    )
