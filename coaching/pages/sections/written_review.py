"""The written review: what the figures of a period say, in four to eight plain sentences.

It counts and quotes, and never judges. For others it has no sentence about what is not there: they may not be told.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from statistics import median

from coaching.i18n import say, say_counted, say_day
from coaching.metrics.mission.tokens import is_content, is_punctuation
from coaching.metrics.mission.words import changes, counts, provenance
from coaching.pages.sections.written_promises import promises_in_words
from coaching.pages.sentences import QUOTED, Sentence, listed, quote, quoted, sentence
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.text import is_blank


def written_review(contents: PageSource) -> tuple[Sentence, ...]:
    """Return what the figures of the period say, as known on the day of the contents.

    The sessions, the promises that came to their day and the changes of the mission statement are those of the period;
    what is open, owed or came true is told as it stands on the day of the contents.

    Returns
    -------
    tuple of Sentence
        Four to eight for the two of them: conversations, promises made and ended, those that came to their day, what is
        carried over, what the coach owes, the mission statement, the words that stayed since the first one, what came
        true. Before the first session they say what to do next. Others get a sentence only where something was opened
        for them.
    """
    if contents.is_empty or not (contents.for_others or _held(contents)):
        sentences: Iterable[str | None] = () if contents.for_others else _beginning(contents)
    else:
        sentences = (
            _conversations(contents),
            *promises_in_words(contents),
            _statement(contents),
            _words_that_stayed(contents),
            _came_true(contents),
        )
    return tuple(sentence(text) for text in sentences if text)


def _beginning(contents: PageSource) -> Iterator[str]:
    yield say("There was no session yet.")
    yield say("Open the session notebook, and begin with what may be written and used.")
    yield say(
        "{coach} goes first in each part: a plan, a goal or a failure, and a dream.", coach=quote(contents.name(COACH))
    )
    yield say("What you promise each other, and how the mission statement grows, will be told here.")


def _conversations(contents: PageSource) -> str | None:
    days, period = _held(contents), contents.period
    within = [day for day in days if day in period]
    if not days:
        return None
    if not within:
        before = [day for day in days if period.start is not None and day < period.start]
        return (
            say("No session took place in this time; the one before was on {day}.", day=say_day(before[-1]))
            if before
            else say("No session took place in this time.")
        )
    gaps = [(later - earlier).days for earlier, later in pairwise(days) if later in period]
    first, last = say_day(within[0]), say_day(within[-1])
    if len(within) == 1:
        return (
            say_counted(
                "1 session took place, on {day}, {count} day after the one before.",
                "1 session took place, on {day}, {count} days after the one before.",
                gaps[0],
                day=first,
            )
            if gaps
            else say("1 session took place, on {day}.", day=first)
        )
    usual, longest = math.floor(median(gaps) + 0.5), max(gaps)
    values = {"sessions": len(within), "first": first, "last": last, "usual": usual, "longest": longest}
    if usual == longest:
        return say("{sessions} sessions took place from {first} to {last}, usually {usual} days apart.", **values)
    return say(
        "{sessions} sessions took place from {first} to {last}, usually {usual} days apart, at most {longest}.",
        **values,
    )


def _statement(contents: PageSource) -> str | None:
    versions, period = contents.versions, contents.period
    if not versions:
        words = say("There is no mission statement yet; it may be written when the Dreams part ends.")
        return None if contents.for_others else words
    within = [version for version in versions if version.held_on in period]
    if not within:
        return say("The mission statement has stayed as it was since {day}.", day=say_day(versions[-1].held_on))
    place = len(versions) - 1
    day = say_day(versions[place].held_on)
    total = counts(changes(versions[max(0, place - 1)].text, versions[place].text))
    if place == 0:
        return say_counted(
            "The first mission statement was written on {day}, in {count} word.",
            "The first mission statement was written on {day}, in {count} words.",
            total.stayed,
            day=day,
        )
    if total.let_go == total.new == 0:
        return say("The mission statement was taken up again on {day}, in the same words.", day=day)
    return say_counted(
        "The mission statement changed once, on {day}; words kept {stayed}, let go {let_go}, new {new}.",
        "The mission statement changed {count} times, the last time on {day}; words kept {stayed}, let go {let_go}, "
        "new {new}.",
        len(within) - (versions[0] in within),
        day=day,
        stayed=total.stayed,
        let_go=total.let_go,
        new=total.new,
    )


def _words_that_stayed(contents: PageSource) -> str | None:
    """Tell which words of the first statement were never away."""
    versions = contents.versions
    if len(versions) < 2:  # noqa: PLR2004 -- the first one alone says nothing of staying
        return None
    row = [word for word in contents.lineage[-1] if not is_punctuation(word.text)]
    first = [word for word in row if word.born == 0]
    staying = [word for word in first if word.returned is None]
    if first and not staying:
        return say_counted(
            "No word has stayed since the first one of {day}; {count} was let go and came back.",
            "No word has stayed since the first one of {day}; {count} were let go and came back.",
            len(first),
            day=say_day(versions[0].held_on),
        )
    if not staying:
        return say("Since the first one of {day}, every word of it was found anew.", day=say_day(versions[0].held_on))
    runs = [run.text for run in provenance(row) if run.born == 0 and run.returned is None]
    quotes = [quoted(text) for text in runs if any(map(is_content, text.split()))]
    values = {"total": len(row), "day": say_day(versions[0].held_on), "words": listed(quotes, len(quotes))}
    if not quotes:
        return say_counted(
            "{count} of its {total} words has stayed since the first one of {day}.",
            "{count} of its {total} words have stayed since the first one of {day}.",
            len(staying),
            **values,
        )
    return say_counted(
        "{count} of its {total} words has stayed since the first one of {day}: {words}.",
        "{count} of its {total} words have stayed since the first one of {day}: {words}.",
        len(staying),
        **values,
    )


def _came_true(contents: PageSource) -> str | None:
    dreams = [
        dream
        for dream in contents["dream"]
        if dream["dream_status"] == "came_true" and dream["author"] == COACHEE and _has_words(dream, "title", "text")
    ]
    reached = [one for one in contents["becoming"] if _is_reached(contents, one) and _has_words(one, "text")]
    records = [*dreams, *reached]
    for record in records:
        contents.shared.count(record)
    quotes = [_in_quotes(contents, record) for record in records[:QUOTED]]
    return (
        say_counted(
            "{count} has come true by now: {what}.",
            "{count} have come true by now: {what}.",
            len(records),
            what=listed(quotes, len(records)),
        )
        if records
        else None
    )


def _is_reached(contents: PageSource, becoming: Record) -> bool:
    """Say whether a becoming was reached, and not in a session of a later day."""
    until = becoming.get("until")
    return becoming["becoming_status"] == "reached" and (until is None or bool(contents.one("session", until)))


def _has_words(record: Record, *names: str) -> bool:
    return not all(is_blank(record.get(name)) for name in names)


def _in_quotes(contents: PageSource, record: Record) -> str:
    if record["kind"] == "dream":
        return say("the dream {words}", words=quoted(contents.dream_name(record) or ""))
    return say("the becoming {words}", words=quoted(contents.words(record, "text") or ""))


def _held(contents: PageSource) -> list[date]:
    return sorted(session["held_on"] for session in contents["session"] if "held_on" in session)
