"""Everything the page shows, as one frozen view: `Shared` in, plain words out; the templates only lay it out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coaching.metrics.periods import Period, last_day
from coaching.sharing import Audience, Shared
from coaching.summary import conversations, figures, plan, promises, statements
from coaching.summary.contents import COACH, COACHEE, Contents, said
from coaching.summary.conversations import Cancelled, Conversation
from coaching.summary.figures import Figure
from coaching.summary.plan import Agreement, Becoming, DreamGroup, Handover
from coaching.summary.promises import Promise
from coaching.summary.statements import Step, Today
from coaching.summary.text import counted, day_in_words


@dataclass(frozen=True)
class Coach:
    """One of the coaches, and what is noted of them."""

    name: str
    about: str | None


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
    coaches: tuple[Coach, ...]
    span: str
    invites: bool
    own_copy: bool
    today: Today | None
    steps: tuple[Step, ...]
    flow: Figure | None
    open_promises: tuple[Promise, ...]
    dots: Figure | None
    lifelines: Figure | None
    burnup: Figure | None
    promises: tuple[Promise, ...]
    dreams: tuple[DreamGroup, ...]
    becoming: tuple[Becoming, ...]
    conversations: tuple[Conversation, ...]
    cancelled: tuple[Cancelled, ...]
    agreement: Agreement | None
    handovers: tuple[Handover, ...]


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
        coaches=tuple(_coaches(contents)),
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


def _coaches(contents: Contents) -> Iterator[Coach]:
    for person in contents["person"]:
        about = said(person, "text")
        if person["side"] == COACH and (about or said(person, "name")):
            yield Coach(contents.person_name(person["id"], "The coach"), about)


def _span(contents: Contents, period: Period) -> str:
    held = len(conversations.held_in(contents, period))
    named = figures.period_in_words(period)
    return f"{named}, as known on {day_in_words(contents.asof)}: {counted(held, 'session') if held else 'no session'}"
