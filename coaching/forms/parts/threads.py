"""What was told in earlier sessions and can move: one quiet line each, and how it is now, where somebody says so."""

from collections.abc import Sequence
from typing import Final

from coaching.forms.engine.blocks import (
    Block,
    Condition,
    choice,
    equals,
    filled,
    fold,
    folded_lines,
    lines,
    outcomes,
    shortened,
    text,
)
from coaching.forms.engine.values import rows_in, said
from coaching.i18n import say, say_counted, say_prompt
from coaching.metrics.threads import Thread
from coaching.model.entries import Progress
from coaching.model.ids import day_of, derived_id
from coaching.model.prompts import thread_prompt
from coaching.model.vocabulary import LIVES, Side, ThreadKind, ThreadStatus, Visibility
from coaching.workbook.context import Context, Records, Values

_ROW: Final = "thread"
#: So many threads of one side stand as lines of their own; of more the newest does, and the others are folded.
_IN_SIGHT: Final = 2
#: So many stand open in the opening; of more there is first their number.
_READ_AT_ONCE: Final = 5


def living(context: Context, *kinds: ThreadKind, owner: Side | None = None) -> list[Thread]:
    """Return the threads of some kinds, and of one side or both, that went on when the session began."""
    return [
        thread
        for thread in context.threads
        if thread.kind in kinds and owner in {None, thread.owner} and not thread.is_over
    ]


def thread_lines(context: Context, owner: Side, *kinds: ThreadKind) -> list[Block]:
    """Return the lines of what one side told before: of many the newest, and one fold with the others.

    What rests is folded. What is private to the holder is folded apart: the other one looks on.
    """
    in_sight, folded = lines_and_folds(context, owner, *kinds)
    return [*in_sight, *folded]


def lines_and_folds(context: Context, owner: Side, *kinds: ThreadKind) -> tuple[list[Block], list[Block]]:
    """Return the lines of what one side told before, and apart what of it is folded (see `thread_lines`)."""
    threads = living(context, *kinds, owner=owner)
    both = [thread for thread in threads if thread.visibility != Visibility.PRIVATE]
    alone = [thread for thread in threads if thread.visibility == Visibility.PRIVATE]
    awake = [thread for thread in both if not thread.rests]
    in_sight = awake[-_IN_SIGHT:] if len(both) <= _IN_SIGHT else awake[-1:]
    others = [thread for thread in both if thread not in in_sight]
    own = _lines(alone, context.number)
    return _lines(in_sight, context.number), [
        *([fold(_of_others(others), _lines(others, context.number))] if others else []),
        *([fold(say("For you alone"), own)] if own else []),
    ]


def went_on(context: Context, owner: Side, *kinds: ThreadKind) -> list[Condition]:
    """Return the conditions that one side has said how a thread is."""
    fields = [f"{_ROW}.{thread.id}" for thread in living(context, *kinds, owner=owner)]
    return [filled(f"{field}.{name}") for field in fields for name in ("status", "text")]


def thread_values(context: Context, *kinds: ThreadKind) -> dict[str, str]:
    """Return what the session says of threads of some kinds, as the lines show it."""
    values: dict[str, str] = {}
    for thread in living(context, *kinds):
        line = _line_of(context, thread)
        if line:
            start = f"{_ROW}.{thread.id}"
            values |= {f"{start}.status": line.status or "", f"{start}.text": line.text or ""}
    return values


def thread_records(context: Context, values: Values, *kinds: ThreadKind) -> Records:
    """Return what the lines of threads of some kinds say."""
    rows = rows_in(values, _ROW)
    return dict(_record(context, thread, rows.get(thread.id, {})) for thread in living(context, *kinds))


def told_of(records: Records, context: Context, *kinds: ThreadKind, owner: Side | None = None) -> list[str]:
    """Return the ids of the threads of some kinds, and of one side or both, of which records say how they are."""
    about = [record["about"] for record in records.values() if record and "about" in record]
    return [thread.id for thread in living(context, *kinds, owner=owner) if thread.id in about]


def moved_id(context: Context, item: str) -> str:
    """Return the id of the line that says what a promise moved that was told of in this session."""
    return derived_id(day_of(context.session), context.session, Progress.__name__, "moved", item)


def name_of(thread: Thread) -> str:
    """Return what a thread is called by, with the last words that were said of it and that both may read."""
    readable = (step for step in reversed(thread.steps) if step.visibility != Visibility.PRIVATE)
    last = next((step.text for step in readable if step.text), None)
    return " · ".join(shortened(words) for words in (thread.words, last) if words)


def _lines(threads: Sequence[Thread], session: int) -> list[Block]:
    """Return the lines of threads, for each life that they have, with the question of the session of this number."""
    lives: dict[tuple[ThreadStatus, ...], list[Thread]] = {}
    for thread in sorted(threads, key=lambda one: list(ThreadKind).index(one.kind)):
        lives.setdefault(LIVES[thread.kind], []).append(thread)
    return [_lines_of_a_life(of_a_life, session) for of_a_life in lives.values()]


def _lines_of_a_life(threads: Sequence[Thread], session: int) -> Block:
    is_failure = threads[0].kind is ThreadKind.FAILURE
    label = say("What did it teach?") if is_failure else _question(threads, session)
    statuses = _statuses(threads[0].kind)
    return outcomes(
        _ROW,
        choice("status", say("How is it?"), statuses),
        [text("text", label, rows=2, when=[equals(".status", "told")] if is_failure else None)],
        fixed=[(thread.id, name_of(thread)) for thread in threads],
        asks=dict.fromkeys([status for status, _ in statuses], "text"),
        others=folded_lines([]),
    )


def _of_others(threads: Sequence[Thread]) -> str:
    count = len(threads)
    return (
        say("{count} resting", count=count) if all(one.rests for one in threads) else say("{count} more", count=count)
    )


def _question(threads: Sequence[Thread], session: int) -> str:
    """Return what is asked of threads in the session of this number: how a dream moves is asked of dreams alone."""
    kind, *others = {thread.kind for thread in threads}
    return say("In a line, if you like") if others else say_prompt(thread_prompt(kind, session).text)


def _statuses(kind: ThreadKind) -> list[tuple[str, str]]:
    if kind is ThreadKind.FAILURE:
        return [(ThreadStatus.TOLD.value, say("it taught something"))]
    names = {
        ThreadStatus.ALIVE: say("alive"),
        ThreadStatus.CHANGED: say("changed"),
        ThreadStatus.ON_THE_WAY: say("on the way"),
        ThreadStatus.RESTING: say("resting"),
        ThreadStatus.CAME_TRUE: say("came true"),
        ThreadStatus.REACHED: say("reached"),
        ThreadStatus.LET_GO: say("let go"),
    }
    return [(status.value, names[status]) for status in LIVES[kind]]


def _line_of(context: Context, thread: Thread) -> Progress | None:
    """Return the session's line of a thread, not one that says what a promise moved, or only who may read it."""
    of_promises = {moved_id(context, item) for item in thread.promises}
    lines = (line for line in context.owned(Progress, about=thread.id) if line.id not in of_promises)
    return next((line for line in lines if line.status or line.text), None)


def _record(context: Context, thread: Thread, fields: Values) -> tuple[str, dict[str, object] | None]:
    line = _line_of(context, thread)
    identity = line.id if line else derived_id(day_of(context.session), context.session, Progress.__name__, thread.id)
    status, words = said(fields, "status"), said(fields, "text")
    if not (status or words):
        return identity, None
    return identity, context.record(
        Progress, identity, thread.owner, thread.visibility, about=thread.id, status=status, text=words
    )


def served(context: Context) -> dict[str, Thread]:
    """Return the thread that each promise serves, by the id of the promise: a dream or a goal, else a becoming."""
    becomings_first = sorted(context.threads, key=lambda thread: thread.kind is not ThreadKind.BECOMING)
    return {item: thread for thread in becomings_first for item in thread.promises}


def moved_words(context: Context, item: str) -> str:
    """Return what was said today of what a promise moved."""
    line = context.first(Progress, id=moved_id(context, item))
    return (line.text or "") if line else ""


def moved(context: Context, item: str, words: str | None) -> Records:
    """Return the line that says what a promise moved, of the thread that it serves."""
    identity, thread = moved_id(context, item), served(context).get(item) if words else None
    if not (words and thread):
        return {identity: None}
    line = context.record(Progress, identity, thread.owner, thread.visibility, about=thread.id, text=words)
    return {identity: line}


def going_on(context: Context) -> list[Block]:
    """Return what goes on, the coach's own first.

    It is only read here: how each is, is asked in the part in which it was told.
    """
    awake = [thread for kind in ThreadKind for thread in living(context, kind) if not thread.rests]
    readable = [thread for thread in awake if thread.visibility != Visibility.PRIVATE]
    in_order = sorted(readable, key=lambda thread: thread.owner is not Side.COACH)
    shown = [(_about(context, thread), [name_of(thread)], None) for thread in in_order]
    title = say_counted("{count} thing that goes on", "{count} things that go on", len(shown))
    is_open = len(shown) <= _READ_AT_ONCE
    return [fold(title, [lines(shown)], name="going_on", is_open=is_open)] if shown else []


def _about(context: Context, thread: Thread) -> str:
    kinds = {
        ThreadKind.GOAL: say("a goal"),
        ThreadKind.PLAN: say("a plan"),
        ThreadKind.FAILURE: say("a failure"),
        ThreadKind.DREAM: say("a dream"),
        ThreadKind.BECOMING: say("who to become"),
    }
    return say("{name}, {what}", name=context.party(thread.owner).name, what=kinds[thread.kind])
