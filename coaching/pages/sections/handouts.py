"""The sharing log: which copies were handed out, for those of whom they speak."""

from dataclasses import dataclass

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.pages.source import PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class HandedOut:
    """One copy: when, what and for which readers, and, in its holder's own copy alone, for whom in words."""

    day: str
    what: str
    whom: Words | None


def handed_out(contents: PageSource) -> tuple[HandedOut, ...]:
    """Return the copies of which the readers may know, newest first; none to others, who are not told who has one."""
    if contents.for_others:
        return ()
    return tuple(_handed_out(contents, record) for record in reversed(contents["handout"]))


def _handed_out(contents: PageSource, record: Record) -> HandedOut:
    day = record.get("held_on")
    return HandedOut(
        day=say_day(day, "short") if day else say("no day"),
        what=_what(record),
        whom=contents.words(record, "text"),
    )


def _what(record: Record) -> str:
    forms = {
        ".html": say("a page"),
        ".zip": say("a bundle"),
        ".md": say("the plan as text"),
        ".csv": say("the promises as a table"),
        ".ics": say("days for a calendar"),
        ".json": say("a file for other programs"),
    }
    what = forms.get(record.get("form", ""), say("a file"))
    return say("{what}, for others", what=what) if record["audience"] == "open" else say("{what}, for both", what=what)
