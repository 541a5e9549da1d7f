"""How every action item stands on a day: one row each."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from coaching.metrics.promises.burnup import burnup_steps
from coaching.metrics.promises.history import History, Known, Row, histories
from coaching.metrics.timeline import Moment, end_of, session_numbers, sessions_held
from coaching.model.frames import Frames
from coaching.model.rows import Rows

__all__ = ["burnup_steps", "handed_away", "item_rows", "item_states", "owed_by_coach", "still_yours"]

_DAY = "datetime64[ms]"
_COLUMNS = {
    "id": "str",
    "label": "str",
    "what": "str",
    "owner": "str",
    "person": "str",
    "owner_name": "str",
    "session": "str",
    "session_number": "Int64",
    "agreed": _DAY,
    "due_first": _DAY,
    "due": _DAY,
    "due_in_force": _DAY,
    "due_moves": "Int64",
    "state": "str",
    "is_whole": "bool",
    "closed_on": _DAY,
    "done_first_on": _DAY,
    "times_reopened": "Int64",
    "outcome": "str",
    "age_days": "Int64",
    "carried_over": "Int64",
    "origin": "str",
    "becoming": "str",
    "dream": "str",
}
_COPIED = ("id", "what", "session", "origin", "becoming", "dream")
_ASK_AFTER = 2
_DIGITS, _MOST_DIGITS = "0123456789", 9


def item_states(frames: Frames, asof: date) -> pd.DataFrame:
    """Return every action item agreed or drafted on or before `asof`, as known at the end of that day.

    Returns
    -------
    pandas.DataFrame
        One row per item in the order (`agreed`, number of the label, `id`):

        - `id`, `label` (the id where there is none), `what`, `session`, `origin`, `becoming`, `dream` (str),
          `session_number` (Int64): from the item.
        - `owner` (``coach`` or ``coachee``), `person` (id of who owns it now), `owner_name` (str; the name of that
          person, else the owner).
        - `agreed`; `due_first`; `due`, the last one recorded; `due_in_force`, the last one recorded on or before the
          one then in force (datetime64, NaT without a date); `due_moves` (Int64).
        - `state` (``draft``, ``open``, ``done``, ``let_go``) and `outcome` (``draft``, ``open``, ``overdue``: open past
          `due`, ``on_time`` or ``late``: done by or after `due_in_force`, ``done``: done without a what, an owner or a
          date, ``let_go``); `is_whole` (bool), whether it had all three.
        - `closed_on`, the day of the final done (METRICS.md, done day) or of the letting go, and `done_first_on`
          (datetime64); `times_reopened` (Int64).
        - `age_days` (Int64): days from agreed to `asof`, of open items only.
        - `carried_over` (Int64): sessions held on or after `due_in_force`, up to `asof`, at whose end it was open.
    """
    rows = item_rows(frames, asof)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _COLUMNS.items()})


def item_rows(entries: Rows, asof: date) -> list[dict[str, Any]]:
    """Return the rows of `item_states` as plain values: `date`, `str`, `int`; None where missing."""
    people = {row["id"]: row for row in entries.rows("person", ["id", "side", "name"])}
    numbers = session_numbers(entries)
    held = [session.moment for session in sessions_held(entries, asof)]
    end = end_of(asof)
    rows = [
        {
            **_row(history, state, asof),
            **_owner(history.item, people.get(state.person or "", {})),
            "session_number": numbers.get(history.item["session"] or ""),
            "carried_over": _carried_over(history, state, held),
        }
        for history in histories(entries)
        if (state := history.at(end)) is not None
    ]
    return sorted(rows, key=lambda row: (row["agreed"], _label_number(row["label"]), row["id"]))


def still_yours(states: pd.DataFrame) -> pd.DataFrame:
    """Return the items of `item_states` whose date was moved twice or more: ask the owner "still yours?"."""
    return states.loc[states["due_moves"] >= _ASK_AFTER]


def owed_by_coach(states: pd.DataFrame, frames: Frames, asof: date) -> pd.DataFrame:
    """Return the open promises of the coach among `states`, the items of `item_states` on `asof`.

    Those that were handed away are not among them: whoever took over a plan that moved on keeps them elsewhere.
    """
    away = states["id"].isin(handed_away(frames, asof))
    return states.loc[(states["owner"] == "coach") & (states["state"] == "open") & ~away]


def handed_away(entries: Rows, asof: date) -> frozenset[str]:
    """Return the ids of the action items handed over up to `asof` to somebody who does not go on here.

    Who holds a session on that day or later, be it one that is still to come, goes on here.
    """
    sessions = entries.rows("session", ["person", "held_on"])
    held = {(row["person"], row["held_on"]) for row in sessions if row["held_on"]}
    events = entries.rows("item_event", ["event", "item", "person_to", "held_on", "rev"])
    past_events = (event for event in events if event["held_on"] and event["held_on"] <= asof)
    handed = sorted((e for e in past_events if e["event"] == "handed_over"), key=itemgetter("held_on", "rev"))
    last = {event["item"]: event for event in handed}
    return frozenset(
        item
        for item, event in last.items()
        if not any(person == event["person_to"] and day >= event["held_on"] for person, day in held)
    )


def _row(history: History, state: Known, asof: date) -> dict[str, Any]:
    agreed = state.agreed_on or history.start.day
    return {
        **{name: history.item[name] for name in _COPIED},
        "label": history.item["label"] or history.item["id"],
        "person": state.person,
        "agreed": agreed,
        "due_first": state.due.first,
        "due": state.due.last,
        "due_in_force": state.due.in_force,
        "due_moves": state.due.moves,
        "state": state.state,
        "is_whole": state.is_whole,
        "closed_on": state.closed_on,
        "done_first_on": state.done_first_on,
        "times_reopened": state.times_reopened,
        "outcome": state.outcome(asof),
        "age_days": (asof - agreed).days if state.state == "open" else None,
    }


def _owner(item: Row, person: Row) -> dict[str, str | None]:
    owner = person.get("side") or item["owner"]
    return {"owner": owner, "owner_name": person.get("name") or owner}


def _carried_over(history: History, state: Known, held: Sequence[Moment]) -> int:
    """Return how many sessions ended with the item open, on its due date in force or later."""
    due = state.due.in_force
    if due is None:
        return 0
    first = bisect_left(held, Moment(due))
    if first == len(held):
        return 0
    places = [*(bisect_left(held, moment, first) for moment, _ in history.steps), len(held)]
    return sum(
        until - since
        for (since, until), (_, then) in zip(pairwise(places), history.steps, strict=True)
        if then.state == "open"
    )


def _label_number(label: str) -> int:
    digits = label[len(label.rstrip(_DIGITS)) :]
    return int(digits[-_MOST_DIGITS:] or 0)
