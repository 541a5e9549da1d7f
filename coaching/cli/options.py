"""How options are read: a value that cannot be meant is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import typer

from coaching.days import Lies, read_day
from coaching.errors import CoachingError
from coaching.i18n import LANGUAGES, either, say, to_say
from coaching.metrics.periods import Period, parse_period
from coaching.text import is_blank
from coaching.workbook.environment import local_time
from coaching.workbook.handover.offer import PromiseFate
from coaching.workbook.search.times import NO_TIME, read_time
from coaching.workbook.search.wish import kind_called, part_called

#: Days that can be meant; others are a slip of the finger, and figures would be counted for every quarter up to them.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LAST_PORT = 65535
#: What is said where a day was not understood.
NO_DAY = to_say("write a day of the calendar, such as 2025-12-31, or say it in words, such as 'in two weeks'")


@contextmanager
def value_of(option: str) -> Iterator[None]:
    """Turn what is wrong with the value of an option into an error of the command line that names the option."""
    try:
        yield
    except CoachingError as error:
        raise typer.BadParameter(str(error), param_hint=f"'{option}'") from None


def day_ahead(text: str) -> date:
    """Return the day that somebody has typed, in figures or in words; "Friday" is the coming one."""
    return _day(text, "ahead")


def day_back(text: str) -> date:
    """Return the day that somebody has typed, in figures or in words; "Friday" is the last one."""
    return _day(text, "back")


def _day(text: str, lies: Lies) -> date:
    try:
        typed = date.fromisoformat(text.strip())
    except ValueError:
        if read := read_day(text, local_time().date(), lies):
            return read
        raise typer.BadParameter(say(NO_DAY)) from None
    if not _FIRST_YEAR <= typed.year <= _LAST_YEAR:
        raise typer.BadParameter(
            say(
                "write a day between the years {first} and {last}",
                first=_FIRST_YEAR,
                last=_LAST_YEAR,
            )
        )
    return typed


def language(text: str) -> str:
    """Return the language that is meant."""
    if text not in LANGUAGES:
        raise typer.BadParameter(say("write {names}", names=either(LANGUAGES)))
    return text


def period(text: str) -> str:
    """Return the period as it was typed, once it is known that there is one."""
    try:
        return parse_period(text).name
    except CoachingError as error:
        raise typer.BadParameter(str(error).removeprefix("period: ").removesuffix(".")) from None


def stretch(text: str) -> Period:
    """Return the stretch of time that is meant, in figures or in words."""
    try:
        return read_time(text, local_time().date())
    except CoachingError:
        raise typer.BadParameter(say(NO_TIME)) from None


def part(text: str) -> str:
    """Return the name of a part of a session, once it is known that there is one."""
    try:
        return part_called(text).value
    except CoachingError as error:
        raise typer.BadParameter(str(error).removeprefix("part: ").removesuffix(".")) from None


def kind(text: str) -> str:
    """Return a kind of entry as it was typed, once it is known that there is one."""
    try:
        kind_called(text)
    except CoachingError as error:
        raise typer.BadParameter(str(error).removeprefix("kind: ").removesuffix(".")) from None
    return text


def port(number: str | int) -> int:
    """Return a number that a port can have."""
    typed = str(number).strip()
    if not (typed.isascii() and typed.isdecimal()) or int(typed) > _LAST_PORT:
        raise typer.BadParameter(say("write a number from 0 to {last}", last=_LAST_PORT))
    return int(typed)


def words(text: str) -> str:
    """Return words, which are not blank: who wants to say nothing leaves the option out."""
    if is_blank(text):
        raise typer.BadParameter(say("it is blank; write something, or leave the option out"))
    return text


def folder(text: str) -> Path:
    """Return a folder, which is there or can be made; a blank name would be the folder one is in."""
    place = file(text)
    try:
        is_folder = place.is_dir() or not place.exists()
    except OSError:
        raise typer.BadParameter(say("no folder can be called so; name another one")) from None
    if not is_folder:
        raise typer.BadParameter(say("a file is there; name a folder"))
    return place


def file(text: str) -> Path:
    """Return a file, whose name is not blank; many shells leave the ~ behind an equals sign as it is."""
    try:
        return Path(words(text)).expanduser()
    except RuntimeError:
        raise typer.BadParameter(say("it begins with ~ and a name that no account has; write the whole path")) from None


def page_file(text: str) -> Path:
    """Return the name of a page."""
    return _ending(text, ".html")


def total_file(text: str) -> Path:
    """Return the name of a total of counts."""
    return _ending(text, ".parquet")


def bundle_file(text: str) -> Path:
    """Return the name of a bundle, which has one more ending where it is sealed."""
    return _ending(text, ".zip", ".zip.age")


def promise(text: str) -> str:
    """Return what is to become of a promise, once it is known that it says so."""
    name, _, how = text.partition("=")
    if not name.strip() or how.partition(":")[0] not in set(PromiseFate):
        shown = ", ".join(f"I07={one}" for one in PromiseFate)
        raise typer.BadParameter(say("write which promise, and what becomes of it: {examples}", examples=shown))
    return text


def _ending(text: str, *endings: str) -> Path:
    place = file(str(text))
    if not place.name.lower().endswith(endings) or place.name.lower() in endings:
        raise typer.BadParameter(say("write the name of a file that ends in {ending}", ending=endings[0]))
    return place
