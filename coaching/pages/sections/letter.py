"""The first screen of a review, as a letter: sentence, becoming, dreams that move, three facts, what to ask next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.model.vocabulary import BecomingStatus, DreamStatus
from coaching.pages.sections import plan_items, statements
from coaching.pages.sections.plan_threads import Moved, moved
from coaching.pages.sections.statements import Earlier, Today
from coaching.pages.sections.written_review import facts
from coaching.pages.sentences import Sentence, quoted, sentence
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.pages.words import Words

#: How many of each stand on the first screen; the plan and the figures have all of them.
_MOST = 3


@dataclass(frozen=True)
class LivingDream:
    """A dream that is alive, and the last that was told of it."""

    name: Words
    last: Moved | None


@dataclass(frozen=True)
class Letter:
    """What a review begins with; what is None or empty has nothing to show.

    Attributes
    ----------
    sentence, before
        The statement in force, and the one that it took the place of in the period.
    becoming
        Who the coachee is on the way to become.
    dreams
        Those that are alive, what was told last of each, the latest first.
    facts
        Three sentences of the written review.
    questions
        What could be asked next, for the two of them alone.
    """

    sentence: Today | None
    before: Earlier | None
    becoming: tuple[Words, ...]
    dreams: tuple[LivingDream, ...]
    facts: tuple[Sentence, ...]
    questions: tuple[Sentence, ...]


def letter(contents: PageSource) -> Letter:
    """Return what a review of the period begins with, as known on the day of the contents."""
    becoming = plan_items.on_the_way(contents)
    return Letter(
        sentence=statements.in_force(contents),
        before=_before(contents),
        becoming=tuple(one.text for one in becoming[:_MOST]),
        dreams=tuple(_living_dreams(contents))[:_MOST],
        facts=facts(contents),
        questions=() if contents.for_others else tuple(map(sentence, _questions(contents)))[:_MOST],
    )


def _before(contents: PageSource) -> Earlier | None:
    """Return the statement before today's, if today's came in the period."""
    earlier = statements.earlier(contents)
    if not earlier or contents.versions[-1].held_on not in contents.period:
        return None
    return earlier[0]


def _alive(contents: PageSource) -> list[Record]:
    """Return the coachee's living dreams, the one of which something was told last first."""
    dreams = [
        dream
        for dream in map(contents.standing, contents["dream"])
        if (dream["author"], dream["dream_status"]) == (COACHEE, DreamStatus.ACTIVE)
    ]
    return sorted(dreams, key=lambda dream: _last_day(contents, dream), reverse=True)


def _last_day(contents: PageSource, dream: Record) -> date:
    told: date = dream.get("held_on", date.min)
    return max([told, *(step.on for step in contents.steps.get(dream["id"], ()) if step.on)])


def _living_dreams(contents: PageSource) -> Iterator[LivingDream]:
    for dream in _alive(contents):
        if name := contents.dream_name(dream):
            lines = moved(contents, dream)
            yield LivingDream(name, lines[-1] if lines else None)


def _questions(contents: PageSource) -> Iterator[str]:
    """Yield questions about what is there: a promise whose day is over, a dream, a becoming; else those that begin."""
    yield from _about_promise(contents)
    if dreams := [name for dream in _alive(contents) if (name := contents.dream_name(dream))]:
        yield say("{dream}: what would you love to see of it next?", dream=quoted(dreams[0]))
    else:
        yield say("What do you love doing so much that you forget the time?")
    becoming = [
        one
        for one in map(contents.standing, contents["becoming"])
        if one["becoming_status"] == BecomingStatus.ACTIVE and contents.words(one, "text")
    ]
    if becoming:
        served = set(contents.states.loc[contents.states["state"] == "open", "becoming"].dropna())
        waiting = [one for one in becoming if one["id"] not in served]
        words = quoted(contents.words((waiting or becoming)[0], "text") or "")
        if waiting:
            yield say("{becoming}: what would be a first small step?", becoming=words)
        else:
            yield say("{becoming}: where did you meet yourself so lately?", becoming=words)
    else:
        yield say("Who do you want to become next?")
    if not contents.versions:
        yield say("What makes you wake up and enjoy what you do?")


def _about_promise(contents: PageSource) -> Iterator[str]:
    """Yield a question about the coachee's promise that is past its day for longest."""
    states = contents.states
    past = states.loc[(states["outcome"] == "overdue") & (states["owner"] != COACH)].sort_values(["due", "agreed"])
    for row in past.to_dict("records"):
        if what := contents.words(contents.one("item", row["id"]), "what"):
            if row["due_moves"] > 1:
                yield say("{what}: still yours?", what=quoted(what))
            else:
                yield say(
                    "{what}, by {day}: is it done, does it need another day, or may it go?",
                    what=quoted(what),
                    day=say_day(row["due"].date(), "no_year"),
                )
            return
