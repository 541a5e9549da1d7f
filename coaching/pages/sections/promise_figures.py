"""The figures of who does what by when."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from coaching.charts.promises.ageing import ageing as draw_ageing
from coaching.charts.promises.burnup import burnup as draw_burnup
from coaching.charts.promises.lifelines import lifelines as draw_lifelines
from coaching.charts.promises.promise_dots import Column
from coaching.charts.promises.promise_dots import columns as promise_columns
from coaching.charts.promises.promise_dots import promise_dots as draw_promise_dots
from coaching.charts.promises.time_to_done import time_to_done_chart
from coaching.i18n import say
from coaching.metrics.promises.items import burnup_steps
from coaching.metrics.promises.time_to_done import time_to_done as estimate
from coaching.metrics.promises.time_to_done import time_to_done_by_side
from coaching.model.cells import rows_of
from coaching.pages.figures import Figure, Table, day_cell, period_in_words, session_cell
from coaching.pages.sections.promises import in_words, outcomes
from coaching.pages.source import PageSource, Record
from coaching.pages.words import Words


def promise_figures(contents: PageSource) -> tuple[Figure, ...]:
    """Return them in the order of the page; none before the first promise."""
    if not (contents.states["outcome"] != "draft").any():
        return ()
    return (
        promise_dots(contents),
        lifelines(contents),
        ageing(contents),
        burnup(contents),
        time_to_done(contents),
    )


def promise_dots(contents: PageSource) -> Figure:
    """Return every promise as one dot over the session in which it was agreed."""
    states = contents.states
    columns, places = promise_columns(states, contents.sessions_held, contents.asof)
    groups: defaultdict[tuple[int, str], list[Record]] = defaultdict(list)
    for place, row in zip(places, rows_of(states, ["owner", "person", "outcome"]), strict=True):
        groups[place, row["owner"] or "nobody"].append(row)
    rows = tuple(
        (
            _column_cell(columns[place]),
            _listed(filter(None, map(contents.owner_name, group))) or say("nobody yet"),
            *(str(sum(row["outcome"] == outcome for row in group)) for outcome in outcomes()),
        )
        for (place, _), group in sorted(groups.items())
    )
    head = (say("Agreed in"), say("Whose"), *outcomes().values())
    table = Table(say("Promises by the session in which they were agreed"), head, rows)
    return Figure(
        "promise-dots",
        say("Every promise, one dot"),
        in_words(states),
        partial(draw_promise_dots, states, contents.sessions_held, contents.asof),
        table,
    )


def lifelines(contents: PageSource) -> Figure:
    """Return one line for each promise that was alive in the period, from the day it was agreed to its end."""
    period, alive = contents.period, contents.alive
    name = period_in_words(period)
    rows = tuple(
        (
            *_what_and_who(contents, row),
            day_cell(row["agreed"]),
            day_cell(row["due_in_force"]),
            day_cell(row["due"]) if row["due"] != row["due_in_force"] else "–",
            day_cell(row["closed_on"]),
            outcomes()[row["outcome"]],
        )
        for row in rows_of(alive)
    )
    head = (
        say("What"),
        say("Who"),
        say("Agreed"),
        say("By"),
        say("Moved to"),
        say("Ended"),
        say("How it stands"),
    )
    table = Table(say("{period}: who does what by when", period=name), head, rows)
    return Figure(
        "lifelines",
        say("{period}, promise by promise", period=name),
        in_words(alive),
        lambda width: draw_lifelines(
            contents.states, contents.sessions_held, contents.asof, period.start, period.end, name, width=width
        ),
        table,
    )


def ageing(contents: PageSource) -> Figure:
    """Return the promises that are open, by how long they have been."""
    states = contents.states
    waiting = states.loc[states["state"] == "open"].sort_values("age_days", ascending=False, kind="stable")
    rows = tuple(
        (
            *_what_and_who(contents, row),
            day_cell(row["agreed"]),
            day_cell(row["due"]),
            str(row["age_days"]),
            str(row["carried_over"]),
        )
        for row in rows_of(waiting)
    )
    head = (say("What"), say("Who"), say("Agreed"), say("By"), say("Days open"), say("Sessions past its day"))
    table = Table(say("Open promises, the oldest first"), head, rows)
    return Figure(
        "ageing",
        say("What is open, and for how long"),
        in_words(states),
        partial(draw_ageing, states, contents.asof),
        table,
    )


def burnup(contents: PageSource) -> Figure:
    """Return how promises added up over time, and what became of them."""
    steps = burnup_steps(contents.shared.frames, contents.asof)
    layers = {name: outcomes()[name] for name in ("on_time", "late", "done", "let_go", "open")}
    rows = tuple((day_cell(row["day"]), *(str(row[name]) for name in layers)) for row in steps.to_dict("records"))
    caption = say("Promises over time, on every day on which something changed")
    table = Table(caption, (say("Day"), *layers.values()), rows)
    return Figure(
        "burn-up",
        say("How promises added up"),
        in_words(contents.states),
        partial(draw_burnup, steps, contents.sessions_held, contents.asof),
        table,
    )


def time_to_done(contents: PageSource) -> Figure:
    """Return within how many days promises were done, the coach's and the coachee's."""
    states = contents.states
    by_side = time_to_done_by_side(states, contents.asof)
    rows = tuple(
        (contents.name(side), str(row["days"]), str(row["at_risk"]), _share(row["done"]), _share(row["let_go"]))
        for side, time in by_side.items()
        for row in time.curve.to_dict("records")
    )
    head = (say("Whose"), say("Days since agreed"), say("Open until then"), say("Done by then"), say("Let go by then"))
    table = Table(say("Estimated shares of what was agreed, on every day on which something ended"), head, rows)
    return Figure(
        "time-to-done",
        say("How long it takes from agreed to done"),
        in_words(states),
        partial(time_to_done_chart, estimate(states, contents.asof), by_side),
        table,
    )


def _column_cell(column: Column) -> str:
    return column.head if column.number is None else session_cell(column.number)


def _listed(names: Iterable[str]) -> str:
    different = list(dict.fromkeys(names))
    return different[0] if len(different) == 1 else Words(", ".join(different))


def _what_and_who(contents: PageSource, row: Record) -> tuple[str, str]:
    what = contents.words(contents.one("item", row["id"]), "what") or say("no words yet")
    return what, contents.owner_name(row) or say("nobody yet")


def _share(share: float) -> str:
    return f"{share:.2f}"
