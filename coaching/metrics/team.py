"""All workbooks of one coach side by side: what the coach owes, talks that have become rare, agreements to renew.

Nothing here counts, scores or orders people: what is listed stands by its day, or by name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, NamedTuple

from coaching.metrics.promises.items import item_states, owed_by_coach
from coaching.metrics.sessions.agreement import Standing, last_made, standing
from coaching.metrics.sessions.conversation import gaps
from coaching.metrics.timeline import sessions_held
from coaching.model.cells import rows_of
from coaching.model.frames import Frames
from coaching.model.vocabulary import AgreementEvent

_RARE: Final = 2
_MONTHLY, _WEEKLY = 28, 7
_FEWEST_GAPS: Final = 2


@dataclass(frozen=True)
class Owed:
    """A promise of the coach that is open.

    Attributes
    ----------
    name
        To whom: the name of the workbook.
    what, by
        The promise, and the day last agreed for it.
    is_overdue
        Whether that day has passed.
    coach
        Who made it, where the workbook knows more coaches than one; else None.
    """

    name: str
    what: str
    by: date
    is_overdue: bool
    coach: str | None


@dataclass(frozen=True)
class Rare:
    """Sessions that have become rare: when the last one was, and the usual days between two, if that is known."""

    name: str
    last_on: date
    usual_days: float | None


@dataclass(frozen=True)
class Renewal:
    """An agreement to be made or renewed; `agreed_on` is None where there is none yet.

    `has_moved_on` says that the plan was handed over since it was agreed.
    """

    name: str
    agreed_on: date | None
    has_moved_on: bool


@dataclass(frozen=True)
class Team:
    """What waits for the coach: `owed` by day, the overdue first; `rare` by name; `renewals` by the day agreed."""

    owed: tuple[Owed, ...]
    rare: tuple[Rare, ...]
    renewals: tuple[Renewal, ...]


class _Happened(NamedTuple):
    agreement_event: AgreementEvent
    held_on: date | None
    rev: int


def team(books: Iterable[tuple[str, Frames]], asof: date) -> Team:
    """Return what waits for a coach over all their workbooks.

    Parameters
    ----------
    books
        Name and frames of each workbook that the coach holds.
    asof
        The day of which it speaks.

    Notes
    -----
    Sessions have become rare when more than twice the usual days have passed since the last one. Usual is the median
    gap (`coaching.metrics.sessions.conversation.median_gap`), at least a week, so that one week without a session is
    never rare; with fewer than two gaps it is not known, and four weeks are taken for it. Nothing is rare, and no
    agreement waits, before the first session, once the agreement is paused or ended, or once the plan was handed over
    and no session was held since: that rest is somebody's own decision.
    """
    by_name = list(books)
    resting = [_is_at_rest(frames, asof) for _, frames in by_name]
    awake = [book for book, rests in zip(by_name, resting, strict=True) if not rests]
    owed = (owed_one for name, frames in by_name for owed_one in _owed(name, frames, asof))
    rare = filter(None, (_rare(name, frames, asof) for name, frames in awake))
    renewals = filter(None, (_renewal(name, frames, asof) for name, frames in awake))
    return Team(
        tuple(sorted(owed, key=lambda owed_one: (owed_one.by, owed_one.name.casefold()))),
        tuple(sorted(rare, key=lambda owed_one: owed_one.name.casefold())),
        tuple(sorted(renewals, key=lambda owed_one: (owed_one.agreed_on or date.min, owed_one.name.casefold()))),
    )


def _owed(name: str, frames: Frames, asof: date) -> Iterator[Owed]:
    owed = owed_by_coach(item_states(frames, asof), frames, asof)
    several = sum(row["side"] == "coach" for row in frames.rows("person", ["side"])) > 1
    for row in rows_of(owed):
        coach = row["owner_name"] if several and row["person"] else None
        yield Owed(name, row["what"], row["due"], row["outcome"] == "overdue", coach)


def _rare(name: str, frames: Frames, asof: date) -> Rare | None:
    days = gaps(frames, asof)
    last = sessions_held(frames, asof)[-1].moment.day
    usual = median(days) if len(days) >= _FEWEST_GAPS else None
    limit = _RARE * max(_WEEKLY, _MONTHLY if usual is None else usual)
    return Rare(name, last, usual) if (asof - last).days > limit else None


def _renewal(name: str, frames: Frames, asof: date) -> Renewal | None:
    last, moved_on = _last_agreed(frames, asof), _handed_over(frames, asof)
    if standing(last, moved_on, asof) is Standing.IN_FORCE:
        return None
    agreed_on = None if last is None else last.held_on
    return Renewal(name, agreed_on, agreed_on is not None and any(day > agreed_on for day in moved_on))


def _is_at_rest(frames: Frames, asof: date) -> bool:
    held = sessions_held(frames, asof)
    moved_on = _handed_over(frames, asof)
    rests = standing(_last_agreed(frames, asof), moved_on, asof) is Standing.RESTING
    return rests or not held or any(day >= held[-1].moment.day for day in moved_on)


def _last_agreed(frames: Frames, asof: date) -> _Happened | None:
    return last_made(
        _Happened(AgreementEvent(row["agreement_event"]), row["held_on"], row["rev"])
        for row in frames.rows("agreement", ["agreement_event", "held_on", "rev"])
        if row["held_on"] is None or row["held_on"] <= asof
    )


def _handed_over(frames: Frames, asof: date) -> list[date]:
    days = (row["held_on"] for row in frames.rows("handover", ["held_on"]))
    return [day for day in days if day is not None and day <= asof]
