"""Findings in plain words, with counts."""

from collections.abc import Mapping


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return ``"1 promise"`` or ``"3 promises"``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def promises(counts: Mapping[str, int]) -> str:
    """Say how many promises were done, and how many of those by the agreed day; that none was is not rubbed in.

    Parameters
    ----------
    counts
        Number of promises by outcome: `on_time`, `late`, `let_go`, `open`, `overdue`; drafts are not counted.

    Examples
    --------
    >>> promises({"on_time": 9, "late": 5, "let_go": 3, "open": 2})
    '14 of 19 promises done, 9 of them by the agreed day'
    """
    total = sum(counts.values())
    on_time = counts.get("on_time", 0)
    done = on_time + counts.get("late", 0)
    if done == 0:
        return f"{counted(total, 'promise')} agreed, none done yet"
    said = f"{done} of {counted(total, 'promise')} done"
    if on_time == 0:
        return said
    if done == on_time:
        return f"{said}, {'by' if done == 1 else 'all by'} the agreed day"
    return f"{said}, {on_time} of them by the agreed day"
