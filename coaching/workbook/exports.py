"""The forms in which a workbook can be written as a file: the ending of its name says which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coaching import formats, pages
from coaching.errors import CoachingError, InterchangeError
from coaching.formats.sealing import ENDING, inner_name
from coaching.i18n import either
from coaching.metrics.periods import ALL_TIME
from coaching.model.sharing import Audience, Shared
from coaching.model.vocabulary import Side
from coaching.places import is_there


@dataclass(frozen=True, repr=False)
class Copy:
    """What is written down of a workbook.

    Attributes
    ----------
    shared
        What the audience may read, each entry in its current state.
    whole
        The same for other copies of the workbook: for the holder every revision, for the pair their numbers.
    workbook
        The workbook's ULID.
    holder
        Whose copy it is written from.
    side
        Whose due dates a calendar holds.
    asof
        The day of which the file speaks.
    """

    shared: Shared
    whole: Shared
    workbook: str
    holder: Side
    side: Side
    asof: date


@dataclass(frozen=True)
class Form:
    """One form: who it is for unless said otherwise, for whom it can be, and how it is written."""

    write: Callable[[Copy], str | bytes]
    default: Audience = Audience.PAIR
    audiences: tuple[Audience, ...] = tuple(Audience)


def form_of(file: Path, *, tasks: bool = False) -> Form:
    """Return the form that the ending of a file's name says; of a sealed one, the ending before ``.age``.

    Parameters
    ----------
    file
        Its name.
    tasks
        Whether it is to be the action items alone, for Obsidian; such a file ends in ``.md``.

    Raises
    ------
    InterchangeError
        If there is no such form: the file would be replaced by what its name does not say.
    """
    if tasks:
        check_ending(file, ".md")
        return TASKS
    form = FORMS.get(inner_name(file).suffix.lower())
    if form is None:
        raise InterchangeError(
            "'{file}' cannot be written: its name must end in {endings}, and {ending} behind that if it is sealed.",
            file=file,
            endings=either(tuple(FORMS)),
            ending=ENDING,
        )
    return form


def check_ending(file: Path, ending: str) -> None:
    """Refuse a file of another kind, sealed or not: it would be replaced by what its name does not say.

    Raises
    ------
    InterchangeError
        If its name does not end so.
    """
    if inner_name(file).suffix.lower() != ending:
        raise InterchangeError("'{file}' cannot be written: its name must end in {ending}.", file=file, ending=ending)


def check_not_there(file: Path) -> None:
    """Refuse the name of a file that is there: it may be of somebody else.

    Raises
    ------
    CoachingError
        If there is one.
    """
    if is_there(file):
        raise CoachingError("'{file}' is there already; choose another name.", file=file)


def check_has_events(file: Path, content: str | bytes, side: Side) -> None:
    """Refuse a calendar without any event: some calendars refuse such a file, and none shows anything of it.

    Raises
    ------
    InterchangeError
        If the file is a calendar that says nothing.
    """
    if inner_name(file).suffix.lower() == ".ics" and isinstance(content, bytes) and b"BEGIN:VEVENT" not in content:
        raise InterchangeError("There is no calendar to write yet: no promise of the {side} has a day.", side=side)


def audience_of(file: Path, wanted: Audience | None) -> Audience:
    """Return for whom a file is written.

    Raises
    ------
    InterchangeError
        If there is no such form, or it is never written for them.
    """
    form = form_of(file)
    audience = wanted or form.default
    if audience not in form.audiences:
        raise InterchangeError(
            "'{file}' cannot be written: a bundle leaves your hands, so it is made for {audiences}. For a "
            "copy of your own with everything in it, write a .json file, or 'coaching backup'.",
            file=file,
            audiences=either(form.audiences),
        )
    return audience


def as_json(copy: Copy) -> str:
    """Return the workbook's own form, without loss for the holder."""
    return formats.write(copy.whole, copy.workbook, copy.holder.value)


def _as_page(copy: Copy) -> str:
    return pages.summary_page(copy.shared, asof=copy.asof, period=ALL_TIME)


def as_plan_page(copy: Copy) -> str:
    """Return the personal development plan as a page."""
    return pages.plan_page(copy.shared, asof=copy.asof)


def _as_table(copy: Copy) -> str:
    return formats.items_csv.write(copy.shared, copy.asof)


def _as_calendar(copy: Copy) -> bytes:
    return formats.calendar.write(copy.shared, copy.side.value, copy.asof)


def _as_tasks(copy: Copy) -> str:
    return pages.tasks(copy.shared, asof=copy.asof)


def _as_markdown(copy: Copy) -> str:
    return pages.markdown.plan(copy.shared, asof=copy.asof)


def _as_bundle(copy: Copy) -> bytes:
    members: dict[str, str | bytes] = {
        "plan.html": as_plan_page(copy),
        "items.csv": _as_table(copy),
        "items.ics": _as_calendar(copy),
        formats.bundle.WORKBOOK: as_json(copy),
    }
    return formats.bundle.write(members, copy.shared.audience.value)


#: The action items alone, with the marks of another tool from which they can come in again.
TASKS: Final = Form(_as_tasks)
#: What leaves the pair as a whole is sealed unless somebody says otherwise.
SEALED: Final = frozenset({".zip"})
#: The forms by the ending of a file's name.
FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        ".json": Form(as_json, default=Audience.HOLDER),
        ".html": Form(_as_page),
        ".md": Form(_as_markdown),
        ".csv": Form(_as_table),
        ".ics": Form(_as_calendar),
        ".zip": Form(_as_bundle, audiences=(Audience.PAIR, Audience.OPEN)),
    }
)
