"""All figures of a workbook as one plain object, ready for JSON."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import pandas as pd

from coaching.metrics.mission import similarity
from coaching.metrics.mission.statements import versions
from coaching.metrics.promises.items import item_states, still_yours
from coaching.metrics.promises.kept import done_within, kept, reopened, throughput_by_quarter
from coaching.metrics.promises.time_to_done import time_to_done
from coaching.metrics.sessions import conversation
from coaching.metrics.timeline import sessions_held
from coaching.model.cells import rows_of
from coaching.model.frames import Frames

Figures = dict[str, object]

#: In the files that figures are compared with, the coachee is the person.
_PERSON = {"coachee": "person", "coachee_chose_to_start": "person_chose_to_start"}
_PARTS = dict(zip(conversation.PARTS, ("part1", "part2"), strict=True))


def figures(frames: Frames, asof: date) -> Figures:
    """Return every figure of METRICS.md as known at the end of `asof`.

    Returns
    -------
    dict
        JSON-serialisable; days are ISO 8601, labels name items, sessions and people. The keys of the files' own
        ``expected`` figures:

        - ``sessions_in_order`` labels; ``sessions_held``; ``gaps_days``; ``median_gap_days`` (null before two).
        - ``coach_first`` {``part1`` (yourself), ``part2`` (dreams): {how: sessions}}.
        - ``review_coverage`` {session: [reviewed, due]}, only where an item was due.
        - ``items_at_end`` {item: {``state``, ``due`` (the last one), ``due_moves``, ``owner`` (label of the person)}}.
        - ``items_by_owner_and_state`` {``person``, ``coach``: {state: items}}; ``origin_of_person_items``.
        - ``statements_counted`` numbers; ``current_statement``; ``statement_decisions`` {decision: sessions}.
        - ``person_open_items_linked_to_becoming`` [serving a becoming, all]; ``parked_by`` {person: times};
          ``ask_still_yours`` items whose date was moved twice or more.

        And beyond them, over all time and both sides, drafts left out:

        - ``asof`` the day.
        - ``kept`` by the due date in force and ``kept_as_first_agreed`` {``kept``, ``of``, ``let_go_before``}.
        - ``done_within_28_days`` and ``reopened`` (of the items ever done) {``count``, ``of``}.
        - ``outcomes`` {outcome: items}, drafts too; ``slip_days`` {item: days from the first to the last due date},
          only where they differ.
        - ``time_to_done`` {``median_days`` (null: not reached), ``done``, ``let_go``, ``open``, ``is_shown`` (from five
          done items on)}.
        - ``carried_over`` {item: sessions}, only above 0; ``age_days`` {item: days}, open items.
        - ``throughput_by_quarter`` {quarter: items done}.
        - ``share_in_common`` {``with_first``, ``with_91_days_earlier``}: 0 to 1, null without two texts.
    """
    states = item_states(frames, asof)
    people = {row["id"]: row["label"] or row["side"] for row in frames.rows("person")}
    return {
        "asof": asof.isoformat(),
        **_conversation(frames, asof, people),
        **_mission(frames, asof),
        **_standing(states, people),
        **_promises(states, asof),
    }


def _conversation(frames: Frames, asof: date, people: Mapping[str, str]) -> Figures:
    held = sessions_held(frames, asof)
    first: dict[str, Counter[str]] = {part: Counter() for part in _PARTS.values()}
    for row in rows_of(conversation.coach_first(frames, asof)):
        first[_PARTS[row["segment"]]][_PERSON.get(row["how"], row["how"])] += 1
    coverage = rows_of(conversation.review_coverage(frames, asof))
    origins = conversation.origin_of_coachees_items(frames, asof)
    parked: Counter[str] = Counter()
    for person, times in conversation.parked_by(frames, asof).items():
        parked[people.get(person, person)] += times
    return {
        "sessions_in_order": [session.label for session in held],
        "sessions_held": len(held),
        "gaps_days": list(conversation.gaps(frames, asof)),
        "median_gap_days": conversation.median_gap(frames, asof),
        "coach_first": {part: dict(counts) for part, counts in first.items()},
        "review_coverage": {row["label"]: [row["reviewed"], row["due"]] for row in coverage},
        "statement_decisions": dict(conversation.mission_decisions(frames, asof)),
        "origin_of_person_items": {_PERSON.get(origin, origin): times for origin, times in origins.items()},
        "person_open_items_linked_to_becoming": list(conversation.open_items_linked_to_becoming(frames, asof)),
        "parked_by": dict(parked),
    }


def _mission(frames: Frames, asof: date) -> Figures:
    all_versions = versions(frames, asof)
    return {
        "statements_counted": [version.number for version in all_versions],
        "current_statement": all_versions[-1].number if all_versions else None,
        "share_in_common": {
            "with_first": similarity.share_with_first(all_versions, asof),
            "with_91_days_earlier": similarity.share_with_earlier(all_versions, asof),
        },
    }


def _standing(states: pd.DataFrame, people: Mapping[str, str]) -> Figures:
    """Return how each item stands."""
    at_end: dict[str, dict[str, object]] = {}
    by_owner: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of(states):
        at_end[row["label"]] = {
            "state": row["state"],
            "due": None if row["due"] is None else row["due"].isoformat(),
            "due_moves": row["due_moves"],
            "owner": people.get(row["person"], row["owner"]),
        }
        if row["owner"] is not None:
            by_owner[_PERSON.get(row["owner"], row["owner"])][row["state"]] += 1
    slip = (states["due"] - states["due_first"]).dt.days
    return {
        "items_at_end": at_end,
        "items_by_owner_and_state": {owner: dict(counts) for owner, counts in by_owner.items()},
        "ask_still_yours": still_yours(states)["label"].tolist(),
        "outcomes": _plain(states["outcome"].value_counts()),
        "slip_days": _labelled(states, slip.where(slip != 0)),
        "carried_over": _labelled(states, states["carried_over"].where(states["carried_over"] > 0)),
        "age_days": _labelled(states, states["age_days"]),
    }


def _promises(states: pd.DataFrame, asof: date) -> Figures:
    """Return the figures over all items."""
    time = time_to_done(states, asof)
    return {
        "kept": asdict(kept(states, asof)),
        "kept_as_first_agreed": asdict(kept(states, asof, by="due_first")),
        "done_within_28_days": asdict(done_within(states, asof)),
        "reopened": asdict(reopened(states)),
        "throughput_by_quarter": throughput_by_quarter(states, asof),
        "time_to_done": {
            "median_days": time.median,
            "done": time.count_done,
            "let_go": time.count_let_go,
            "open": time.count_open,
            "is_shown": time.is_shown,
        },
    }


def _labelled(states: pd.DataFrame, numbers: pd.Series) -> dict[str, int]:
    """Return the numbers that are there, by the label of their item."""
    return _plain(numbers.set_axis(states["label"]).dropna())


def _plain(numbers: pd.Series) -> dict[str, int]:
    return {str(name): int(number) for name, number in numbers.items()}
