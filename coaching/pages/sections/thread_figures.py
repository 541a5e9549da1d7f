"""The figure of what was told and can move."""

from collections.abc import Iterator
from datetime import date

from coaching.charts.threads import finding
from coaching.charts.threads import threads as draw_threads
from coaching.i18n import say
from coaching.metrics.threads import Thread
from coaching.model.vocabulary import Kind, ThreadKind, ThreadStatus
from coaching.pages.figures import Figure, Table, day_cell, period_in_words
from coaching.pages.source import COACH, COACHEE, PageSource
from coaching.pages.words import Words

_NOTHING = "–"
_Row = tuple[str | Words, ...]


def threads(contents: PageSource) -> Figure:
    """Return one line for each thread that went on in the period, and in a table all that was told of each."""
    period, name = contents.period, period_in_words(contents.period)
    told = [thread for thread in contents.threads.values() if thread.begun_on]
    held = {record["id"]: record["held_on"] for record in contents["session"] if "held_on" in record}
    names = {side: contents.name(side) for side in (COACHEE, COACH)}
    rows = tuple(row for thread in told for row in _rows(contents, thread, held))
    head = (say("What"), say("Whose"), say("Kind"), say("Day"), say("How it was"), say("In words"))
    return Figure(
        "threads",
        say("What goes on"),
        finding(told, period.start, period.end, name),
        lambda width: draw_threads(
            told,
            contents.states,
            held,
            contents.asof,
            start=period.start,
            end=period.end,
            title_period=name,
            names=names,
            width=width,
        ),
        Table(say("What was told and can move"), head, rows),
    )


def kinds() -> dict[ThreadKind, str]:
    """Return what each kind of thread is called."""
    return {
        ThreadKind.GOAL: say("goal"),
        ThreadKind.PLAN: say("plan"),
        ThreadKind.FAILURE: say("failure"),
        ThreadKind.DREAM: say("dream"),
        ThreadKind.BECOMING: say("becoming"),
    }


def statuses() -> dict[ThreadStatus, str]:
    """Return what it is called where a thread stands."""
    return {
        ThreadStatus.ALIVE: say("alive"),
        ThreadStatus.CHANGED: say("changed"),
        ThreadStatus.ON_THE_WAY: say("on the way"),
        ThreadStatus.TOLD: say("told"),
        ThreadStatus.RESTING: say("resting"),
        ThreadStatus.CAME_TRUE: say("came true"),
        ThreadStatus.REACHED: say("reached"),
        ThreadStatus.LET_GO: say("let go"),
    }


def _rows(contents: PageSource, thread: Thread, held: dict[str, date]) -> Iterator[_Row]:
    """Yield what happened to a thread, in the order of the days: it was told, it came up, it moved."""
    kind = {ThreadKind.DREAM: Kind.DREAM, ThreadKind.BECOMING: Kind.BECOMING}.get(thread.kind, Kind.NOTE)
    origin = contents.one(kind, thread.id) or contents.one(Kind.NOTE, thread.id)
    name = contents.words(origin, "title") or contents.words(origin, "text") or _NOTHING
    about = (name, contents.name(thread.owner), kinds()[thread.kind])
    _count_where_it_came_up(contents, thread)
    happened: list[tuple[date | None, str, str | Words]] = [(thread.begun_on, say("told"), _NOTHING)]
    happened += [(held[session], say("came up"), _NOTHING) for session in thread.came_up if session in held]
    for step in thread.steps:
        line = contents.one(Kind.PROGRESS, step.id)
        contents.shared.count(line)
        stood = statuses()[step.status] if step.status else say("it moved")
        happened.append((step.on, stood, contents.words(line, "text") or _NOTHING))
    if ended_on := thread.ended_without_line:
        happened.append((ended_on, statuses()[thread.status], _NOTHING))
    for day, stood, words in sorted(happened, key=lambda one: one[0] or date.min):
        yield *about, day_cell(day), stood, words


def _count_where_it_came_up(contents: PageSource, thread: Thread) -> None:
    """Note that the copy tells in which sessions a thread came up."""
    for part in contents["segment"]:
        if thread.id in (part.get("dreams") or ()) or thread.id == part.get("becoming"):
            contents.shared.count(part)
