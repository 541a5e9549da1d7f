"""The written review of the promises: made and ended, come to their day, carried over, owed by the coach."""

from collections.abc import Iterator

import pandas as pd

from coaching.i18n import say, say_counted, say_day
from coaching.metrics.periods import Period
from coaching.metrics.promises.items import owed_by_coach
from coaching.metrics.promises.kept import kept
from coaching.pages.sentences import quote
from coaching.pages.source import COACH, PageSource


def promises_in_words(contents: PageSource) -> Iterator[str | None]:
    """Yield the sentences about the promises; None in the place of one that has nothing to say to this audience.

    Made, ended and come to their day are those of the period; what is open or owed is told as it stands on the day of
    the contents. Drafts are no promises.
    """
    states = contents.states
    agreed = states.loc[states["state"] != "draft"]
    yield _promised(contents, agreed)
    yield _came_to_their_day(contents, agreed)
    yield _carried_over(contents, agreed)
    yield _owed(contents, agreed)


def _promised(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    if agreed.empty:
        return None if contents.for_others else say("Nothing has been promised yet.")
    period = contents.period
    new = _days_within(agreed["agreed"], period)
    done = _days_within(agreed.loc[agreed["state"] == "done", "closed_on"], period)
    let_go = _days_within(agreed.loc[agreed["state"] == "let_go", "closed_on"], period)
    sentences = [
        (new, say("{count} agreed", count=new)),
        (done, say("{count} done", count=done)),
        (let_go, say("{count} let go", count=let_go)),
    ]
    listed = ", ".join(words for count, words in sentences if count)
    return say("Promises in this time: {counts}.", counts=listed) if listed else None


def _came_to_their_day(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    """Tell what became of the promises whose day came; that none was done by it is not rubbed in."""
    if agreed.empty:
        return None
    period, day = contents.period, agreed["due_in_force"]
    come = agreed.loc[[due.date() in period and due.date() <= contents.asof for due in day]]
    total = kept(agreed, contents.asof, period)
    if not total.of:
        return None if contents.for_others else say("No promise came to its agreed day in this time.")
    outcomes = come["outcome"].value_counts()
    let_go = outcomes.get("let_go", 0) - total.let_go_before
    still_open = int((come["state"] == "open").sum())
    became = [
        (total.kept, say("{count} done by then", count=total.kept)),
        (late := outcomes.get("late", 0), say("{count} done after it", count=late)),
        (let_go, say("{count} let go after it", count=let_go)),
        (still_open, say("{count} still open", count=still_open)),
        (total.let_go_before, say("{count} more let go before it", count=total.let_go_before)),
    ]
    return say_counted(
        "{count} promise came to its agreed day: {became}.",
        "{count} promises came to their agreed day: {became}.",
        total.of,
        became=", ".join(words for count, words in became if count),
    )


def _carried_over(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    still_open = agreed.loc[agreed["state"] == "open"].sort_values(["due", "agreed"], kind="stable")
    carried = still_open.loc[still_open["carried_over"] > 0].sort_values(
        ["carried_over", "due_in_force"], ascending=[False, True], kind="stable"
    )
    if len(carried):
        longest = carried.iloc[0]
        return say_counted(
            "{count} promise is carried over: “{what}”, through {sessions} since its day, {day}.",
            "{count} promises are carried over; the longest is “{what}”, through {sessions} since its day, {day}.",
            len(carried),
            what=_what(contents, longest),
            sessions=say_counted("{count} session", "{count} sessions", int(longest["carried_over"])),
            day=say_day(longest["due_in_force"].date()),
        )
    if still_open.empty:
        return None if contents.for_others or agreed.empty else say("Nothing is open, and nothing is carried over.")
    day = say_day(still_open.iloc[0]["due"].date())
    if contents.for_others:
        return say_counted(
            "{count} promise is open, by {day}.",
            "{count} promises are open, the first of them by {day}.",
            len(still_open),
            day=day,
        )
    return say_counted(
        "Nothing is carried over; {count} promise is open, by {day}.",
        "Nothing is carried over; {count} promises are open, the first of them by {day}.",
        len(still_open),
        day=day,
    )


def _owed(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    theirs = agreed.loc[agreed["owner"] == COACH]
    owed = owed_by_coach(agreed, contents.shared.frames, contents.asof).sort_values(["due", "agreed"], kind="stable")
    if len(owed):
        people = set(owed["person"].dropna())
        name = contents.name(COACH)
        return say_counted(
            "{coach} still owes {count} promise: “{what}”, by {day}.",
            "{coach} still owes {count} promises; the next is “{what}”, by {day}.",
            len(owed),
            coach=quote(contents.person_name(people.pop(), name) if len(people) == 1 else name),
            what=_what(contents, owed.iloc[0]),
            day=say_day(owed.iloc[0]["due"].date()),
        )
    if contents.for_others:
        return None
    coach = quote(contents.name(COACH))
    if theirs.empty:
        return say("{coach} has promised nothing yet; the next session is a good place for a first one.", coach=coach)
    return say("{coach} owes nothing at the moment.", coach=coach)


def _what(contents: PageSource, state: pd.Series) -> str:
    return quote(contents.words(contents.one("item", state["id"]), "what") or "")


def _days_within(days: pd.Series, period: Period) -> int:
    return sum(day.date() in period for day in days)
