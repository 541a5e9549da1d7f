"""Whose page it is, and who coaches them."""

from dataclasses import dataclass
from datetime import date

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.pages.source import COACHEE, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Coach:
    """One of the coaches, by their full name and what they are called by, since when, and what is noted of them."""

    identity: str
    name: str
    called: str
    when: str | None
    about: Words | None


@dataclass(frozen=True)
class Owner:
    """The coachee: `name` is None if the reader may not know it, `called` is what to say then."""

    name: Words | None
    called: str
    pronouns: Words | None
    about: Words | None


def owner(contents: PageSource) -> Owner:
    """Return whose page it is."""
    record = contents.coachee
    return Owner(
        contents.words(record, "name"),
        contents.name(COACHEE),
        contents.words(record, "pronouns"),
        contents.words(record, "text"),
    )


def coaches(contents: PageSource) -> tuple[Coach, ...]:
    """Return the coaches of whom there is anything to read."""
    return tuple(
        Coach(
            person["id"],
            name or say("The coach"),
            contents.called(person) or say("The coach"),
            _when(person, contents.asof),
            contents.words(person, "text"),
        )
        for person in contents.coaches
        if (name := contents.words(person, "name")) or contents.words(person, "text")
    )


def _when(coach: Record, asof: date) -> str | None:
    since, until = coach.get("since_on"), coach.get("until_on")
    if since is None:
        return None
    if until is None or until > asof:
        return say("since {day}", day=say_day(since))
    if until == since:
        return say("on {day}", day=say_day(since))
    return say("from {first} to {last}", first=say_day(since), last=say_day(until))
