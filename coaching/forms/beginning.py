"""Beginning: with whom, which session, and on what day; or, the very first time, making a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.forms.blocks import Block, Options, act, day, equals, pick, section, text
from coaching.forms.context import Context

PERSON, SESSION, DAY = "person", "session", "day"
NAME, COACH, MAKE = "name", "coach", "make"
NEW = "new"


@dataclass(frozen=True, repr=False)
class Choice:
    """What can be chosen before a session: the people (workbook id, name) and the sessions (id, in words) of one."""

    people: Sequence[tuple[str, str]]
    sessions: Sequence[tuple[str, str]]


def blocks(offered: Choice) -> list[Block]:
    """Return the form in which a session is chosen."""
    people: Options = [*offered.people, (NEW, "somebody new")]
    return [
        pick(PERSON, "With whom?", people),
        section("Somebody new", first_blocks(), when=[equals(PERSON, NEW)]),
        pick(SESSION, "Which session?", offered.sessions),
        day(DAY, "On"),
    ]


def values(context: Context) -> dict[str, str]:
    """Return what is chosen."""
    return {PERSON: context.workbook, SESSION: context.session, DAY: context.held_on.isoformat()}


def first_blocks() -> list[Block]:
    """Return the form in which a workbook is made."""
    return [
        text(NAME, "Who do you coach?", hint="The name by which you call them."),
        text(COACH, "And you are?", hint="Your own name, as it will stand on pages."),
        act(MAKE, "Make the workbook"),
    ]
