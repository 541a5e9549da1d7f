"""The cells of a quarter: the only numbers that may leave a home, and never anything about a person or a coach."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

import pandas as pd

from coaching.metrics.mission.statements import versions
from coaching.metrics.periods import Period, ends_on
from coaching.metrics.promises.items import handed_away, item_states
from coaching.metrics.promises.kept import kept, within
from coaching.metrics.sessions.conversation import coach_first
from coaching.metrics.threads import threads
from coaching.metrics.timeline import sessions_held
from coaching.model.frames import Frames
from coaching.model.vocabulary import ThreadKind

#: The most that one workbook can add to a cell, so that nobody can be seen by being far from all others.
CLAMP: Final = 20
#: The last day of each bin of days but the last bin, which has no end.
BIN_ENDS: Final = (7, 14, 28, 56, 112)
SIDES: Final = ("coach", "coachee")
#: The side of what belongs to both.
CONVERSATION: Final = "conversation"

#: What became of the promises whose day came in the quarter.
OUTCOMES: Final = ("done_by_day", "done_later", "let_go", "open_past_day")
DAYS_TO_DONE: Final = (*(f"done_within_{end}" for end in BIN_ENDS), "done_after_more")
GAPS: Final = (*(f"gap_within_{end}" for end in BIN_ENDS), "gap_of_more")
OF_A_SIDE: Final = ("agreed", *OUTCOMES, "moved", *DAYS_TO_DONE)
OF_BOTH: Final = ("sessions", *GAPS, "parts_opened", "with_statement", "changed_statement", "moved_dream")

_COACH_WAS_FIRST: Final = frozenset({"written", "spoken_not_recorded"})


class Cell(NamedTuple):
    """One number of a quarter.

    Attributes
    ----------
    side
        Whose promises: ``coach`` or ``coachee``; ``conversation`` for what belongs to both.
    measure
        What is counted: one of `OF_A_SIDE` or of `OF_BOTH`.
    """

    side: str
    measure: str


#: All cells, in the order in which they stand in every file.
CELLS: Final = (
    *(Cell(side, measure) for side in SIDES for measure in OF_A_SIDE),
    *(Cell(CONVERSATION, measure) for measure in OF_BOTH),
)


def quarter_counts(frames: Frames, quarter: Period) -> Mapping[Cell, int]:
    """Return what one workbook has in each of `CELLS`, as known on the last day of a quarter; not clamped yet.

    Promises are those of `coaching.metrics.promises.items.item_states` with a what, an owner and a date, without those
    handed away to a coach who counts them elsewhere:

    - ``agreed``: agreed in the quarter.
    - ``done_by_day``, ``done_later``, ``let_go``, ``open_past_day``: the due date in force lies in the quarter, and
      this is how they stand. ``done_by_day`` is `coaching.metrics.promises.kept.kept`.
    - ``moved``: the same promises, their date moved at least once.
    - ``done_within_7`` to ``done_after_more``: done for the last time in the quarter, by the days from agreed to done.

    Of the conversation:

    - ``sessions`` held; ``gap_within_7`` to ``gap_of_more``: the same, by the days since the session before.
    - ``parts_opened``: in how many parts, Yourself and Dreams, the coach shared first.
    - ``with_statement``, ``changed_statement``, ``moved_dream``: 1 if a mission statement was in force at the end, one
      took the place of another, or something was told later of a dream that is not erased.

    Parameters
    ----------
    frames
        The current entries of a workbook.
    quarter
        With a beginning and an end.
    """
    asof = ends_on(quarter)
    states = item_states(frames, asof)
    states = states.loc[states["is_whole"] & ~states["id"].isin(handed_away(frames, asof))]
    counts = dict(_conversation(frames, quarter))
    for side in SIDES:
        counts |= {Cell(side, name): count for name, count in _promises(states, side, quarter)}
    return MappingProxyType({cell: counts[cell] for cell in CELLS})


def clamped(counts: Mapping[Cell, int]) -> list[int]:
    """Return what a workbook may add to each of `CELLS`.

    Examples
    --------
    >>> sum(clamped(dict.fromkeys(CELLS, 1000))) == CLAMP * len(CELLS)
    True
    """
    return [min(CLAMP, max(0, counts[cell])) for cell in CELLS]


def _promises(states: pd.DataFrame, side: str, quarter: Period) -> Iterator[tuple[str, int]]:
    own = states.loc[states["owner"] == side]
    asof = ends_on(quarter)
    yield "agreed", int(within(own["agreed"], quarter).sum())
    come = own.loc[within(own["due_in_force"], quarter)]
    by_day = kept(own, asof, quarter).kept
    yield "done_by_day", by_day
    yield "done_later", int((come["state"] == "done").sum()) - by_day
    yield "let_go", int((come["state"] == "let_go").sum())
    yield "open_past_day", int((come["state"] == "open").sum())
    yield "moved", int((come["due_moves"] > 0).sum())
    done = own.loc[(own["state"] == "done") & within(own["closed_on"], quarter)]
    yield from _binned((done["closed_on"] - done["agreed"]).dt.days.tolist(), DAYS_TO_DONE)


def _conversation(frames: Frames, quarter: Period) -> Iterator[tuple[Cell, int]]:
    asof = ends_on(quarter)
    held = sessions_held(frames, asof)
    ids = {session.id for session in held if session.moment.day in quarter}
    days = [session.moment.day for session in held]
    first = coach_first(frames, asof)
    opened = first["session"].isin(ids) & first["how"].isin(_COACH_WAS_FIRST)
    statements = versions(frames, asof)
    changes = [version for version in statements[1:] if version.held_on in quarter]
    dreams = (thread for thread in threads(frames, asof) if thread.kind is ThreadKind.DREAM)
    moved = [step for dream in dreams for step in dream.steps if step.on and step.on in quarter]
    numbers = {
        "sessions": len(ids),
        **dict(_binned([(day - before).days for before, day in pairwise(days) if day in quarter], GAPS)),
        "parts_opened": int(opened.sum()),
        "with_statement": int(bool(statements)),
        "changed_statement": int(bool(changes)),
        "moved_dream": int(bool(moved)),
    }
    yield from ((Cell(CONVERSATION, name), number) for name, number in numbers.items())


def _binned(days: list[int], names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Count days by the first bin that they fit in; what was told for a day before the agreement took none."""
    ends = (*BIN_ENDS, None)
    places = [next(place for place, end in enumerate(ends) if end is None or day <= end) for day in days]
    yield from ((name, places.count(place)) for place, name in enumerate(names))
