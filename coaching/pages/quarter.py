"""Everything the summary shows, as one frozen view: `Shared` in, plain words out; the templates only lay it out."""

from dataclasses import dataclass
from datetime import date

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.periods import Period
from coaching.model.sharing import Shared
from coaching.pages.figures import Figure, period_in_words
from coaching.pages.sections import conversations, people, plan_items, plan_threads, promises, statements
from coaching.pages.sections.conversation_figures import conversation
from coaching.pages.sections.conversations import Cancelled, Conversation
from coaching.pages.sections.mission_figures import mission_figures
from coaching.pages.sections.people import Coach, Owner
from coaching.pages.sections.plan_items import Becoming
from coaching.pages.sections.plan_threads import Movement
from coaching.pages.sections.promise_figures import promise_figures
from coaching.pages.sections.promises import Promise
from coaching.pages.sections.statements import Step, Today
from coaching.pages.sections.thread_figures import threads
from coaching.pages.sections.written_review import written_review
from coaching.pages.sentences import Sentence
from coaching.pages.source import PageSource


@dataclass(frozen=True)
class Quarter:
    """The summary of a quarter, or of another period, section by section; what is None or empty has nothing to show.

    Attributes
    ----------
    span
        The period in words, the day as of which it is known, and how many sessions were held.
    sentence, becoming, moved
        What it begins with: the statement in force as plain words, who the coachee is on the way to become, and what
        was told of threads in the period.
    invites
        Whether an empty section says what to do next: for the two of them, not for others.
    own_copy
        Whether it is the holder's own copy, which may hold private words.
    """

    owner: Owner
    coaches: tuple[Coach, ...]
    span: str
    invites: bool
    own_copy: bool
    sentence: Today | None
    becoming: tuple[Becoming, ...]
    moved: tuple[Movement, ...]
    thread_figure: Figure | None
    review: tuple[Sentence, ...]
    today: Today | None
    mission_figures: tuple[Figure, ...]
    steps: tuple[Step, ...]
    open_promises: tuple[Promise, ...]
    promise_figures: tuple[Figure, ...]
    promises: tuple[Promise, ...]
    conversation_figure: Figure | None
    conversations: tuple[Conversation, ...]
    cancelled: tuple[Cancelled, ...]


def view(shared: Shared, asof: date, period: Period) -> Quarter | None:
    """Return what the summary shows; None if nothing at all may be shown to others."""
    contents = PageSource.of(shared, asof, period)
    if contents.for_others and contents.is_empty:
        return None
    talks = conversations.conversations(contents)
    return Quarter(
        owner=people.owner(contents),
        coaches=people.coaches(contents),
        span=_span(contents),
        invites=not contents.for_others,
        own_copy=contents.own_copy,
        sentence=statements.in_force(contents),
        becoming=plan_items.on_the_way(contents),
        moved=plan_threads.movements(contents),
        thread_figure=threads(contents) if any(one.begun_on for one in contents.threads.values()) else None,
        review=written_review(contents),
        today=statements.today(contents),
        mission_figures=mission_figures(contents),
        steps=statements.steps(contents),
        open_promises=promises.open_ones(contents, contents.states),
        promise_figures=promise_figures(contents),
        promises=promises.of_period(contents),
        conversation_figure=conversation(contents) if talks else None,
        conversations=talks,
        cancelled=conversations.cancelled(contents),
    )


def _span(contents: PageSource) -> str:
    held = len(contents.held_in_period)
    named, day = period_in_words(contents.period), say_day(contents.asof)
    if held == 0:
        return say("{period}, as known on {day}: no session.", period=named, day=day)
    return say_counted(
        "{period}, as known on {day}: {count} session.",
        "{period}, as known on {day}: {count} sessions.",
        held,
        period=named,
        day=day,
    )
