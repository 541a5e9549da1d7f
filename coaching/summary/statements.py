"""The mission statement as a reader sees it: today's words with their age, and what changed version by version."""

from dataclasses import dataclass
from datetime import date

from coaching.metrics.mission import Version, versions
from coaching.metrics.words import Counts, changes, counts, lineage, provenance
from coaching.summary.contents import Contents, said
from coaching.summary.text import counted, day_in_words, short_day

#: How many tints the style sheet knows, from the first version to the newest.
TINTS = 64


@dataclass(frozen=True)
class Piece:
    """A run of words: white space before, words, white space after, so that only the words are marked."""

    before: str
    text: str
    after: str
    kind: str = "stayed"
    tint: int = 0
    source: str = ""


@dataclass(frozen=True)
class Today:
    """The statement in force: its runs, and since when."""

    pieces: tuple[Piece, ...]
    since: str


@dataclass(frozen=True)
class Step:
    """One version and how it differs from the one before; `counts` says so in words."""

    anchor: str
    session: str | None
    day: str
    counts: str
    pieces: tuple[Piece, ...]
    why: str | None


def today(known: tuple[Version, ...]) -> Today | None:
    """Return the statement in force, each run of words with the session that brought it; None before there is one."""
    if not known:
        return None
    row = lineage([version.text for version in known])[-1]
    steps = max(1, len(known) - 1)
    runs = [
        _piece(run.text, tint=run.born * (TINTS - 1) // steps, source=_source(known[run.born]))
        for run in provenance(row)
    ]
    return Today(tuple(runs), day_in_words(known[-1].held_on))


def steps(contents: Contents, known: tuple[Version, ...]) -> tuple[Step, ...]:
    """Return what changed in each version, newest first."""
    return tuple(_step(contents, known, place) for place in reversed(range(len(known))))


def known_on(contents: Contents, day: date) -> tuple[Version, ...]:
    """Return the versions in force up to a day."""
    return versions(contents.shared.frames, min(day, contents.asof))


def anchor(version: Version) -> str:
    """Return the id of a version's place on the page."""
    return f"statement-{version.number}-{version.held_on}"


def _step(contents: Contents, known: tuple[Version, ...], place: int) -> Step:
    version = known[place]
    found = changes(known[place - 1].text if place else version.text, version.text)
    total = counts(found)
    return Step(
        anchor=anchor(version),
        session=None if version.session_number is None else f"Session {version.session_number}",
        day=short_day(version.held_on),
        counts=_in_words(total) if place else f"the first, {counted(total.stayed, 'word')}",
        pieces=tuple(_piece(change.text, kind=change.kind) for change in found),
        why=_why(contents, version),
    )


def _in_words(total: Counts) -> str:
    return f"{total.stayed} stayed, {total.let_go} let go, {total.new} new"


def _why(contents: Contents, version: Version) -> str | None:
    """Return why the coachee changed it; the entry is found by its day and words, as a version may have no number."""
    for record in contents["mission"]:
        if record.get("held_on") == version.held_on and record.get("text") == version.text:
            return said(record, "why_changed")
    return None


def _source(version: Version) -> str:
    return short_day(version.held_on) if version.session_number is None else f"S{version.session_number}"


def _piece(text: str, *, kind: str = "stayed", tint: int = 0, source: str = "") -> Piece:
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return Piece(text[:start], text[start:end], text[end:], kind, tint, source)
