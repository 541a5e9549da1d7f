"""Which files a workbook has, against which it should have: what is missing, what was put back, what is older.

Each file names those that its writer knew, marks name what nothing else names yet, and a home remembers what was there
outside the workbook's folder. What was replaced is named by what has replaced it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from coaching.i18n import to_say
from coaching.store.disk.layout import IDENTITY, SUFFIX
from coaching.store.files.folder import Problem
from coaching.store.files.parquet import Content
from coaching.store.files.provenance import Version, highest
from coaching.store.files.read import Files
from coaching.store.files.row_set import union, without_erased
from coaching.text import visible

_MISSING = to_say(
    "is missing, and was there before; if a sync program is still at work, let it end, else put the file back from a "
    "backup; 'coaching check --without-missing' goes on without it"
)
_OLDER = to_say(
    "is older than what was kept last; if a sync program is still at work, let it end, else put the file back from a "
    "backup; 'coaching check --without-missing' goes on with this one"
)
_PUT_BACK = to_say(
    "was put back after its words were erased; it is not read, and goes when the workbook is opened next"
)
_TAKEN_OUT = to_say("had been put back after its words were erased; it was not read, and is taken out again")
_OLDER_CARD = to_say(
    "is older than the files beside it; if a sync program is still at work, let it end, else put the newer one back "
    "from a backup; 'coaching check --without-missing' goes on with this one"
)


@dataclass(frozen=True)
class Part:
    """What the files of one folder say of themselves.

    Parameters
    ----------
    versions
        Which one each of them is, by its name.
    present
        The highest number of each file.
    replaced
        The highest number of each file that another one has replaced.
    after
        What they name.
    card
        How often ``workbook.json`` had been changed when the newest was written.
    """

    versions: Mapping[str, Version]
    present: Mapping[str, int]
    replaced: Mapping[str, int]
    after: frozenset[Version]
    card: int

    @classmethod
    def of(cls, contents: Mapping[str, Content]) -> "Part":
        """Return it for the files of a folder that could be read."""
        provenances = [content.provenance for content in contents.values() if content.provenance]
        versions = {name: version for name in contents if (version := _version(name, contents[name]))}
        return cls(
            versions=versions,
            present=highest(versions.values()),
            replaced=highest(Version(*one) for provenance in provenances for one in provenance.replaces.items()),
            after=frozenset().union(*(provenance.after for provenance in provenances)),
            card=max((provenance.card for provenance in provenances), default=0),
        )


@dataclass(frozen=True)
class Expected:
    """What there should be, from elsewhere than the files themselves.

    Parameters
    ----------
    entries
        Versions that ``workbook.json``, the marks of the entries and the home name.
    drafts
        Versions that the marks of the drafts name, with the names of these drafts.
    card
        How often ``workbook.json`` had been changed.
    given_up
        Versions that were written, and taken away again as they could not be kept.
    """

    entries: Iterable[Version] = ()
    drafts: Mapping[Version, str] = field(default_factory=dict)
    card: int = 0
    given_up: Mapping[str, int] = field(default_factory=dict)


class Inventory:
    """Which files there are, against which there should be.

    Parameters
    ----------
    entries, drafts
        What the files of each folder say of themselves.
    expected
        What there should be, from elsewhere.
    """

    def __init__(self, entries: Part, drafts: Part, expected: Expected = Expected()) -> None:
        self._entries, self._drafts, self._expected = entries, drafts, expected
        named = {*entries.after, *drafts.after, *expected.entries, *expected.drafts}
        self.missing = frozenset(version for version in named if not self._is_there(version))

    @property
    def heads(self) -> frozenset[Version]:
        """The files of entries that no other one names."""
        return frozenset(self._entries.versions.values()) - self._entries.after

    @property
    def drafts(self) -> frozenset[Version]:
        """The drafts that are there."""
        return frozenset(self._drafts.versions.values())

    def is_named(self, version: Version) -> bool:
        """Tell whether a file of entries that is there names a version, or has replaced it."""
        return version in self._entries.after or version.number <= self._entries.replaced.get(version.file, -1)

    @property
    def replaced_entries(self) -> frozenset[str]:
        """Names of files of entries that another one has replaced, and that are there all the same."""
        return frozenset(name for name, version in self._entries.versions.items() if self._is_replaced(version))

    @property
    def replaced_drafts(self) -> frozenset[str]:
        """Names of drafts that a newer draft, an entry or another file has replaced."""
        newer, kept = self._drafts.present, self._entries.present
        return frozenset(
            name
            for name, version in self._drafts.versions.items()
            if self._is_replaced(version)
            or version.number < newer.get(version.file, 0)
            or version.number <= kept.get(version.file, -1)
        )

    @property
    def card(self) -> int:
        """How often ``workbook.json`` was changed, by what all others say."""
        return max(self._entries.card, self._drafts.card, self._expected.card)

    def is_of_newer_card(self, number: int) -> bool:
        """Tell whether ``workbook.json`` was changed more often than it says itself."""
        return self.card > number

    def is_done_with(self, version: Version) -> bool:
        """Tell whether a draft was closed, or written over or anew: nobody needs to look for it among the drafts."""
        kept = max(self._entries.present.get(version.file, -1), self._drafts.present.get(version.file, 0) - 1)
        return version.number <= kept or self._is_replaced(version)

    def problems(self, unread: Iterable[str]) -> tuple[Problem, ...]:
        """Return what is missing, but for files that are there and cannot be read.

        Parameters
        ----------
        unread
            The names of those.
        """
        unread_stems = {Path(name).stem for name in unread}
        problems = []
        for version in sorted(self.missing):
            draft = self._expected.drafts.get(version)
            if version.file not in unread_stems and Path(draft or "").stem not in unread_stems:
                place = f"drafts/{draft}" if draft else f"entries/{version.file}{SUFFIX}"
                is_older = version.file in self._drafts.present
                problems.append(Problem(place, _OLDER if is_older else _MISSING))
        return tuple(problems)

    def _is_there(self, version: Version) -> bool:
        highest_of_all = max(
            numbers.get(version.file, -1)
            for numbers in (
                self._entries.present,
                self._drafts.present,
                self._entries.replaced,
                self._drafts.replaced,
                self._expected.given_up,
            )
        )
        return version.number <= highest_of_all

    def _is_replaced(self, version: Version) -> bool:
        replaced = (self._entries.replaced.get(version.file, -1), self._drafts.replaced.get(version.file, -1))
        return version.number <= max(replaced)


def put_back(
    folder: str, files: Files, replaced: Iterable[str], standing: Sequence[pa.Table], *, is_taken_out: bool
) -> tuple[Problem, ...]:
    """Return which replaced files hold words that were erased since: only somebody who put them back can have done so.

    Parameters
    ----------
    folder
        What to call where they are.
    files
        The files of that folder.
    replaced
        The names of those that were replaced.
    standing
        What the files say that were not.
    is_taken_out
        Whether they go now.
    """
    tables = {name: files.contents[name].table for name in sorted(replaced)}
    if not tables:
        return ()
    places, reason = union(standing), _TAKEN_OUT if is_taken_out else _PUT_BACK
    has_erased = [name for name, rows in tables.items() if without_erased(rows, places).num_rows < rows.num_rows]
    return tuple(Problem(f"{folder}/{visible(name)}", reason) for name in has_erased)


def older_card(name: str) -> Problem:
    """Return what to say of a ``workbook.json`` that is older than the files beside it."""
    return Problem(name, _OLDER_CARD)


def _version(name: str, content: Content) -> Version | None:
    if content.provenance:
        return content.provenance.version
    stem = name.removesuffix(SUFFIX)
    return Version(stem) if IDENTITY.fullmatch(stem) else None
