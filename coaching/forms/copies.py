"""What is shown of a copy before it is handed out, and what the form needs of the workbooks behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from coaching.forms.blocks import Options
from coaching.sealing import Seal


@dataclass(frozen=True, repr=False)
class Line:
    """One entry as its readers see it.

    Parameters
    ----------
    identity
        Its id.
    about
        Who said it, and what kind it is.
    words
        What it says; nothing where it only counts.
    is_open
        Whether others may read it, and not the two alone.
    """

    identity: str
    about: str
    words: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, repr=False)
class Group:
    """The lines of one session, or of none."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, repr=False)
class Seen:
    """What will be seen, what else the file tells, and, in sentences, what is not in it."""

    groups: tuple[Group, ...]
    besides: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Offered:
    """What can be handed out of a workbook.

    Parameters
    ----------
    kinds
        Name and words of each kind of copy.
    files
        By name of the kind, what a file of it is called unless somebody says otherwise.
    spoken
        The kinds that hold sentences besides people's words, which can be in any of the `languages`.
    pages
        The kinds that open themselves, in any browser, if they have a passphrase.
    sealed
        The kinds that are sealed unless somebody says otherwise.
    languages
        Code and name of each language.
    reader
        The other one of the pair.
    decides
        Who decides what others may read, as a sentence.
    """

    kinds: Options
    files: Mapping[str, str]
    spoken: frozenset[str]
    pages: frozenset[str]
    sealed: frozenset[str]
    languages: Options
    reader: str
    decides: str


@dataclass(frozen=True, repr=False)
class Wanted:
    """Which copy: of what workbook and period, of what kind, and for whom."""

    workbook: str
    period: str
    what: str
    audience: str


@dataclass(frozen=True, repr=False)
class Outgoing:
    """How a copy leaves.

    Parameters
    ----------
    file
        As which file; without a folder it goes to the browser.
    whom
        For whom, in words.
    language
        The code of the language that its own sentences are in.
    seal
        What it opens with; without one, whoever has it can read it.
    """

    file: str
    whom: str
    language: str
    seal: Seal | None


@dataclass(frozen=True, repr=False)
class Written:
    """What to say of a file that was written; or, of one for the browser, its name and its bytes."""

    text: str
    name: str = ""
    content: bytes | None = None


class Copies(Protocol):
    """What the form needs of the workbooks behind it."""

    def offered(self, workbook: str) -> Offered:
        """Return what can be handed out."""

    def seen(self, wanted: Wanted) -> Seen:
        """Return what those who are given a copy will see."""

    def choosable(self, workbook: str) -> tuple[Group, ...]:
        """Return the lines that others may be allowed to read."""

    def open(self, workbook: str, identity: str, *, to_others: bool) -> None:
        """Let others read one line, or no longer; it is on disk when this returns."""

    def write(self, wanted: Wanted, outgoing: Outgoing) -> Written:
        """Write the copy, or return it for the browser, note that it was handed out, and say where it is."""

    def handed_out(self, workbook: str) -> Sequence[tuple[str, str]]:
        """Return the copies that were handed out, newest first: when and what, and for whom in words."""
