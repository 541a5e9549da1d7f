"""What the coachee follows: goals and plans, what failures taught, strengths, supporters, experiments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.metrics.promises.experiments import experiments as all_experiments
from coaching.metrics.threads import Step, Thread
from coaching.model.vocabulary import ThreadKind, ThreadStatus
from coaching.pages.sections.promises import by_day
from coaching.pages.source import COACHEE, PageSource, Record
from coaching.pages.words import Words

_GROUPS = (
    (ThreadStatus.ALIVE, (ThreadStatus.ALIVE, ThreadStatus.CHANGED)),
    (ThreadStatus.REACHED, (ThreadStatus.REACHED,)),
    (ThreadStatus.LET_GO, (ThreadStatus.LET_GO,)),
)


@dataclass(frozen=True)
class Moved:
    """One dated line of a thread: where it stands since, if that was said, and its words."""

    day: str
    status: str | None
    text: Words | None


@dataclass(frozen=True)
class Followed:
    """A goal, a plan or a failure in its owner's words, since when, and how it went on."""

    kind: str
    text: Words
    since: str
    private: bool
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class FollowedGroup:
    """Those that stand alike: `status` as `ThreadStatus` names it, `name` as a reader does."""

    status: str
    name: str
    threads: tuple[Followed, ...]


@dataclass(frozen=True)
class Named:
    """Words with what more is said of them, and the day on which they were told."""

    text: Words
    more: Words | None
    day: str
    private: bool


@dataclass(frozen=True)
class Experiment:
    """Something to try, and what it showed."""

    who: str
    what: Words
    by: str
    showed: tuple[Words, ...]
    private: bool


@dataclass(frozen=True)
class Movement:
    """One dated line of a thread, with what it is about."""

    about: Words
    line: Moved


def movements(contents: PageSource) -> tuple[Movement, ...]:
    """Return what was told of threads in the period, and which came to their end, newest first."""
    dated = (
        (on, thread, line)
        for thread in contents.threads.values()
        for on, line in _dated_lines(contents, thread)
        if on in contents.period
    )
    newest_first = sorted(dated, key=itemgetter(0), reverse=True)
    return tuple(Movement(about, line) for _, thread, line in newest_first if (about := _called(contents, thread)))


def _dated_lines(contents: PageSource, thread: Thread) -> Iterator[tuple[date, Moved]]:
    """Yield what is told of a thread, and that it ended where its own entry alone says so."""
    for step in thread.steps:
        if step.on:
            yield from ((step.on, line) for line in _moved(contents, [step]))
    if ended_on := thread.ended_without_line:
        yield ended_on, Moved(say_day(ended_on, "short"), status_name(thread.status), None)


def _called(contents: PageSource, thread: Thread) -> Words | None:
    """Return what a thread is called by: its title, else its words."""
    kinds = {ThreadKind.DREAM: "dream", ThreadKind.BECOMING: "becoming"}
    record = contents.one(kinds.get(thread.kind, "note"), thread.id)
    return contents.words(record, "title") or contents.words(record, "text")


def goals_and_plans(contents: PageSource) -> tuple[FollowedGroup, ...]:
    """Return the coachee's goals and plans by where they stand, in the order in which they were told."""
    threads = list(_threads(contents, ThreadKind.GOAL, ThreadKind.PLAN))
    groups = (
        (
            status,
            status_name(status),
            tuple(_followed(contents, record, thread) for record, thread in threads if thread.status in standing),
        )
        for status, standing in _GROUPS
    )
    return tuple(FollowedGroup(status, name, group) for status, name, group in groups if group)


def failures(contents: PageSource) -> tuple[Followed, ...]:
    """Return the failures that their owner left to be read, each with what it taught where that was told."""
    return tuple(_followed(contents, record, thread) for record, thread in _threads(contents, ThreadKind.FAILURE))


def moved(contents: PageSource, record: Record) -> tuple[Moved, ...]:
    """Return the dated lines of a thread, oldest first; also of an erased dream, which is none any more."""
    thread = contents.threads.get(record["id"])
    return tuple(_moved(contents, thread.steps if thread else contents.steps.get(record["id"], ())))


def strengths(contents: PageSource) -> tuple[Named, ...]:
    """Return what the coachee can lean on; words of the coach once the coachee has confirmed them."""
    told = (one for one in contents["strength"] if one["author"] == COACHEE or one.get("confirmed") is True)
    return tuple(
        Named(text, None, _day(record), contents.is_private(record))
        for record in told
        if (text := contents.words(record, "text"))
    )


def supporters(contents: PageSource) -> tuple[Named, ...]:
    """Return the people other than the coach on whom the coachee can count, each with what for."""
    return tuple(
        Named(name, contents.words(record, "text"), _day(record), contents.is_private(record))
        for record in contents["supporter"]
        if (name := contents.words(record, "name"))
    )


def experiments(contents: PageSource) -> tuple[Experiment, ...]:
    """Return what was agreed to be tried, and what it showed."""
    return tuple(_experiments(contents))


def status_name(status: ThreadStatus) -> str:
    """Return what a status of a thread is called."""
    return {
        ThreadStatus.ALIVE: say("On the way"),
        ThreadStatus.CHANGED: say("Changed"),
        ThreadStatus.ON_THE_WAY: say("On the way"),
        ThreadStatus.TOLD: say("Told"),
        ThreadStatus.RESTING: say("Resting"),
        ThreadStatus.CAME_TRUE: say("Came true"),
        ThreadStatus.REACHED: say("Reached"),
        ThreadStatus.LET_GO: say("Let go"),
    }[status]


def _threads(contents: PageSource, *kinds: ThreadKind) -> Iterator[tuple[Record, Thread]]:
    for thread in contents.threads.values():
        record = contents.one("note", thread.id)
        if thread.kind in kinds and thread.owner == COACHEE and record:
            yield record, thread


def _followed(contents: PageSource, record: Record, thread: Thread) -> Followed:
    kinds = {ThreadKind.GOAL: say("Goal"), ThreadKind.PLAN: say("Plan"), ThreadKind.FAILURE: say("Failure")}
    return Followed(
        kind=kinds[thread.kind],
        text=contents.words(record, "text") or Words(""),
        since=_day(record),
        private=contents.is_private(record),
        moved=tuple(_moved(contents, thread.steps)),
    )


def _moved(contents: PageSource, steps: Iterable[Step]) -> Iterator[Moved]:
    for step in steps:
        record = contents.one("progress", step.id)
        if not record:
            continue
        if step.status:
            contents.shared.count(record)
        yield Moved(_day(record), status_name(step.status) if step.status else None, contents.words(record, "text"))


def _experiments(contents: PageSource) -> Iterator[Experiment]:
    for one in all_experiments(contents.shared.frames, contents.asof):
        item = contents.one("item", one.id)
        what = contents.words(item, "what") if item else None
        if what is None:
            continue
        events = (e for e in contents["item_event"] if (e["item"], e["event"]) == (one.id, "showed"))
        showed = tuple(text for event in events if (text := contents.words(event, "text")))
        who = contents.person_name(item.get("person"), contents.name(one.owner)) if one.owner else say("Nobody yet")
        yield Experiment(who, what, by_day(one.by), showed, contents.is_private(item))


def _day(record: Record) -> str:
    day = record.get("held_on")
    return say_day(day, "short") if day else say("no day")
