"""What lists would bring in, in lines for the terminal: counts first, the lines behind them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from coaching.cli.common import counted
from coaching.cli.output import columns
from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.sessions import NotedSession, in_order
from coaching.formats.task_lists.story import Happened
from coaching.formats.task_lists.summary import FilesRead, by_kind, files_read, of_each
from coaching.formats.task_lists.task import Part, Place, Remark
from coaching.text import beginning, one_line

#: So many lines of a kind are shown; the others are counted.
SHOWN = 20
_HEADINGS = ["Who", "Agreed on", "By", "State", "New", "Where", "What"]
_HAPPENED = {
    "agreed": "by {due}",
    "due_moved": "moved to {due} on {day}",
    "partly": "partly done on {day}",
    "done": "done on {day}",
    "let_go": "let go on {day}",
    "reopened": "open again on {day}",
}
_CALLED: Mapping[str | None, str] = MappingProxyType({"coachee": "coachee", "coach": "coach", None: "nobody yet"})
_LONGEST_WORDS, _SHORT_WORDS = 200, 60
_PARTS: Mapping[Part | None, str] = MappingProxyType(
    {
        "yourself": "yourself",
        "dreams": "dreams",
        "mission": "mission statement",
        "who_what_when": "who, what, when",
        None: "private note of the day",
    }
)


def summary(proposal: Proposal) -> Iterator[str]:
    """Yield what was read, from which days, and what it comes to for each of the two."""
    yield from _files(files_read(proposal))
    rows = [["", "new", "carried over", "done", "let go", "still open"]]
    rows += [
        [f"{_CALLED[one.side]}:", *map(str, (one.new, one.carried, one.done, one.let_go, one.open))]
        for one in of_each(proposal)
    ]
    if len(rows) > 1:
        yield from columns(rows)


def _files(read: FilesRead) -> Iterator[str]:
    if not read.files:
        return
    span = f", of {_span(read.first, read.last)}" if read.first and read.last else ""
    yield f"Read: {counted(read.files, 'file')} with {counted(read.lines, 'action item')}{span}."
    if read.sources:
        told = ", ".join(f"{source} ({counted(count, 'file')})" for source, count in read.sources)
        yield f"Their days are from: {told}."
    if read.undated:
        yield f"{counted(read.undated, 'file says', 'files say')} no day: what is new there counts from today."


def sessions(held: Sequence[NotedSession], *, is_short: bool) -> Iterator[str]:
    """Yield what meeting notes say of sessions: in numbers, then, if it is not to be short, passage by passage."""
    if not held:
        return
    new = sum(session.is_new for session in held)
    yield f"{counted(len(held), 'session')}, of {_span(held[0].day, held[-1].day)}; {new} new:"
    said = [(session, one) for session in held for one in in_order(session.noted)]
    rows = [["", "new", "known already"]]
    for part, called in _PARTS.items():
        of_part = [one for _, one in said if one.passage.part == part]
        if of_part:
            fresh = sum(one.is_new for one in of_part)
            rows.append([f"  {called}:", str(fresh), str(len(of_part) - fresh)])
    if len(rows) > 1:
        yield from columns(rows)
    news = [(session, one) for session, one in said if one.is_new]
    if not news or is_short:
        return
    table = [["Session", "Day", "What", "Where", "Words"]]
    for session, one in news[:SHOWN]:
        words = one_line(one.passage.words)
        short = words if len(words) <= _SHORT_WORDS else f"{beginning(words, _SHORT_WORDS)}…"
        day = session.day.isoformat()
        table.append([session.label, day, _PARTS[one.passage.part], str(one.passage.place), short])
    yield from columns(table)
    if (more := len(news) - SHOWN) > 0:
        yield f"… and {more} more"


def _span(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def table(items: Sequence[Carried]) -> Iterator[str]:
    """Yield what is new of action items, a line each; the words come last, as they may run from right to left."""
    shown = [item for item in items if item.is_new or item.added]
    if shown:
        yield from columns([_HEADINGS, *map(_row, shown[:SHOWN])])
    if (more := len(shown) - SHOWN) > 0:
        yield f"… and {more} more"
    seen = len(items) - len(shown)
    if seen:
        yield f"{counted(seen, 'action item')} known already {'stands' if seen == 1 else 'stand'} there again."


def _row(item: Carried) -> list[str]:
    others = len(item.places) - 1
    where = f"{item.places[0]}{f' and {others} more' if others else ''}" if item.places else "-"
    due = item.due.isoformat() if item.due else "-"
    state = item.state.replace("_", " ")
    news = ", ".join(_news(item))
    return [item.owner or "-", item.since.isoformat(), due, state, news, where, one_line(item.what)]


def _news(item: Carried) -> Iterator[str]:
    yield "new" if item.is_new else f"carried over: {one_line(item.label or item.id)}"
    news: list[Happened] = (
        item.added[1:] if item.is_new and item.added and item.added[0].kind == "agreed" else item.added
    )
    for happened in news:
        yield _HAPPENED[happened.kind].format(day=happened.day, due=happened.due)


def remarks(proposal: Proposal) -> Iterator[str]:
    """Yield what there is to know of lines: what was not read first, each kind with its count and then its lines."""
    kinds = by_kind(proposal.remarks)
    if kinds:
        yield "To be looked at:"
    for (is_read, said), of_kind in kinds.items():
        whole_files = all(not remark.place.line for remark in of_kind)
        yield f"  {counted(len(of_kind), 'file' if whole_files else 'line')}: {said}"
        shown = of_kind[:SHOWN] if is_read else of_kind
        yield from columns([[f"    {remark.place}", _words(remark)] for remark in shown])
        if more := len(of_kind) - len(shown):
            yield f"    … and {more} more"


def _words(remark: Remark) -> str:
    words = one_line(remark.words)
    return words if len(words) <= _LONGEST_WORDS else f"{beginning(words, _LONGEST_WORDS)}…"


def gone(items: Sequence[Carried], *, let_go: bool) -> Iterator[str]:
    """Yield what stands in no later list."""
    if not items:
        return
    what = "was let go on the day of the first list without it" if let_go else "is taken as still open"
    what = what if len(items) == 1 else what.replace("was", "were").replace("is ", "are ").replace("it", "them")
    yield f"{counted(len(items), 'open line stands', 'open lines stand')} in no later list, and {what}:"
    rows = [[f"  {_last(item)}", one_line(item.what)] for item in items[:SHOWN]]
    yield from columns(rows)
    if len(items) > SHOWN:
        yield f"  … and {len(items) - SHOWN} more"


def _last(item: Carried) -> Place | str:
    return item.places[-1] if item.places else item.label or item.id
