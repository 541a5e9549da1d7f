"""Findings in plain words, with counts."""

from collections.abc import Mapping

from coaching.i18n import say, say_counted


def promises(counts: Mapping[str, int]) -> str:
    """Say how many promises were done so far, and how many of those by the agreed day; that none was is not rubbed in.

    Parameters
    ----------
    counts
        Number of promises by outcome: `on_time`, `late`, `done`, `let_go`, `open`, `overdue`; drafts are not counted.

    Examples
    --------
    >>> promises({"on_time": 9, "late": 5, "let_go": 3, "open": 2})
    'So far 14 of 19 promises done, 9 of them by the agreed day'
    """
    total = sum(counts.values())
    on_time = counts.get("on_time", 0)
    done = on_time + counts.get("late", 0) + counts.get("done", 0)
    if done == 0:
        return say_counted("{count} promise agreed, none done yet", "{count} promises agreed, none done yet", total)
    if on_time == 0:
        return say_counted(
            "So far {done} of {count} promise done", "So far {done} of {count} promises done", total, done=done
        )
    if done == 1:
        return say_counted(
            "So far 1 of {count} promise done, by the agreed day",
            "So far 1 of {count} promises done, by the agreed day",
            total,
        )
    if done == on_time:
        return say("So far {done} of {count} promises done, all by the agreed day", done=done, count=total)
    return say(
        "So far {done} of {count} promises done, {on_time} of them by the agreed day",
        done=done,
        count=total,
        on_time=on_time,
    )


def done_of(done: int, total: int) -> str:
    """Say how many promises were done.

    Examples
    --------
    >>> done_of(1, 1)
    '1 of 1 promise done'
    """
    return say_counted("{done} of {count} promise done", "{done} of {count} promises done", total, done=done)


def outcome(name: str, count: int) -> str:
    """Say how many promises came out in one way, named as in `coaching.charts.canvas.style.LOOKS`.

    Examples
    --------
    >>> outcome("overdue", 2)
    '2 past their day'
    """
    return {
        "on_time": say("{count} kept", count=count),
        "late": say("{count} done afterwards", count=count),
        "done": say("{count} done", count=count),
        "let_go": say("{count} let go", count=count),
        "open": say("{count} open", count=count),
        "overdue": say_counted("{count} past its day", "{count} past their day", count),
    }[name]
