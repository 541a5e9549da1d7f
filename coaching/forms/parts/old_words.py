"""Old words that return: what was said a year ago, how what goes on now began, and what is in the statement again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from coaching.forms.engine.blocks import Block, act, fold, lines, prose, section, shortened
from coaching.i18n import say, to_say
from coaching.l10n import in_words
from coaching.metrics.mission.statements import versions
from coaching.metrics.mission.tokens import is_content, key, stem, tokens
from coaching.metrics.threads import Thread
from coaching.metrics.timeline import sessions_held
from coaching.model.entries import Dream, Mission, Note, Session
from coaching.model.entry import Entry
from coaching.model.vocabulary import Kind, Segment, Side, ThreadKind, ThreadStatus, Topic, Visibility
from coaching.text import is_blank
from coaching.workbook.context import Context, Records

#: The buttons with which old words return no more, and return again.
NO_OLD_WORDS, OLD_WORDS = "no_old_words", "old_words_again"

_Line = tuple[str, Sequence[str], None]

#: So near to the same day of last year a session was "a year ago".
_NEAR = timedelta(days=21)
_KINDS = {
    ThreadKind.GOAL: to_say("goal"),
    ThreadKind.PLAN: to_say("plan"),
    ThreadKind.FAILURE: to_say("failure"),
    ThreadKind.DREAM: to_say("dream"),
    ThreadKind.BECOMING: to_say("who to become"),
}
#: More than these would be a list to work off.
_MOST = 7


def old_words(context: Context) -> list[Block]:
    """Return what returns before this session, which one click turns off for good; nothing where nothing does.

    Nothing of a failure ever does, and nothing by chance: the day, the threads and the statement say what.
    """
    if not context.has_old_words:
        return [act(OLD_WORDS, say("Show what was said once"), quiet=True)]
    returning = (
        (say("A year ago"), list(_a_year_ago(context))),
        (say("How what goes on began"), list(_first_words(context))),
        (say("In the statement again"), list(_came_back(context))),
    )
    parts = [section(title, [lines(told)]) for title, told in returning if told]
    off = act(NO_OLD_WORDS, say("Show no old words any more"), quiet=True)
    return [fold(say("What was said once"), [*parts, off], name="old_words", is_open=True)] if parts else []


def said_once(context: Context, records: Records) -> list[Block]:
    """Return the first words of a thread that moved in this session, for the card at its end; nothing if none did.

    What was told of it in words comes before a promise that serves it, and the coachee's threads before the coach's;
    of several the oldest. Of a failure, or of what was let go today, nothing returns.
    """
    moved = _moved(records)
    fitting = [(one, day) for one, day in _begun_earlier(context) if one.id in moved]
    if not (context.has_old_words and fitting):
        return []
    thread, day = min(fitting, key=lambda one: (moved[one[0].id], one[0].owner is Side.COACH, one[1], one[0].id))
    on, words = in_words(day, context.held_on), shortened(thread.words)
    if thread.owner is context.holder:
        told = say("You said on {day}: “{words}”", day=on, words=words)
    else:
        told = say("{name} said on {day}: “{words}”", name=context.party(thread.owner).name, day=on, words=words)
    return [prose(told, tone="once"), act(NO_OLD_WORDS, say("Show no old words any more"), quiet=True)]


def _moved(records: Records) -> Mapping[str, int]:
    """Return the ids of what moved in that part of a session that both may read: 0 where words say so, 1 elsewhere.

    That a promise serves who somebody wants to become says nothing of the session: every promise does.
    """
    said = [one for one in records.values() if one and one["visibility"] != Visibility.PRIVATE]
    told = [one for one in said if one["kind"] == Kind.PROGRESS]
    served = [one for one in said if one["kind"] == Kind.ITEM and one["owner"] and one["by"]]
    moved = {identity: 1 for one in served for identity in (one["dream"], one["goal"]) if identity}
    moved |= {one["about"]: int(is_blank(one["text"])) for one in told}
    return {identity: how for identity, how in moved.items() if identity not in _given_up(told)}


def _given_up(told: Iterable[Mapping[str, Any]]) -> set[str]:
    return {one["about"] for one in told if one["status"] in {ThreadStatus.RESTING, ThreadStatus.LET_GO}}


def _a_year_ago(context: Context) -> Iterator[_Line]:
    """Give what was told in the session nearest to this day of last year."""
    day = _a_year_before(context.held_on)
    sessions = [one for one in context.earlier.values() if isinstance(one, Session) and one.held_on]
    near = [(abs(one.held_on - day), one) for one in sessions if one.held_on and abs(one.held_on - day) <= _NEAR]
    if not near:
        return
    then = min(near, key=lambda pair: (pair[0], pair[1].id))[1]
    said = sorted((one for one in context.earlier.values() if one.session == then.id), key=_place)
    for entry, words in [(one, words) for one in said if (words := _told(one))][:_MOST]:
        about = f"{context.party(entry.author).name} · {in_words(then.held_on or day, context.held_on)}"
        yield about, [shortened(words)], None


def _place(entry: Entry) -> tuple[bool, int, str]:
    """Return what the words of a session are sorted by: the statement and dreams first, then as it went on."""
    is_note = isinstance(entry, Note)
    return is_note, list(Segment).index(entry.segment) if isinstance(entry, Note) else 0, entry.id


def _told(entry: Entry) -> str | None:
    """Return what somebody told with an entry: nothing of a failure or a promise, and nothing private."""
    if entry.visibility is Visibility.PRIVATE:
        return None
    if isinstance(entry, Note) and entry.topic in {Topic.GOAL, Topic.PLAN, Topic.JOY, Topic.DREAM, Topic.TAKEAWAY}:
        return entry.text
    if isinstance(entry, Dream):
        return entry.title or entry.text
    return entry.text if isinstance(entry, Mission) and entry.confirmed else None


def _first_words(context: Context) -> Iterator[_Line]:
    """Give the first words of what goes on, if they are older than the last session."""
    begun = [(one, day) for one, day in _begun_earlier(context) if not one.rests]
    for thread, day in begun[:_MOST]:
        about = " · ".join([context.party(thread.owner).name, _kind(thread), in_words(day, context.held_on)])
        yield about, [shortened(thread.words)], None


def _begun_earlier(context: Context) -> Iterator[tuple[Thread, date]]:
    """Give what both may read and is not over, if it is older than the last session, with the day it was told."""
    held = sessions_held(context.before, context.held_on)
    last = held[-1].id if held else None
    for one in context.threads:
        is_private = one.visibility == Visibility.PRIVATE
        if not (is_private or one.kind is ThreadKind.FAILURE or one.is_over or one.begun_in == last) and one.begun_on:
            yield one, one.begun_on


def _kind(thread: Thread) -> str:
    return say(_KINDS[thread.kind])


def _came_back(context: Context) -> Iterator[_Line]:
    """Give the words of the statement in force that it once had, and then had no more."""
    there = versions(context.before, context.held_on)
    said = [_content(one.text) for one in there]
    for word, as_written in said[-1].items() if said else ():
        once = [one for one, words in zip(there[:-2], said, strict=False) if word in words]
        if once and word not in said[-2]:
            then = once[-1]
            yield (
                say("“{as_written}” · as on {day}", as_written=as_written, day=in_words(then.held_on, context.held_on)),
                [shortened(then.text)],
                None,
            )


def _content(text: str) -> dict[str, str]:
    return {stem(key(one.text)): one.text for one in tokens(text)[0] if is_content(one.text) and not is_blank(one.text)}


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # on the 29th of February
        return day.replace(year=day.year - 1, day=28)
