"""The written review of the promises: made and ended, come to their day, still open, and the coach's own."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.promises.items import owed_by_coach
from coaching.metrics.promises.kept import kept
from coaching.pages.figures import period_in_words
from coaching.pages.sections.promises import became
from coaching.pages.sentences import quote
from coaching.pages.source import COACH, PageSource


def promises_in_words(contents: PageSource) -> Iterator[str | None]:
    """Yield the sentences about the promises; None in the place of one that has nothing to say to this audience.

    The first tells of the promises that were alive in the period, as the lifelines do, and names it; the second of
    those whose day lies in it. What is open, and what the coach has promised, is told as it stands on the day of the
    contents. Drafts are no promises.
    """
    states = contents.states
    agreed = states.loc[states["state"] != "draft"]
    yield _promised(contents, agreed)
    yield _came_to_their_day(contents, agreed)
    yield _open(contents, agreed)
    yield _of_the_coach(contents, agreed)


def _promised(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    if agreed.empty:
        return None if contents.for_others else say("Nothing has been promised yet.")
    alive = contents.alive.loc[contents.alive["state"] != "draft"]
    if alive.empty:
        return None
    period = period_in_words(contents.period)
    values = {"period": period, "became": became(alive)}
    new = sum(day.date() in contents.period for day in alive["agreed"])
    if new in {0, len(alive)}:
        return say_counted(
            "{period}: {count} promise; {became}.", "{period}: {count} promises; {became}.", len(alive), **values
        )
    return say_counted(
        "{period}: {count} promise, {new} of them new; {became}.",
        "{period}: {count} promises, {new} of them new; {became}.",
        len(alive),
        new=new,
        **values,
    )


def _came_to_their_day(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    """Tell what became of the promises whose day came; that none was done by it is not rubbed in."""
    if agreed.empty:
        return None
    period = contents.period
    whole = agreed.loc[agreed["is_whole"]]
    come = whole.loc[[due.date() in period and due.date() <= contents.asof for due in whole["due_in_force"]]]
    total = kept(agreed, contents.asof, period)
    if not total.of:
        return None if contents.for_others else say("No promise came to its day in this time.")
    outcomes = come["outcome"].value_counts()
    let_go = int(outcomes.get("let_go", 0)) - total.let_go_before
    parts = [
        (total.kept, say_counted("{count} was done by then", "{count} were done by then", total.kept)),
        (
            done := int(outcomes.get("late", 0)),
            say_counted("{count} was done afterwards", "{count} were done afterwards", done),
        ),
        (let_go, say_counted("{count} was let go afterwards", "{count} were let go afterwards", let_go)),
        (
            still := int((come["state"] == "open").sum()),
            say_counted("{count} is still open", "{count} are still open", still),
        ),
    ]
    came = say_counted(
        "The day of {count} promise came in this time: {became}.",
        "The day of {count} promises came in this time: {became}.",
        total.of,
        became=", ".join(words for count, words in parts if count),
    )
    if not total.let_go_before:
        return came
    before = say_counted(
        "{count} more had been let go before.", "{count} more had been let go before.", total.let_go_before
    )
    return f"{came} {before}"


def _open(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    waiting = agreed.loc[agreed["state"] == "open"].sort_values(["due", "agreed"], kind="stable")
    if waiting.empty:
        return None if contents.for_others or agreed.empty else say("Nothing is open.")
    count, past = len(waiting), int((waiting["outcome"] == "overdue").sum())
    if not past:
        return say_counted(
            "{count} promise is open, by {day}.",
            "{count} promises are open, the first of them by {day}.",
            count,
            day=_day(waiting.iloc[0]["due"].date(), contents.asof),
        )
    about = _moved(waiting.iloc[0], contents.asof)
    if past == 1:
        return say_counted(
            "{count} promise is open, past its day ({about}).",
            "{count} promises are open, 1 of them past its day ({about}).",
            count,
            about=about,
        )
    return say_counted(
        "{count} promise is open, {past} of them past their day (the first: {about}).",
        "{count} promises are open, {past} of them past their day (the first: {about}).",
        count,
        past=past,
        about=about,
    )


def _moved(state: pd.Series, asof: date) -> str:
    """Return the day of a promise, with how often it was moved."""
    day, moves = _day(state["due"].date(), asof), int(state["due_moves"])
    match moves:
        case 0:
            return day
        case 1:
            return say("{day}, moved once", day=day)
        case 2:
            return say("{day}, moved twice", day=day)
        case _:
            return say("{day}, moved {count} times", day=day, count=moves)


def _of_the_coach(contents: PageSource, agreed: pd.DataFrame) -> str | None:
    """Tell what the coach has promised and is still to come; what is open past its day is a promise all the same."""
    theirs = agreed.loc[agreed["owner"] == COACH]
    waiting = owed_by_coach(agreed, contents.shared.frames, contents.asof)
    waiting = waiting.sort_values(["due", "agreed"], kind="stable")
    if len(waiting):
        people = set(waiting["person"].dropna())
        name = contents.name(COACH)
        values = {
            "coach": quote(contents.person_name(people.pop(), name) if len(people) == 1 else name),
            "what": quote(contents.words(contents.one("item", waiting.iloc[0]["id"]), "what") or ""),
            "day": _day(waiting.iloc[0]["due"].date(), contents.asof),
        }
        if len(waiting) > 1:
            return say(
                "{coach} has {count} promises open; the first is “{what}”, by {day}.", count=len(waiting), **values
            )
        if waiting.iloc[0]["outcome"] == "overdue":
            return say("{coach} has promised “{what}” by {day}; it is still open.", **values)
        return say("{coach} has promised “{what}” by {day}.", **values)
    if contents.for_others:
        return None
    coach = quote(contents.name(COACH))
    if theirs.empty:
        return say("{coach} has promised nothing yet; the next session is a good place for a first one.", coach=coach)
    return say("No promise of {coach} is open.", coach=coach)


def _day(day: date, asof: date) -> str:
    """Return a day, with its year where that is another."""
    return say_day(day, "no_year" if day.year == asof.year else "long")
