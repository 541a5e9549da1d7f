"""Promises by whose they are: the coach's first, then the coachee's, then those of nobody yet."""

import unicodedata
from collections.abc import Sequence

import pandas as pd

from coaching.charts.canvas.labels import clean
from coaching.i18n import say

SIDES = ("coach", "coachee")


def lanes(items: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the rows of each side under its title; a side without any is left out.

    Parameters
    ----------
    items
        Rows of `coaching.metrics.promises.items.item_states`; used are `owner` and `owner_name`.
    """
    by_side = [(side, items[items["owner"] == side]) for side in SIDES]
    titled = [(lane_title(side, list(lane["owner_name"].dropna())), lane) for side, lane in by_side]
    nobodys = (say("Nobody’s yet"), items[~items["owner"].isin(SIDES)])
    return [(title, lane) for title, lane in [*titled, nobodys] if not lane.empty]


def lane_title(side: str, names: Sequence[str] = ()) -> str:
    """Return what the promises of one side are called: by the name of who made them, where it is one person's."""
    different = list(dict.fromkeys(map(clean, names)))
    if len(different) == 1:
        return _of(different[0])
    if side == "coachee":
        return say("The coachee’s promises")
    return say("The coaches’ promises") if different else say("The coach’s promises")


def _of(name: str) -> str:
    # A name written from right to left would pull the apostrophe to its other side.
    leftwards = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in name)
    return say("Promises of {name}", name=name) if leftwards else say("{name}’s promises", name=name)
