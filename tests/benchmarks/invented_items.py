"""Invented action items in any number, with all that can become of them, and the sessions in which it was told."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from coaching.model.entries import Item, ItemEvent, Person, Session
from coaching.model.entry import Entry
from coaching.model.frames import Frames, frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table

SESSIONS = 100
_WEEK = timedelta(days=7)
_FIRST_DAY = date(2024, 1, 2)
_SAVED = datetime(2026, 1, 1, tzinfo=UTC)
_SIDES = ("coach", "coachee")


def action_items(number: int) -> Frames:
    """Return so many action items: agreed in weekly sessions, moved, done, let go and re-opened in later ones."""
    return frames(to_table([*_people(), *_sessions(), *_items(number)]))


def _people() -> Iterator[Entry]:
    for side in _SIDES:
        yield _entry(Person, side, side=side, name=f"The {side}")


def _sessions() -> Iterator[Entry]:
    for at in range(SESSIONS):
        yield _entry(Session, str(at), number=at + 1, held_on=_held_on(at))


def _items(number: int) -> Iterator[Entry]:
    chance = random.Random(number)  # noqa: S311 - invents words, no keys
    for at in range(number):
        yield from _item(at, chance)


def _item(at: int, chance: random.Random) -> Iterator[Entry]:
    """Give an item and its events, each in a later session than the one before, a few of them between sessions."""
    label, turn = f"I{at + 1}", chance.randrange(SESSIONS)
    places, owner = count(), chance.choice(_SIDES)
    due = _held_on(turn) + timedelta(days=chance.randrange(7, 60))
    told = {"session": derived_id(None, "Session", str(turn)), "held_on": _held_on(turn)}
    # One in a hundred has no day yet, and is a draft.
    by = due if chance.random() < 0.99 else None
    person = derived_id(None, "Person", owner)
    what = f"{chance.choice(('Call', 'Ask', 'Write to', 'Walk with'))} {label} on a day of their own"
    yield _entry(Item, label, **told, label=label, what=what, owner=owner, person=person, by=by)

    def event(kind: str, **fields: Any) -> Entry:
        return _entry(ItemEvent, label, str(next(places)), item=derived_id(None, "Item", label), event=kind, **fields)

    def later() -> dict[str, Any]:
        nonlocal turn
        turn += chance.randrange(1, 6)
        between = {"held_on": _held_on(turn) + timedelta(days=2)}
        return (
            between
            if chance.random() < 0.1
            else told
            | {
                "session": derived_id(None, "Session", str(turn)) if turn < SESSIONS else None,
                "held_on": _held_on(turn),
            }
        )

    yield event("agreed", due_to=by, **told)
    while by and chance.random() < 0.3:
        yield event("due_moved", due_from=due, due_to=(due := due + 2 * _WEEK), **later())
    if chance.random() < 0.8:
        yield event("done" if chance.random() < 0.8 else "let_go", **later())
        if chance.random() < 0.1:
            yield event("reopened", due_to=due + _WEEK, **later())
            yield event("done", **later())


def _held_on(at: int) -> date:
    return _FIRST_DAY + at * _WEEK


def _entry(model: type[Entry], *names: str, **fields: Any) -> Entry:
    fields |= {"id": derived_id(None, model.__name__, *names), "rev": 1, "saved_at": _SAVED}
    return model(author="coachee", visibility="pair", **fields)
