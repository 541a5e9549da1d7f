"""What a proposal comes to, in numbers: for whoever is asked, at a terminal or in a form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.task import Remark
from coaching.i18n import say

_SIDES = ("coachee", "coach", None)


@dataclass(frozen=True)
class FilesRead:
    """What was read: how many files and lines, from which day to which, and where the days were read."""

    files: int
    lines: int
    first: date | None
    last: date | None
    sources: tuple[tuple[str, int], ...]
    undated: int


@dataclass(frozen=True)
class OfOne:
    """What comes to one of the two, or to nobody yet: so many action items are new, or known; so many stand so."""

    side: str | None
    new: int
    carried: int
    done: int
    let_go: int
    open: int


def news_of(proposal: Proposal) -> list[Carried]:
    """Return the action items of which something is new."""
    return [item for item in proposal.items if item.is_new or item.added or item.is_seen_anew]


def files_read(proposal: Proposal) -> FilesRead:
    """Return what was read."""
    days = sorted(day for file in proposal.files for day in file.days)
    sources = Counter(file.day_from for file in proposal.files if file.day_from)
    return FilesRead(
        files=len(proposal.files),
        lines=sum(file.tasks for file in proposal.files),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        sources=tuple(sources.most_common()),
        undated=sum(not file.days and file.tasks > 0 for file in proposal.files),
    )


def of_each(proposal: Proposal) -> list[OfOne]:
    """Return what it comes to for each of the two, and for nobody yet, where there is anything."""
    result = []
    for side in _SIDES:
        items = [item for item in proposal.items if item.owner == side]
        counts = Counter(item.ended or "open" for item in items)
        new = sum(item.is_new for item in items)
        if items:
            result.append(OfOne(side, new, len(items) - new, counts["done"], counts["let_go"], counts["open"]))
    return result


def by_kind(remarks: Iterable[Remark]) -> Mapping[tuple[bool, str], list[Remark]]:
    """Return remarks by whether their lines are read, and what there is to know of them; what is not read first."""
    kinds: dict[tuple[bool, str], list[Remark]] = {}
    for remark in remarks:
        kinds.setdefault((not remark.is_unread, say(remark.said)), []).append(remark)
    return dict(sorted(kinds.items(), key=lambda kind: kind[0][0]))


def source_in_words(source: str) -> str:
    """Return where the day of a list was read."""
    return {
        "name of the file": say("name of the file"),
        "name of its folder": say("name of its folder"),
        "its properties": say("its properties"),
        "first heading": say("first heading"),
        "headings inside": say("headings inside"),
    }[source]
