"""What lists would bring in, in lines for the terminal: counts first, the lines behind them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from coaching.cli.output import columns, worded
from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.sessions import NotedSession, in_order
from coaching.formats.task_lists.story import Happened
from coaching.formats.task_lists.summary import FilesRead, by_kind, files_read, of_each, source_in_words
from coaching.formats.task_lists.task import Part, Place, Remark
from coaching.i18n import say, say_counted, to_say
from coaching.text import beginning, one_line

#: So many lines of a kind are shown; the others are counted.
SHOWN = 20
_HEADINGS = (
    to_say("Who"),
    to_say("Agreed on"),
    to_say("By"),
    to_say("State"),
    to_say("New"),
    to_say("Where"),
    to_say("What"),
)
_HAPPENED = {
    "agreed": to_say("by {due}"),
    "due_moved": to_say("moved to {due} on {day}"),
    "partly": to_say("partly done on {day}"),
    "done": to_say("done on {day}"),
    "let_go": to_say("let go on {day}"),
    "reopened": to_say("open again on {day}"),
}
_CALLED: Mapping[str | None, str] = MappingProxyType(
    {"coachee": to_say("coachee"), "coach": to_say("coach"), None: to_say("nobody yet")}
)
_LONGEST_WORDS, _SHORT_WORDS = 200, 60
_PARTS: Mapping[Part | None, str] = MappingProxyType(
    {
        "yourself": to_say("yourself"),
        "dreams": to_say("dreams"),
        "mission": to_say("mission statement"),
        "who_what_when": to_say("who, what, when"),
        None: to_say("private note of the day"),
    }
)


def summary(proposal: Proposal) -> Iterator[str]:
    """Yield what was read, from which days, and what it comes to for each of the two."""
    yield from _files(files_read(proposal))
    rows = [["", say("new"), say("carried over"), say("done"), say("let go"), say("still open")]]
    rows += [
        [f"{say(_CALLED[one.side])}:", *map(str, (one.new, one.carried, one.done, one.let_go, one.open))]
        for one in of_each(proposal)
    ]
    if len(rows) > 1:
        yield from columns(rows)


def _files(read: FilesRead) -> Iterator[str]:
    if not read.files:
        return
    files = _files_counted(read.files)
    items = say_counted("{count} action item", "{count} action items", read.lines)
    if read.first and read.last:
        yield say("Read: {files} with {items}, of {days}.", files=files, items=items, days=_span(read.first, read.last))
    else:
        yield say("Read: {files} with {items}.", files=files, items=items)
    if read.sources:
        told = [f"{source_in_words(source)} ({_files_counted(count)})" for source, count in read.sources]
        yield say("Their days are from: {sources}.", sources=", ".join(told))
    if read.undated:
        yield say_counted(
            "{count} file says no day: what is new there counts from today.",
            "{count} files say no day: what is new there counts from today.",
            read.undated,
        )


def sessions(held: Sequence[NotedSession], *, is_short: bool) -> Iterator[str]:
    """Yield what meeting notes say of sessions: in numbers, then, if it is not to be short, passage by passage."""
    if not held:
        return
    new = sum(session.is_new for session in held)
    yield say(
        "{sessions}, of {days}; {new} new:",
        sessions=say_counted("{count} session", "{count} sessions", len(held)),
        days=_span(held[0].day, held[-1].day),
        new=new,
    )
    said = [(session, one) for session in held for one in in_order(session.noted)]
    rows = [["", say("new"), say("known already")]]
    for part, called in _PARTS.items():
        of_part = [one for _, one in said if one.passage.part == part]
        if of_part:
            fresh = sum(one.is_new for one in of_part)
            rows.append([f"  {say(called)}:", str(fresh), str(len(of_part) - fresh)])
    if len(rows) > 1:
        yield from columns(rows)
    news = [(session, one) for session, one in said if one.is_new]
    if not news or is_short:
        return
    table = [[say("Session"), say("Day"), say("What"), say("Where"), say("Words")]]
    for session, one in news[:SHOWN]:
        words = one_line(one.passage.words)
        short = words if len(words) <= _SHORT_WORDS else f"{beginning(words, _SHORT_WORDS)}…"
        day = session.day.isoformat()
        table.append([session.label, day, say(_PARTS[one.passage.part]), str(one.passage.place), short])
    yield from columns(table)
    if (more := len(news) - SHOWN) > 0:
        yield say("… and {more} more", more=more)


def _files_counted(number: int) -> str:
    return say_counted("{count} file", "{count} files", number)


def _span(first: date, last: date) -> str:
    return f"{first}" if first == last else say("{first} to {last}", first=first, last=last)


def table(items: Sequence[Carried]) -> Iterator[str]:
    """Yield what is new of action items, a line each; the words come last, as they may run from right to left."""
    shown = [item for item in items if item.is_new or item.added]
    if shown:
        yield from columns([list(map(say, _HEADINGS)), *map(_row, shown[:SHOWN])])
    if (more := len(shown) - SHOWN) > 0:
        yield say("… and {more} more", more=more)
    seen = len(items) - len(shown)
    if seen:
        yield say_counted(
            "{count} action item known already stands there again.",
            "{count} action items known already stand there again.",
            seen,
        )


def _row(item: Carried) -> list[str]:
    others = len(item.places) - 1
    where = str(item.places[0]) if item.places else "-"
    if others > 0:
        where = say("{place} and {more} more", place=where, more=others)
    due = item.due.isoformat() if item.due else "-"
    state = worded(item.state)
    news = ", ".join(_news(item))
    return [item.owner or "-", item.since.isoformat(), due, state, news, where, one_line(item.what)]


def _news(item: Carried) -> Iterator[str]:
    yield say("new") if item.is_new else say("carried over: {name}", name=one_line(item.label or item.id))
    news: list[Happened] = (
        item.added[1:] if item.is_new and item.added and item.added[0].kind == "agreed" else item.added
    )
    for happened in news:
        yield say(_HAPPENED[happened.kind], day=happened.day, due=happened.due)


def remarks(proposal: Proposal) -> Iterator[str]:
    """Yield what there is to know of lines: what was not read first, each kind with its count and then its lines."""
    kinds = by_kind(proposal.remarks)
    if kinds:
        yield say("To be looked at:")
    for (is_read, said), of_kind in kinds.items():
        whole_files = all(not remark.place.line for remark in of_kind)
        number = (
            _files_counted(len(of_kind)) if whole_files else say_counted("{count} line", "{count} lines", len(of_kind))
        )
        yield f"  {number}: {said}"
        shown = of_kind[:SHOWN] if is_read else of_kind
        yield from columns([[f"    {remark.place}", _words(remark)] for remark in shown])
        if more := len(of_kind) - len(shown):
            yield "    " + say("… and {more} more", more=more)


def _words(remark: Remark) -> str:
    words = one_line(remark.words)
    return words if len(words) <= _LONGEST_WORDS else f"{beginning(words, _LONGEST_WORDS)}…"


def gone(items: Sequence[Carried], *, let_go: bool) -> Iterator[str]:
    """Yield what stands in no later list."""
    if not items:
        return
    yield (
        say_counted(
            "{count} open line stands in no later list, and was let go on the day of the first list without it:",
            "{count} open lines stand in no later list, and were let go on the day of the first list without them:",
            len(items),
        )
        if let_go
        else say_counted(
            "{count} open line stands in no later list, and is taken as still open:",
            "{count} open lines stand in no later list, and are taken as still open:",
            len(items),
        )
    )
    rows = [[f"  {_last(item)}", one_line(item.what)] for item in items[:SHOWN]]
    yield from columns(rows)
    if (more := len(items) - SHOWN) > 0:
        yield "  " + say("… and {more} more", more=more)


def _last(item: Carried) -> Place | str:
    return item.places[-1] if item.places else item.label or item.id
