"""What is still open in a plan, instead of a score; what nobody needs, such as goals of the company, is no gap."""

from collections.abc import Iterator
from dataclasses import dataclass

from coaching.i18n import say, say_counted
from coaching.l10n import in_words, say_day
from coaching.model.vocabulary import BecomingStatus, DreamStatus
from coaching.pages.sections.plan_items import Agreement
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Gap:
    """Something that waits for its time, about a dream if there is one."""

    text: str
    about: Words | None = None


def gaps(contents: PageSource, agreed: Agreement | None) -> tuple[Gap, ...]:
    """Return what is open.

    Parameters
    ----------
    contents
        What the two of them may read.
    agreed
        The agreement, None if there is none to read.
    """
    return tuple(_gaps(contents, agreed))


def next_review(contents: PageSource) -> str | None:
    """Say with what the next conversation begins; None if nothing has a day."""
    states = contents.states
    due = states.loc[states["state"] == "open", "due"].dropna()
    if due.empty:
        return None
    first = due.min().date()
    if first > contents.asof:
        return say("The next agreed day is {day}. The conversation after it begins there.", day=say_day(first))
    return say("The next conversation begins with what was agreed for {day}.", day=say_day(first))


def next_meeting(contents: PageSource) -> str | None:
    """Say when the two meet again, as the last session said; None if it said no day, or one that is over."""
    held = [session for session in contents["session"] if "held_on" in session]
    last: Record = max(held, key=lambda session: (session["held_on"], session.get("number", 0)), default={})
    day = last.get("next_on")
    return say("You meet again on {day}.", day=in_words(day, contents.asof)) if day and day >= contents.asof else None


def _gaps(contents: PageSource, agreed: Agreement | None) -> Iterator[Gap]:
    if agreed is None:
        yield Gap(say("An agreement in writing: what may be written down, and who may read it."))
    if not contents.versions:
        yield Gap(say("A mission statement. It is written at the end of the Dreams part, when its time has come."))
    if not contents["dream"]:
        yield Gap(say("A dream. The Dreams part asks what each of you loves doing; a dream needs no plan."))
    if not any(
        one["becoming_status"] == BecomingStatus.ACTIVE and contents.words(one, "text")
        for one in map(contents.standing, contents["becoming"])
    ):
        yield Gap(say("Who to become next. “Who does what by when” begins with it."))
    yield from _actions(contents)


def _actions(contents: PageSource) -> Iterator[Gap]:
    states = contents.states
    still = states.loc[states["state"] == "open"]
    for dream in map(contents.standing, contents["dream"]):
        wanted = dream["dream_status"] == DreamStatus.ACTIVE and dream.get("wants_plan") is True
        if wanted and dream["author"] == COACHEE and dream["id"] not in set(still["dream"]):
            yield Gap(say("A next step for the dream:"), contents.dream_name(dream))
    if not (still["owner"] == COACHEE).any():
        yield Gap(say("A next step: what to do, by whom, by which day."))
    if not (still["owner"] == COACH).any():
        yield Gap(say("A promise by the coach."))
    if late := int((states["outcome"] == "overdue").sum()):
        yield Gap(
            say_counted(
                "{count} promise past its day: done, moved, or let go?",
                "{count} promises past their day: done, moved, or let go?",
                late,
            )
        )
    if drafts := int((states["outcome"] == "draft").sum()):
        yield Gap(
            say_counted(
                "{count} draft that waits for a what, an owner or a day.",
                "{count} drafts that wait for a what, an owner or a day.",
                drafts,
            )
        )
