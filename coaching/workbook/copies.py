"""The workbooks behind the form in which copies are handed out: what each kind of copy is, holds, and is written by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import regex

from coaching import formats, pages
from coaching.formats.sealing import Seal, how_to_open, is_sealed_name, sealed_name
from coaching.i18n import language, language_names, say, speaking
from coaching.l10n import in_words
from coaching.metrics.periods import ALL_TIME, last_day, parse_period
from coaching.model.entries import Handout
from coaching.model.sharing import Audience, DisclosedFields, Shared, share
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook import preview as previewing
from coaching.workbook.exports import SEALED, check_ending, check_not_there
from coaching.workbook.handouts import Recipient, opens_itself
from coaching.workbook.ledger import Clock
from coaching.workbook.own_file import own_file_taken, write_own_file
from coaching.workbook.preview import Group
from coaching.workbook.workbook import Workbook

#: What can be chosen: values and words.
Options = Sequence[tuple[str, str]]

_PAGE, PLAN = "page", "plan"
_ALL_OF_IT: Final = "Days, numbers and choices that belong to these lines are in it as well."


@dataclass(frozen=True)
class _Kind:
    """One kind of copy: what it is, what a file of it is called, what else it tells, and if it is data alone."""

    words: str
    file: str
    besides: str = ""
    is_data: bool = False

    @property
    def ending(self) -> str:
        return Path(self.file).suffix


#: By the ending of its files, but for the two pages, which end alike.
KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        _PAGE: _Kind("the summary of the chosen period, as a page", "coaching-summary.html"),
        PLAN: _Kind("the personal development plan, as a page", "development-plan.html"),
        ".zip": _Kind("the bundle: the plan, and all of it for other programs", "coaching-bundle.zip", _ALL_OF_IT),
        ".md": _Kind("the plan as plain text (Markdown)", "development-plan.md"),
        ".csv": _Kind("the promises as a table (CSV)", "promises.csv", is_data=True),
        ".ics": _Kind("the days of {name}’s promises, for a calendar", "promises.ics"),
        ".json": _Kind("all of it for other programs (JSON)", "coaching-workbook.json", _ALL_OF_IT, is_data=True),
    }
)


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
        Code and name of each language, the one that is spoken first.
    reader
        The other one of the pair.
    decides
        Who decides what others may read, as a sentence.
    own_file
        What the file of the coachee's own copy is called; nothing where the copy at hand is theirs already.
    """

    kinds: Options
    files: Mapping[str, str]
    spoken: frozenset[str]
    pages: frozenset[str]
    sealed: frozenset[str]
    languages: Options
    reader: str
    decides: str
    own_file: str


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
class Seen:
    """What will be seen, what else the file tells, and, in sentences, what is not in it."""

    groups: tuple[Group, ...]
    besides: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Written:
    """What to say of a file that was written; or, of one for the browser, its name and its bytes."""

    text: str
    name: str = ""
    content: bytes | None = None


class Copies:
    """What is handed out of workbooks.

    Parameters
    ----------
    find
        Returns the workbook with an id.
    clock
        Gives the local time.
    """

    def __init__(self, find: Callable[[str], Workbook], clock: Clock) -> None:
        self._find, self._clock = find, clock

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<copies of workbooks>"

    def offered(self, workbook: str) -> Offered:
        """Return what can be handed out of a workbook."""
        book = self._find(workbook)
        own = book.holder is Side.COACHEE
        return Offered(
            kinds=[(name, kind.words.format(name=book.called)) for name, kind in KINDS.items()],
            files={name: kind.file for name, kind in KINDS.items()},
            sealed=frozenset(name for name, kind in KINDS.items() if kind.ending in SEALED),
            spoken=frozenset(name for name, kind in KINDS.items() if not kind.is_data),
            pages=frozenset(name for name, kind in KINDS.items() if kind.ending == ".html"),
            languages=sorted(language_names(), key=lambda one: one[0] != language()),
            reader="your coach" if own else book.called,
            decides="You decide" if own else f"{book.called} decides",
            own_file="" if own else plan_file(book.called, self._clock().date(), say("own-copy")),
        )

    def seen(self, wanted: Wanted) -> Seen:
        """Return what those who are given a copy will see."""
        book = self._find(wanted.workbook)
        frames = book.closed_frames() if wanted.what == _PAGE else book.frames()
        shared = share(frames, Audience(wanted.audience))
        period = parse_period(wanted.period) if wanted.what == _PAGE else ALL_TIME
        fields = shown(wanted, shared, book.known_on(period))
        left_out = previewing.left_out(share(frames, Audience.PAIR), fields)
        return Seen(previewing.told(shared, fields), KINDS[wanted.what].besides, left_out)

    def choosable(self, workbook: str) -> tuple[Group, ...]:
        """Return the lines that belong to the pair, and that others may be allowed to read."""
        book = self._find(workbook)
        whole = previewing.everything(shared := book.shared(Audience.PAIR))
        return previewing.told(shared, whole, frozenset(entry.id for entry in book.handouts.choosable()))

    def open(self, workbook: str, identity: str, *, to_others: bool) -> None:
        """Let others read one line, or no longer."""
        self._find(workbook).handouts.open(identity, to_others=to_others)

    def write(self, wanted: Wanted, outgoing: Outgoing) -> Written:
        """Write a copy, or give it to the browser, note that it was handed out, and say where it is.

        Raises
        ------
        CoachingError
            If a file of this name is there already, which may be of somebody else, its ending is another than that of
            the copy, or it cannot be written.
        """
        seal, file = outgoing.seal, Path(outgoing.file.strip())
        if seal and not opens_itself(file, seal):
            file = sealed_name(file)
        check_ending(file, KINDS[wanted.what].ending)
        book, audience = self._find(wanted.workbook), Audience(wanted.audience)
        recipient = Recipient(audience, outgoing.whom.strip() or None, seal)
        return handed(
            file,
            seal,
            lambda target: book.handouts.write(target, self._content(wanted, outgoing), recipient),
            lambda: book.handouts.taken(file, self._content(wanted, outgoing), recipient),
        )

    def give_own(self, workbook: str, outgoing: Outgoing) -> Written:
        """Write the coachee's own copy, or give it to the browser, note that it was handed out, and say where it is.

        Raises
        ------
        CoachingError
            If a file of this name is there already, its name does not end in .html, the passphrase is easy to guess,
            or it cannot be written.
        """
        book, file = self._find(workbook), Path(outgoing.file.strip())
        passphrase = outgoing.seal.passphrase if outgoing.seal else None
        with speaking(outgoing.language):
            written = handed(
                file,
                None,
                lambda target: write_own_file(book, target, passphrase or ""),
                lambda: own_file_taken(book, file, passphrase or ""),
            )
        opens = say(
            "{name} opens it with any browser. Tell them the passphrase another way than you send the file.",
            name=book.called,
        )
        return replace(written, text=f"{written.text} {opens}")

    def page(self, wanted: Wanted, language: str) -> str:
        """Return a copy that is a page, as its readers will see it, in one of the languages; nobody is given it yet."""
        book, audience = self._find(wanted.workbook), Audience(wanted.audience)
        with speaking(language):
            return book.plan(audience) if wanted.what == PLAN else book.page(audience, wanted.period)

    def _content(self, wanted: Wanted, outgoing: Outgoing) -> str | bytes:
        if wanted.what in {_PAGE, PLAN}:
            return self.page(wanted, outgoing.language)
        book, audience = self._find(wanted.workbook), Audience(wanted.audience)
        with speaking(outgoing.language):
            return book.export(Path(KINDS[wanted.what].file), audience)

    def handed_out(self, workbook: str) -> Sequence[tuple[str, str]]:
        """Return the copies that were handed out, newest first: when and what, and for whom in words."""
        book = self._find(workbook)
        readers = {Visibility.PAIR: "the two of you", Visibility.OPEN: "others"}
        return [
            (" · ".join((*_on(one), f"for {readers[one.audience]}", one.form or "a file")), one.text or "")
            for one in book.handouts.all()
        ]


def plan_file(called: str, day: date, what: str = "plan") -> str:
    """Return what the file of a plan is called: with the person and the day, and no sign that a file name cannot have.

    Examples
    --------
    >>> plan_file("Marisol", date(2026, 11, 30)), plan_file("../Zoë 高橋", date(2026, 11, 30))
    ('plan-Marisol-2026-11-30.html', 'plan-Zoë-高橋-2026-11-30.html')
    """
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", called)
    return "-".join((what, *words, f"{day}.html"))


def shown(wanted: Wanted, shared: Shared, today: date) -> DisclosedFields:
    """Return which entries a copy shows, and which of their words, as was noted while it was made.

    Parameters
    ----------
    wanted
        Which copy.
    shared
        What its audience may read; nothing was made of it yet.
    today
        The day of which the copy speaks.
    """
    period = parse_period(wanted.period)
    makers: Mapping[str, Callable[[], object]] = {
        _PAGE: lambda: pages.quarter.view(shared, last_day(period, today), period),
        PLAN: lambda: pages.plan.view(shared, today),
        ".md": lambda: pages.markdown.plan(shared, asof=today),
        ".csv": lambda: formats.items_csv.write(shared, today),
        ".ics": lambda: formats.calendar.write(shared, Side.COACHEE.value, today),
    }
    if wanted.what not in makers:
        return previewing.everything(shared)
    makers[wanted.what]()
    return shared.disclosed.fields()


def handed(file: Path, seal: Seal | None, write: Callable[[Path], None], take: Callable[[], bytes]) -> Written:
    """Write a file where its name says; one without a folder goes to the browser, which asks or knows where.

    Raises
    ------
    CoachingError
        If a file of this name is there already, or it cannot be written.
    """
    opening = f" {how_to_open(file, by_identity=bool(seal and seal.recipients))}" if is_sealed_name(file) else ""
    if file.parent == Path():
        told = say("{file} goes to your browser’s downloads.", file=file)
        return Written(f"{told}{opening}", file.name, take())
    target = file.expanduser().absolute()
    check_not_there(target)
    write(target)
    return Written(f"Written: {target}{'.' if opening else ''}{opening}")


def _on(handout: Handout) -> list[str]:
    return [in_words(handout.held_on)] if handout.held_on else []
