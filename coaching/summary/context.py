"""Everything the page shows, as one frozen view: `Shared` in, plain words out; the templates only lay it out."""

from dataclasses import dataclass
from datetime import date

from coaching.metrics.periods import Period, last_day
from coaching.sharing import Audience, Shared
from coaching.summary import conversations, figures, plan, promises, statements
from coaching.summary.contents import COACH, COACHEE, Contents, said
from coaching.summary.text import counted, day_in_words


@dataclass(frozen=True)
class Page:
    """The page, section by section; what is None or empty has nothing to show.

    Attributes
    ----------
    name
        What the coachee is called; None if the reader may not know.
    invites
        Whether an empty section says what to do next: for the two of them, not for others.
    own_copy
        Whether it is the holder's own copy, which may hold private words.
    """

    name: str | None
    coachee: str
    pronouns: str | None
    about: str | None
    coaches: tuple[str, ...]
    span: str
    invites: bool
    own_copy: bool
    today: statements.Today | None
    steps: tuple[statements.Step, ...]
    flow: figures.Figure | None
    open_promises: tuple[promises.Promise, ...]
    dots: figures.Figure | None
    lifelines: figures.Figure | None
    burnup: figures.Figure | None
    promises: tuple[promises.Promise, ...]
    dreams: tuple[plan.DreamGroup, ...]
    becoming: tuple[plan.Becoming, ...]
    conversations: tuple[conversations.Conversation, ...]
    cancelled: tuple[conversations.Cancelled, ...]
    agreement: plan.Agreement | None
    handovers: tuple[plan.Handover, ...]


def view(shared: Shared, asof: date, period: Period) -> Page | None:
    """Return what the page shows; None if nothing at all may be shown to others."""
    contents = Contents.of(shared, asof)
    if contents.for_others and contents.is_empty:
        return None
    known = statements.known_on(contents, last_day(period, asof))
    found = promises.states(contents)
    any_promise = bool((found["outcome"] != "draft").any())
    return Page(
        name=said(contents.coachee, "name"),
        coachee=contents.name(COACHEE),
        pronouns=said(contents.coachee, "pronouns"),
        about=said(contents.coachee, "text"),
        coaches=tuple(name for person in contents["person"] if person["side"] == COACH and (name := said(person, "name"))),
        span=_span(contents, period),
        invites=not contents.for_others,
        own_copy=shared.audience == Audience.HOLDER,
        today=statements.today(known),
        steps=statements.steps(contents, known),
        flow=figures.history_flow(known) if known else None,
        open_promises=promises.open_ones(contents, found),
        dots=figures.promise_dots(contents, found) if any_promise else None,
        lifelines=figures.lifelines(contents, found, period) if any_promise else None,
        burnup=figures.burnup(contents, found) if any_promise else None,
        promises=promises.of_period(contents, found, period),
        dreams=plan.dreams(contents),
        becoming=plan.becoming(contents),
        conversations=conversations.conversations(contents, known, period),
        cancelled=conversations.cancelled(contents, period),
        agreement=plan.agreement(contents),
        handovers=plan.handovers(contents),
    )


def _span(contents: Contents, period: Period) -> str:
    held = len(conversations.held_in(contents, period))
    named = figures.period_in_words(period)
    return f"{named}, as known on {day_in_words(contents.asof)}: {counted(held, 'session') if held else 'no session'}"
