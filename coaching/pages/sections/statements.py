"""The mission statement as a reader sees it: today's words with their age, and what changed version by version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.words import Counts, Run, came_back, changes, counts, provenance
from coaching.pages.folding import LONG, Part, beginning, passages, piece, readable
from coaching.pages.source import PageSource, Record
from coaching.pages.words import Words

#: How many tints the style sheet knows, from the first version to the newest.
TINTS = 64
#: How many versions are shown before the older ones are folded.
SHOWN = 6


@dataclass(frozen=True)
class Today:
    """The statement in force: its runs, its language, since when, whether it is too long for large letters, and why."""

    pieces: tuple[Part, ...]
    lang: str
    since: str
    long: bool
    why: Words | None


@dataclass(frozen=True)
class Step:
    """One version and how it differs from the one before; `counts` says so in words, and `back` is what came back."""

    anchor: str
    session: str | None
    day: str
    counts: str
    back: tuple[Words, ...]
    pieces: tuple[Part, ...]
    lang: str
    why: Words | None


@dataclass(frozen=True)
class Earlier:
    """A version that was in force before, from `since` until `until`, in full."""

    since: str
    until: str
    pieces: tuple[Part, ...]
    lang: str
    why: Words | None


def today(contents: PageSource) -> Today | None:
    """Return the statement in force, each run of words with the session that brought it; None before there is one."""
    versions = contents.versions
    if not versions:
        return None
    row = contents.lineage[-1]
    steps = max(1, len(versions) - 1)
    runs = [
        piece(run.text, tint=run.born * (TINTS - 1) // steps, source=_origin(versions, run)) for run in provenance(row)
    ]
    return Today(
        beginning(runs),
        _lang(contents, versions[-1]),
        say("In force since {day}.", day=say_day(versions[-1].held_on)),
        long=len(row) > LONG,
        why=contents.words(_record(contents, versions[-1]), "why_changed"),
    )


def in_force(contents: PageSource) -> Today | None:
    """Return the statement in force as plain words; None before there is one."""
    whole = today(contents)
    return whole and replace(whole, pieces=readable(contents.versions[-1].text))


def steps(contents: PageSource) -> tuple[Step, ...]:
    """Return what changed in each version, newest first."""
    return tuple(_step(contents, place) for place in reversed(range(len(contents.versions))))


def earlier(contents: PageSource) -> tuple[Earlier, ...]:
    """Return the versions before the one in force, newest first."""
    return tuple(
        Earlier(
            since=say_day(version.held_on),
            until=say_day(after.held_on),
            pieces=readable(version.text),
            lang=_lang(contents, version),
            why=contents.words(_record(contents, version), "why_changed"),
        )
        for version, after in reversed(list(pairwise(contents.versions)))
    )


def words_of(contents: PageSource, version: Version) -> Words:
    """Return a version's words with their language."""
    return Words(version.text, _lang(contents, version))


def anchor(version: Version) -> str:
    """Return the id of a version's place on the page."""
    return f"statement-{version.number}-{version.held_on}"


def _step(contents: PageSource, place: int) -> Step:
    versions = contents.versions
    version = versions[place]
    row = contents.lineage[place]
    back = {at for at, word in enumerate(row) if word.returned == place}
    edits = changes(versions[place - 1].text if place else version.text, version.text, back)
    total = counts(edits)
    session = version.session_number
    return Step(
        anchor=anchor(version),
        session=None if session is None else say("Session {number}", number=session),
        day=say_day(version.held_on, "short"),
        counts=_in_words(total)
        if place
        else say_counted("the first, {count} word", "the first, {count} words", total.stayed),
        back=tuple(Words(word, _lang(contents, version)) for word in came_back(row, place)),
        pieces=passages(piece(change.text, kind=change.kind) for change in edits),
        lang=_lang(contents, version),
        why=contents.words(_record(contents, version), "why_changed"),
    )


def _in_words(total: Counts) -> str:
    return say("{stayed} stayed, {let_go} let go, {new} new", stayed=total.stayed, let_go=total.let_go, new=total.new)


def _lang(contents: PageSource, version: Version) -> str:
    return (contents.words(_record(contents, version), "text") or Words("")).lang


def _record(contents: PageSource, version: Version) -> Record:
    """Return the entry of a version; it is found by its day and words, as a version may have no number."""
    return next(
        (r for r in contents["mission"] if (r.get("held_on"), r.get("text")) == (version.held_on, version.text)), {}
    )


def _origin(versions: Sequence[Version], run: Run) -> str:
    """Return the session that brought a run of words, and the one in which they came back."""
    first = _source(versions[run.born])
    if run.returned is None:
        return first
    return say("{first}, again {session}", first=first, session=_source(versions[run.returned]))


def _source(version: Version) -> str:
    if version.session_number is None:
        return say_day(version.held_on, "short")
    return say("S{number}", number=version.session_number)
