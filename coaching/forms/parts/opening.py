"""Opening: what the coachee brought, what became of the promises, the coach's own first, and how each arrives."""

from datetime import date
from typing import Any

from coaching.forms.engine.blocks import (
    Block,
    choice,
    day,
    equals,
    filled,
    fold,
    folded_lines,
    outcomes,
    pick,
    prose,
    section,
    shortened,
    text,
)
from coaching.forms.engine.messages import FoldedLines
from coaching.forms.engine.values import day_or_none, rows_in, said
from coaching.forms.parts import agreement
from coaching.forms.parts.drafts import drafts
from coaching.forms.parts.experiments import open_experiments, tried
from coaching.forms.parts.just_notes import NOTES, just_notes
from coaching.forms.parts.notes import NoteField, note_records, note_values, segment_record
from coaching.forms.parts.promises import is_due, open_items, owners_of_due
from coaching.forms.parts.reopening import reopening, reopening_records, reopening_values
from coaching.forms.parts.threads import going_on, moved, moved_words, served
from coaching.i18n import say, say_counted, to_say
from coaching.l10n import in_words
from coaching.metrics.mission.statements import versions
from coaching.model.entries import Item, ItemEvent, Note, Review
from coaching.model.vocabulary import ItemEventKind, ReviewOutcome, Segment, Side, Topic
from coaching.text import is_blank
from coaching.workbook.context import Context, Records, Values
from coaching.workbook.waiting import waiting

#: Done, and later than the day it was promised for: the form asks which day that was.
LATER = "later"
_DONE = (ReviewOutcome.DONE.value, LATER)
#: Says of a promise that it serves something of which it can be told what moved.
_SERVES = "serves"
#: So many promises of one side stand as lines of their own; those that were due before are folded.
_IN_SIGHT = 20
#: Lines by their keys.
_Titles = list[tuple[str, str]]
_STAYS_OPEN = (ReviewOutcome.PARTLY.value, ReviewOutcome.NOT_YET.value, ReviewOutcome.CHANGED.value)
_ASK_STILL_YOURS = 2
_ARRIVAL = NoteField(
    "arrival",
    Segment.OPENING,
    Topic.ARRIVAL,
    Side.COACHEE,
    to_say("How is {name} arriving?"),
    to_say("One word, or none."),
    1,
)
_SHOWED = NoteField("showed", Segment.OPENING, Topic.SHOWED, Side.COACHEE, to_say("What did trying it show {name}?"))
_NOTES = (_ARRIVAL, _SHOWED, NOTES)


class Opening:
    """The form of the opening."""

    segment = Segment.OPENING
    name = segment.value
    title = to_say("Opening")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Arrive")

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""
        if not context.items:
            return say(
                "How {name} arrives. What you promise each other today is asked for here next time.",
                name=context.coachee.name,
            )
        first = say("First what became of what you promised each other.")
        own = [say("Your own promises come first.")] if Side.COACH in owners_of_due(context) else []
        return " ".join([first, *own])

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: the agreement when it is due, a row for each open action item, then two notes."""
        items = open_items(context)
        due = [item for item in items if is_due(item, context)]
        mine = [item for item in due if item["owner"] == Side.COACH]
        theirs = [item for item in due if item["owner"] != Side.COACH]
        later = [item for item in items if not is_due(item, context)]
        blocks = [
            tried(context),
            self._reviews(context, say("Your promises"), mine),
            self._reviews(context, say("{name}’s promises", name=context.coachee.name), theirs),
            self._reviews(context, say("Not due yet"), later, say("Only if there is something to tell.")),
            self._levels(context, [*mine, *theirs, *later]),
        ]
        nothing = prose(say("Nothing that was promised is due today.")) if context.items and not due else None
        asked = [_ARRIVAL, *([_SHOWED] if context.items or context.first(Note, topic=Topic.SHOWED) else [])]
        notes = (note.block(context) for note in asked)
        begins = [*_statement(context), self._brought(context), *agreement.blocks(context), *going_on(context)]
        ends = [self._drafts(context), reopening(context), *notes, just_notes(context), agreement.in_force(context)]
        return [block for block in (*begins, nothing, *blocks, *ends) if block]

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""
        values = note_values(_NOTES, context) | agreement.values(context) | reopening_values(context)
        serving = served(context)
        values |= {f"review.{one['id']}.{_SERVES}": "true" for one in open_items(context) if one["id"] in serving}
        items = {item["id"]: item for item in context.items}
        for review in context.owned(Review):
            start = f"review.{review.item}"
            values |= {f"{start}.outcome": review.outcome.value, f"{start}.text": review.text or ""}
            values |= {f"{start}.level": review.level or "", f"{start}.moved": moved_words(context, review.item)}
            done = context.first(ItemEvent, item=review.item, event=ItemEventKind.DONE)
            if review.outcome is ReviewOutcome.DONE and done and done.held_on:
                is_other_day = done.held_on != context.held_on
                is_after = is_other_day and done.held_on > _by_then(items.get(review.item), context)
                is_later = done.by_then is False or (done.by_then is None and is_after)
                values[f"{start}.outcome"] = LATER if is_later else ReviewOutcome.DONE.value
                if is_other_day:
                    values[f"{start}.done_on"] = done.held_on.isoformat()
            moved = context.first(ItemEvent, item=review.item, event=ItemEventKind.DUE_MOVED)
            if moved and moved.due_to:
                values[f"{start}.due"] = moved.due_to.isoformat()
        return values

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""
        records = note_records(_NOTES, context, values) | reopening_records(context, values)
        items = {item["id"]: item for item in (*open_items(context), *open_experiments(context))}
        for key, fields in rows_in(values, "review").items():
            if key in items and fields.keys() - {_SERVES}:  # of most of hundreds nothing was told
                records |= self._review_records(context, items[key], fields)
                records |= moved(context, key, _moved_words(fields))
        state = segment_record(self.segment, context, present=any(records.values()))
        return agreement.records(context, values) | records | state

    def undecided(self, context: Context, values: Values) -> dict[str, str]:
        """Return the due action items of which nothing was told."""
        return {
            f"review.{item['id']}.outcome": _asked()
            for item in open_items(context)
            if is_due(item, context) and not said(values, f"review.{item['id']}.outcome")
        }

    def _brought(self, context: Context) -> Block | None:
        """Return what the coachee brought between the sessions, before anything of the coach's."""
        lines = [prose(f"{line.about}: {' · '.join(line.words)}".rstrip(": ")) for line in waiting(context)]
        if not lines:
            return None
        name = context.coachee.name
        more = lines[_IN_SIGHT:]
        folded = [fold(say("{count} more", count=len(more)), more)] if more else []
        hint = say("It came in since you last met.")
        return section(say("What {name} brought", name=name), [*lines[:_IN_SIGHT], *folded], hint=hint)

    def _drafts(self, context: Context) -> Block | None:
        """Return what was written down and never promised, so that it is not forgotten."""
        words = [draft.what or "" for draft in drafts(context)]
        if not words:
            return None
        hint = say("Written down, and not promised yet. It can be promised in “Who does what by when”.")
        shown, more = words[:_IN_SIGHT], words[_IN_SIGHT:]
        rest = [fold(say("{count} more", count=len(more)), [prose(what) for what in more])] if more else []
        return section(say("Drafts"), [*(prose(what) for what in shown), *rest], hint=hint)

    def _reviews(self, context: Context, title: str, items: list[dict[str, Any]], hint: str = "") -> Block | None:
        if not items:
            return None
        done = [equals(".outcome", *_DONE)]
        fields = [
            day(
                "done_on",
                say("Done on"),
                lies="back",
                hint=say("Left empty: today."),
                when=[equals(".outcome", LATER)],
            ),
            day("due", say("A new day, if you agree on one"), when=[equals(".outcome", *_STAYS_OPEN)]),
            text("text", say("What happened?"), rows=2, when=[filled(".outcome")]),
            section("", [text("moved", say("And what did it move?"), when=done)], when=[filled(f".{_SERVES}")]),
        ]
        was_due = is_due(items[0], context)
        titles = [(item["id"], _title(item, context.held_on)) for item in items]
        # What is nearest to today is in sight.
        near, far = (titles[-_IN_SIGHT:], _older(titles[:-_IN_SIGHT])) if was_due else _sooner(titles)
        asked = choice("outcome", _asked(), _answers(was_due=was_due))
        asks = {LATER: "done_on", ReviewOutcome.CHANGED.value: "due"}
        return section(title, [outcomes("review", asked, fields, fixed=near, asks=asks, others=far)], hint=hint)

    def _levels(self, context: Context, items: list[dict[str, Any]]) -> Block | None:
        """Return, for the promises that have outcomes in words, which of these it came to; in words, never a number."""
        picks = [
            pick(
                f"review.{item['id']}.level",
                shortened(item["what"]),
                [("", "—"), *((level, shortened(level)) for level in _levels_of(context, item["id"]))],
                when=[filled(f"review.{item['id']}.outcome")],
            )
            for item in items
            if _levels_of(context, item["id"])
        ]
        return section(say("What it came to, in your own words"), picks) if picks else None

    def _review_records(self, context: Context, item: dict[str, Any], fields: dict[str, str]) -> Records:
        identity, owner = item["id"], Side(item["owner"])
        review = context.identity(Review, identity, item=identity)
        events = {
            event: _event_id(context, identity, event) for event in (*_EVENT_OF.values(), ItemEventKind.DUE_MOVED)
        }
        records: Records = {review: None}
        records |= dict.fromkeys(events.values(), None)
        answer = fields.get("outcome")
        if not answer:
            return records
        outcome = ReviewOutcome.DONE.value if answer == LATER else answer
        common = {"item": identity, "text": fields.get("text") or None}
        teller = context.party(owner).id
        told: dict[str, Any] = {"outcome": outcome, "person": teller, "level": said(fields, "level")}
        records[review] = context.record(Review, review, owner, **common, **told)
        event = _EVENT_OF.get(ReviewOutcome(outcome))
        if event:
            happened = context.record(ItemEvent, events[event], owner, **common, event=event)
            day = {
                "held_on": _day_of(event, fields, item, context),
                "by_then": _is_by_then(event, fields, item, context),
            }
            records[events[event]] = happened | day | _own_words(context, events[event], review)
        moved_to = day_or_none(fields.get("due")) if outcome in _STAYS_OPEN else None
        if moved_to:
            moved = {"event": ItemEventKind.DUE_MOVED, "due_from": item["due"], "due_to": moved_to}
            moved_id = events[ItemEventKind.DUE_MOVED]
            happened = context.record(ItemEvent, moved_id, owner, **common, **moved)
            records[moved_id] = happened | _own_words(context, moved_id, review)
        return records


def _own_words(context: Context, event: str, review: str) -> dict[str, Any]:
    """Return the words of an event that were never those of its review: an import brings such."""
    happened, review_entry = context.first(ItemEvent, id=event), context.first(Review, id=review)
    words = happened.text if happened else None
    return {"text": words} if words and words != (review_entry.text if review_entry else None) else {}


def _day_of(event: ItemEventKind, fields: dict[str, str], item: dict[str, Any], context: Context) -> date:
    """Return the day on which something happened: the session's, or the day that was named if that can be meant."""
    if event is not ItemEventKind.DONE:
        return context.held_on
    latest = context.held_on if fields.get("outcome") == LATER else _by_then(item, context)
    done_on = day_or_none(fields.get("done_on"))
    return done_on if done_on and item["agreed"] <= done_on <= latest else context.held_on


def _is_by_then(event: ItemEventKind, fields: dict[str, str], item: dict[str, Any], context: Context) -> bool | None:
    """Return whether something was done by the day it was promised for; None where nobody is asked."""
    asked = event is ItemEventKind.DONE and is_due(item, context)
    return fields.get("outcome") != LATER if asked else None


def _by_then(item: dict[str, Any] | None, context: Context) -> date:
    """Return the latest day on which an action item can have been done of which it is said: by then."""
    due: date | None = item["due_in_force"] if item else None
    return min(due, context.held_on) if due else context.held_on


def _asked() -> str:
    return say("What became of it?")


def _answers(*, was_due: bool) -> list[tuple[str, str]]:
    done = [(_DONE[0], say("done by then")), (_DONE[1], say("done later"))] if was_due else [(_DONE[0], say("done"))]
    return [
        *done,
        (ReviewOutcome.PARTLY.value, say("partly")),
        (ReviewOutcome.NOT_YET.value, say("not yet")),
        (ReviewOutcome.CHANGED.value, say("changed")),
        (ReviewOutcome.LET_GO.value, say("let go")),
    ]


def _older(titles: _Titles) -> FoldedLines:
    title = say_counted("{count} older one", "{count} older ones", len(titles))
    let_go = (ReviewOutcome.LET_GO.value, say("Let all of these go"))
    return folded_lines(titles, title=title, at_once=let_go, undo=say("Take that back"))


def _sooner(titles: _Titles) -> tuple[_Titles, FoldedLines]:
    later = titles[_IN_SIGHT:]
    return titles[:_IN_SIGHT], folded_lines(later, title=say("and {count} later", count=len(later)))


def _event_id(context: Context, item: str, event: ItemEventKind) -> str:
    return context.identity(ItemEvent, item, event, item=item, event=event)


_EVENT_OF = {
    ReviewOutcome.DONE: ItemEventKind.DONE,
    ReviewOutcome.PARTLY: ItemEventKind.PARTLY,
    ReviewOutcome.NOT_YET: ItemEventKind.NOT_YET,
    ReviewOutcome.LET_GO: ItemEventKind.LET_GO,
    ReviewOutcome.SHOWED: ItemEventKind.SHOWED,
}


def _levels_of(context: Context, item: str) -> list[str]:
    entry = context.earlier.get(item)
    return [level for level in (entry.levels or ()) if level and not is_blank(level)] if isinstance(entry, Item) else []


def _moved_words(fields: Values) -> str | None:
    """Return what a promise moved; that is asked once it is done."""
    return said(fields, "moved") if fields.get("outcome") in _DONE else None


def _statement(context: Context) -> list[Block]:
    """Return the mission statement in force, large, to be read aloud by the coachee; nothing where there is none."""
    in_force = versions(context.before, context.held_on)
    return [prose(in_force[-1].text, tone="statement")] if in_force else []


def _title(item: dict[str, Any], today: date) -> str:
    still = [say("moved twice already: is it still yours?")] if item["due_moves"] >= _ASK_STILL_YOURS else []
    return " · ".join([item["what"], say("by {day}", day=in_words(item["due"], today)), *still])
