"""The conversation itself: who shared first, the days between sessions, decisions, reviews, whose ideas."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

import pandas as pd

from coaching.metrics.promises.history import Known, histories
from coaching.metrics.promises.items import item_rows
from coaching.metrics.timeline import Held, session_numbers, sessions_held
from coaching.model.frames import Frames
from coaching.text import is_blank

#: The parts in which the coach goes first.
PARTS = ("yourself", "dreams")
CLAIMED_BUT_EMPTY = "claimed_but_empty"
SEGMENT_ABSENT = "segment_absent"
NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class ConversationRow:
    """The conversation, session by session.

    Attributes
    ----------
    sessions
        One row per session held, in their order: `session` (id), `label` (str), `number` (Int64), `held_on`
        (datetime64), `gap_days` (Int64, since the session before; missing for the first), and who shared first in
        `yourself` and in `dreams` (str, see `coach_first`).
    origins
        One row per item of the coachee whose origin is known, drafts too, as they are ideas: `session` (id, missing
        for one that came up outside of any session held) and `origin` (``coachee``, ``together`` or ``coach``), str.
    median_gap
        The usual days between two sessions; None before there are two.
    """

    sessions: pd.DataFrame
    origins: pd.DataFrame
    median_gap: float | None


def conversation_row(frames: Frames, asof: date) -> ConversationRow:
    """Return who shared first, the days in between and whose ideas came up, session by session, up to `asof`."""
    held = sessions_held(frames, asof)
    numbers = session_numbers(frames)
    first = coach_first(frames, asof)
    columns = {
        "session": pd.Series([one.id for one in held], dtype="str"),
        "label": pd.Series([one.label for one in held], dtype="str"),
        "number": pd.Series([numbers.get(one.id) for one in held], dtype="Int64"),
        "held_on": pd.Series([one.moment.day for one in held], dtype="datetime64[ms]"),
        "gap_days": pd.Series([None, *gaps(frames, asof)][: len(held)], dtype="Int64"),
    }
    parts = {part: first.loc[first["segment"] == part, "how"].reset_index(drop=True) for part in PARTS}
    return ConversationRow(pd.DataFrame(columns | parts), _origins(frames, asof), median_gap(frames, asof))


def coach_first(frames: Frames, asof: date) -> pd.DataFrame:
    """Return who shared first in each part of each session.

    Returns
    -------
    pandas.DataFrame
        One row per session and part, in their order: `session` (id), `label`, `segment` (``yourself`` or ``dreams``),
        `how` (str): what was recorded (``written``, ``spoken_not_recorded``, ``coachee_chose_to_start``,
        ``coach_did_not``), or ``claimed_but_empty`` where the coach is said to have written and left it blank,
        ``segment_absent`` where the part did not take place, ``not_recorded`` where nothing was said of it.

    Notes
    -----
    Only a blank note says that nothing was written. Where there is none at all, the words may be private to the coach,
    or erased since; that is no claim to be doubted.
    """
    parts = {(row["session"], row["segment"]): row for row in frames.rows("segment")}
    blank: dict[tuple[str, str], bool] = {}
    for note in frames.rows("note", ["author", "session", "segment", "text"]):
        if note["author"] == "coach":
            place = note["session"], note["segment"]
            blank[place] = blank.get(place, True) and is_blank(note["text"])
    rows = []
    for held in sessions_held(frames, asof):
        for segment in PARTS:
            part = parts.get((held.id, segment))
            how = SEGMENT_ABSENT if part is None else part["coach_first"] or NOT_RECORDED
            if how == "written" and blank.get((held.id, segment), False):
                how = CLAIMED_BUT_EMPTY
            rows.append((held.id, held.label, segment, how))
    return pd.DataFrame(rows, columns=["session", "label", "segment", "how"], dtype="str")


def gaps(frames: Frames, asof: date) -> tuple[int, ...]:
    """Return the days between each session and the next; 0 for two on one day, nothing before there are two."""
    days = [held.moment.day for held in sessions_held(frames, asof)]
    return tuple((later - earlier).days for earlier, later in pairwise(days))


def median_gap(frames: Frames, asof: date) -> float | None:
    """Return the median of `gaps`, in days; None before there are two sessions."""
    days = gaps(frames, asof)
    return median(days) if days else None


def review_coverage(frames: Frames, asof: date) -> pd.DataFrame:
    """Return how many of the items that had come due, or had ended, were reviewed in each session.

    Returns
    -------
    pandas.DataFrame
        One row per session in which an item was due: `session` (id), `label` (str), `reviewed` and `due` (int64):
        items, as known before the session, that were open and whose last due date is its day or earlier, or that ended
        after the day of the session before, and those of them that were reviewed in it. A session without such items
        has no row, as there is no share.
    """
    all_histories = tuple(histories(frames))
    reviewed = {(review["session"], review["item"]) for review in frames.rows("review", ["session", "item"])}
    rows = []
    sessions = sessions_held(frames, asof)
    for previous, held in zip([None, *sessions], sessions, strict=False):
        due = [history.item["id"] for history in all_histories if _is_due(history.before(held.moment), held, previous)]
        if due:
            rows.append((held.id, held.label, sum((held.id, item) in reviewed for item in due), len(due)))
    return pd.DataFrame(rows, columns=["session", "label", "reviewed", "due"]).astype(
        {"session": "str", "label": "str", "reviewed": "int64", "due": "int64"}
    )


def mission_decisions(frames: Frames, asof: date) -> Counter[str]:
    """Count how the Dreams part ended, over all sessions.

    The keys are ``new``, ``keep``, ``not_yet``, ``passed``; ``segment_absent`` where there was no such part, and
    ``not_recorded`` where it has no decision.
    """
    dreams = (row for row in frames.rows("segment") if row["segment"] == "dreams")
    decided = {row["session"]: row["decision"] or NOT_RECORDED for row in dreams}
    return Counter(decided.get(held.id, SEGMENT_ABSENT) for held in sessions_held(frames, asof))


def origin_of_coachees_items(frames: Frames, asof: date) -> Counter[str]:
    """Count whose ideas the coachee's items were: ``coachee``, ``together`` or ``coach``; drafts are ideas too."""
    return Counter(_origins(frames, asof)["origin"])


def open_items_linked_to_becoming(frames: Frames, asof: date) -> tuple[int, int]:
    """Count the coachee's open items that serve a becoming, and all their open items."""
    mine = [row for row in item_rows(frames, asof) if row["owner"] == "coachee" and row["state"] == "open"]
    return sum(row["becoming"] is not None for row in mine), len(mine)


def parked_by(frames: Frames, asof: date) -> Counter[str]:
    """Count what was parked for another meeting, by the id of who raised it."""
    parked = frames.rows("parked", ["person", "held_on"])
    return Counter(row["person"] for row in parked if row["person"] and row["held_on"] and row["held_on"] <= asof)


def _origins(frames: Frames, asof: date) -> pd.DataFrame:
    held = {one.id for one in sessions_held(frames, asof)}
    items = [row for row in item_rows(frames, asof) if row["owner"] == "coachee" and row["origin"]]
    origins = [(row["session"] if row["session"] in held else None, row["origin"]) for row in items]
    return pd.DataFrame(origins, columns=["session", "origin"], dtype="str")


def _is_due(state: Known | None, held: Held, previous: Held | None) -> bool:
    if state is None or state.state == "draft":
        return False
    if state.closed_on is not None:
        return previous is not None and state.closed_on > previous.moment.day
    return state.due.last is not None and state.due.last <= held.moment.day
