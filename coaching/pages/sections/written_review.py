"""The written review: what the figures of a period say, in four to eight plain sentences.

It counts and quotes, and never judges. For others it has no sentence about what is not there: they may not be told.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.mission.tokens import is_content, is_punctuation
from coaching.metrics.mission.words import Counts, came_back, changes, counts, provenance, since_first
from coaching.pages.sections.written_promises import promises_in_words
from coaching.pages.sentences import QUOTED, Sentence, listed, quote, quoted, sentence
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.text import is_blank


def written_review(contents: PageSource) -> tuple[Sentence, ...]:
    """Return what the figures of the period say, as known on the day of the contents.

    The sessions, the promises that came to their day and the changes of the mission statement are those of the period;
    what is open or came true is told as it stands on the day of the contents.

    Returns
    -------
    tuple of Sentence
        Four to eight for the two of them: conversations, promises made and ended, those that came to their day, what is
        open, what the coach has promised, the mission statement, the words that stayed since the first one, what came
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


def facts(contents: PageSource) -> tuple[Sentence, ...]:
    """Return what of the written review stands on a first screen: sessions, promises, and what came true or is open."""
    if contents.is_empty or not (contents.for_others or _held(contents)):
        return written_review(contents)
    promised, _, still_open, _ = promises_in_words(contents)
    chosen = (_conversations(contents), promised, _came_true(contents) or still_open)
    return tuple(sentence(text) for text in chosen if text)


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
    if len(within) == 1:
        return _one_session(say_day(within[0]), [(within[0] - day).days for day in days if day < within[0]])
    return _several_sessions(within)


def _several_sessions(within: Sequence[date]) -> str:
    """Tell of the sessions of a period; one or two gaps are named, as they are no habit yet."""
    first, last = say_day(within[0]), say_day(within[-1])
    gaps = [(later - earlier).days for earlier, later in pairwise(within)]
    values = {"sessions": len(within), "first": first, "last": last}
    match gaps:
        case [gap]:
            return say_counted(
                "2 sessions took place, on {first} and {last}, {count} day apart.",
                "2 sessions took place, on {first} and {last}, {count} days apart.",
                gap,
                **values,
            )
        case [one, two] if one != two:
            return say(
                "3 sessions took place from {first} to {last}, {one} and {two} days apart.", one=one, two=two, **values
            )
    usual, longest = math.floor(median(gaps) + 0.5), max(gaps)
    if usual == longest:
        return say("{sessions} sessions took place from {first} to {last}, {usual} days apart.", usual=usual, **values)
    return say(
        "{sessions} sessions took place from {first} to {last}, usually {usual} days apart, at most {longest}.",
        usual=usual,
        longest=longest,
        **values,
    )


def _one_session(day: str, days_after: Sequence[int]) -> str:
    """Tell of the one session of a period; `days_after` are the days since each session before it."""
    if not days_after:
        return say("1 session took place, on {day}.", day=day)
    return say_counted(
        "1 session took place, on {day}, {count} day after the one before.",
        "1 session took place, on {day}, {count} days after the one before.",
        min(days_after),
        day=day,
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
    changed = len(within) - (versions[0] in within)
    return _changed(contents, place, changed, day)


def _changed(contents: PageSource, place: int, changed: int, day: str) -> str:
    """Tell how the version at a place, which came on a day, differs from the one before it."""
    versions = contents.versions
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
    values = {"day": day, "counts": _counted(total, came_back(contents.lineage[place], place))}
    match changed:
        case 1:
            return say("The mission statement changed once, on {day}: {counts}.", **values)
        case 2:
            return say("The mission statement changed twice, the last time on {day}: {counts}.", **values)
        case _:
            return say(
                "The mission statement changed {count} times, the last time on {day}: {counts}.",
                count=changed,
                **values,
            )


def _counted(total: Counts, back: Sequence[str]) -> str:
    """Say how many words of a version stayed, were let go and are new, and which of these came back."""
    parts = [
        (total.stayed, say_counted("{count} word stayed", "{count} words stayed", total.stayed)),
        (total.let_go, say_counted("{count} was let go", "{count} were let go", total.let_go)),
        (total.new, say_counted("{count} is new", "{count} are new", total.new)),
    ]
    counted_words = ", ".join(words for count, words in parts if count)
    if not back:
        return counted_words
    words = listed([quoted(word) for word in back], len(back))
    return say_counted(
        "{counts}; {count} came back: {words}",
        "{counts}; {count} came back: {words}",
        len(back),
        counts=counted_words,
        words=words,
    )


def _words_that_stayed(contents: PageSource) -> str | None:
    """Tell which words of the first statement were never away."""
    versions = contents.versions
    if len(versions) < 2:  # noqa: PLR2004 -- the first one alone says nothing of staying
        return None
    origin = since_first(contents.lineage[-1])
    day = say_day(versions[0].held_on)
    if not origin.stayed and origin.back:
        return say_counted(
            "No word has stayed since the first one of {day}; {count} was let go and came back.",
            "No word has stayed since the first one of {day}; {count} were let go and came back.",
            len(origin.back),
            day=day,
        )
    if not origin.stayed:
        return say("Since the first one of {day}, every word of it was found anew.", day=day)
    row = [word for word in contents.lineage[-1] if not is_punctuation(word.text)]
    runs = [run.text for run in provenance(row) if run.born == 0 and run.returned is None]
    quotes = [quoted(text) for text in runs if any(map(is_content, text.split()))]
    values = {"total": origin.total, "day": day, "words": listed(quotes, len(quotes))}
    if not quotes:
        return say_counted(
            "{count} of its {total} words has stayed since the first one of {day}.",
            "{count} of its {total} words have stayed since the first one of {day}.",
            origin.stayed,
            **values,
        )
    return say_counted(
        "{count} of its {total} words has stayed since the first one of {day}: {words}.",
        "{count} of its {total} words have stayed since the first one of {day}: {words}.",
        origin.stayed,
        **values,
    )


def _came_true(contents: PageSource) -> str | None:
    dreams = [
        dream
        for dream in map(contents.standing, contents["dream"])
        if dream["dream_status"] == "came_true" and dream["author"] == COACHEE and _has_words(dream, "title", "text")
    ]
    becomings = map(contents.standing, contents["becoming"])
    reached = [one for one in becomings if _is_reached(contents, one) and _has_words(one, "text")]
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
