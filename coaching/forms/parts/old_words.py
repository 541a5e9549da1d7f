"""Old words that return: what was said a year ago, how what goes on now began, and what is in the statement again."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coaching.forms.engine.blocks import Block, fold, lines, section, shortened
from coaching.i18n import in_words
from coaching.metrics.mission.statements import versions
from coaching.metrics.mission.tokens import is_content, key, stem, tokens
from coaching.metrics.threads import Thread
from coaching.metrics.timeline import sessions_held
from coaching.model.entries import Dream, Mission, Note, Session
from coaching.model.entry import Entry
from coaching.model.vocabulary import ThreadKind, Topic, Visibility
from coaching.text import is_blank
from coaching.workbook.context import Context

_Line = tuple[str, Sequence[str], None]

#: So near to the same day of last year a session was "a year ago".
_NEAR = timedelta(days=21)
#: More than these would be a list to work off.
_MOST = 7


def old_words(context: Context) -> list[Block]:
    """Return what returns before this session, which one click folds away; nothing where nothing does.

    Nothing of a failure ever does, and nothing by chance: the day, the threads and the statement say what.
    """
    returning = (
        ("A year ago", list(_a_year_ago(context))),
        ("How what goes on began", list(_first_words(context))),
        ("In the statement again", list(_came_back(context))),
    )
    parts = [section(title, [lines(told)]) for title, told in returning if told]
    return [fold("What was said once", parts, name="old_words", is_open=True)] if parts else []


def _a_year_ago(context: Context) -> Iterator[_Line]:
    """Give what was told in the session nearest to this day of last year."""
    day = _a_year_before(context.held_on)
    sessions = [one for one in context.earlier.values() if isinstance(one, Session) and one.held_on]
    near = [(abs(one.held_on - day), one) for one in sessions if one.held_on and abs(one.held_on - day) <= _NEAR]
    if not near:
        return
    then = min(near, key=lambda pair: (pair[0], pair[1].id))[1]
    said = sorted((one for one in context.earlier.values() if one.session == then.id), key=lambda one: one.id)
    for entry, words in [(one, words) for one in said if (words := _told(one))][:_MOST]:
        about = f"{context.party(entry.author).name} · {in_words(then.held_on or day, context.held_on)}"
        yield about, [shortened(words)], None


def _told(entry: Entry) -> str | None:
    """Return what somebody told with an entry: nothing of a failure or a promise, and nothing private."""
    if entry.visibility is Visibility.PRIVATE:
        return None
    if isinstance(entry, Note) and entry.topic in {Topic.GOAL, Topic.PLAN, Topic.DREAM, Topic.TAKEAWAY}:
        return entry.text
    if isinstance(entry, Dream):
        return entry.title or entry.text
    return entry.text if isinstance(entry, Mission) and entry.confirmed else None


def _first_words(context: Context) -> Iterator[_Line]:
    """Give the first words of what goes on, if they are older than the last session."""
    held = sessions_held(context.before, context.held_on)
    last = held[-1].id if held else None
    begun = [(one, one.begun_on) for one in context.threads if _goes_on(one) and one.begun_in != last]
    for thread, day in [(one, day) for one, day in begun if day][:_MOST]:
        about = " · ".join([context.party(thread.owner).name, _kind(thread), in_words(day, context.held_on)])
        yield about, [shortened(thread.words)], None


def _goes_on(thread: Thread) -> bool:
    is_private = thread.visibility == Visibility.PRIVATE
    return not (is_private or thread.kind is ThreadKind.FAILURE or thread.is_over or thread.rests)


def _kind(thread: Thread) -> str:
    return "who to become" if thread.kind is ThreadKind.BECOMING else thread.kind.value


def _came_back(context: Context) -> Iterator[_Line]:
    """Give the words of the statement in force that it once had, and then had no more."""
    there = versions(context.before, context.held_on)
    said = [_content(one.text) for one in there]
    for word, as_written in said[-1].items() if said else ():
        once = [one for one, words in zip(there[:-2], said, strict=False) if word in words]
        if once and word not in said[-2]:
            then = once[-1]
            yield f"“{as_written}” · as on {in_words(then.held_on, context.held_on)}", [shortened(then.text)], None


def _content(text: str) -> dict[str, str]:
    return {stem(key(one.text)): one.text for one in tokens(text)[0] if is_content(one.text) and not is_blank(one.text)}


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # on the 29th of February
        return day.replace(year=day.year - 1, day=28)
