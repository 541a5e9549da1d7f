"""Everything the plan shows, as one frozen view: `Shared` in, plain words out; the templates only lay it out."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.model.sharing import Shared
from coaching.pages.sections import people, plan_threads, progress, promises, statements, still_open
from coaching.pages.sections import plan_items as plan
from coaching.pages.sections.handouts import HandedOut, handed_out
from coaching.pages.sections.people import Coach, Owner
from coaching.pages.sections.plan_items import Agreement, BecomingGroup, DreamGroup, Handover, Quote
from coaching.pages.sections.plan_threads import Experiment, Followed, FollowedGroup, Named
from coaching.pages.sections.promises import Promise
from coaching.pages.sections.statements import Earlier, Today
from coaching.pages.sections.still_open import Gap
from coaching.pages.source import COACH, PageSource
from coaching.pages.words import Words


@dataclass(frozen=True)
class Supporter:
    """A coach, and what they promised; a coach of whom nothing else is known has no `coach`."""

    name: str
    coach: Coach | None
    open: tuple[Promise, ...]
    settled: tuple[Promise, ...]


@dataclass(frozen=True)
class Plan:
    """The plan, section by section; what is None or empty has nothing to show.

    Attributes
    ----------
    for_others
        Whether people outside the pair read it: they are told of nothing that is missing.
    own_copy
        Whether it is the holder's own copy, which may hold private words.
    actions, settled
        What the coachee, or nobody yet, does by when; and what was done or let go.
    others
        Supporters other than the coach.
    gaps
        What is still open.
    """

    owner: Owner
    asof: str
    for_others: bool
    own_copy: bool
    agreement: Agreement | None
    today: Today | None
    earlier: tuple[Earlier, ...]
    joy: tuple[Quote, ...]
    strengths: tuple[Named, ...]
    goals: tuple[FollowedGroup, ...]
    failures: tuple[Followed, ...]
    experiments: tuple[Experiment, ...]
    others: tuple[Named, ...]
    dreams: tuple[DreamGroup, ...]
    becoming: tuple[BecomingGroup, ...]
    actions: tuple[Promise, ...]
    settled: tuple[Promise, ...]
    supporters: tuple[Supporter, ...]
    progress: tuple[progress.Day, ...]
    gaps: tuple[Gap, ...]
    next_meeting: str | None
    next_review: str | None
    handovers: tuple[Handover, ...]
    handed_out: tuple[HandedOut, ...]


def view(shared: Shared, asof: date) -> Plan | None:
    """Return what the plan shows; None if nothing at all may be shown to others."""
    contents = PageSource.of(shared, asof)
    if contents.for_others and contents.is_empty:
        return None
    states = contents.states
    mine = states.loc[states["owner"] != COACH]
    agreed = plan.agreement(contents)
    days = progress.progress(contents)
    told = {(entry.about, entry.text) for day in days for entry in day.entries}
    return Plan(
        owner=people.owner(contents),
        asof=say_day(asof),
        for_others=contents.for_others,
        own_copy=contents.own_copy,
        agreement=agreed,
        today=statements.in_force(contents),
        earlier=statements.earlier(contents),
        joy=plan.joy(contents),
        strengths=plan_threads.strengths(contents),
        goals=plan_threads.goals_and_plans(contents),
        failures=plan_threads.failures(contents),
        experiments=plan_threads.experiments(contents),
        others=plan_threads.supporters(contents),
        dreams=plan.dreams(contents),
        becoming=plan.becoming(contents),
        actions=tuple(_without(told, one) for one in promises.open_ones(contents, mine, fewest_events=2)),
        settled=promises.settled(contents, mine),
        supporters=tuple(_supporters(contents, states.loc[states["owner"] == COACH])),
        progress=days,
        gaps=() if contents.for_others else still_open.gaps(contents, agreed),
        next_meeting=None if contents.for_others else still_open.next_meeting(contents),
        next_review=still_open.next_review(contents),
        handovers=() if contents.for_others else plan.handovers(contents),
        handed_out=() if contents.for_others else handed_out(contents),
    )


def _without(told: Container[tuple[Words | None, Words]], promise: Promise) -> Promise:
    """Return a promise whose history leaves out the words that stand below, on the day on which they were told."""
    events = (replace(one, text=None) if (promise.what, one.text) in told else one for one in promise.events)
    return replace(promise, events=tuple(events))


def _supporters(contents: PageSource, states: pd.DataFrame) -> Iterator[Supporter]:
    """Yield the coaches with what each promised, then what was promised by one who is not among them."""
    coaches = people.coaches(contents)
    if len(coaches) == 1:
        states = states.assign(person=states["person"].fillna(coaches[0].identity))
    for coach in coaches:
        yield _supporter(contents, coach.called, coach, states.loc[states["person"] == coach.identity])
    others = states.loc[~states["person"].isin([coach.identity for coach in coaches])]
    if not others.empty:
        yield _supporter(contents, say("The coach"), None, others)


def _supporter(contents: PageSource, name: str, coach: Coach | None, states: pd.DataFrame) -> Supporter:
    return Supporter(
        name,
        coach,
        promises.open_ones(contents, states, fewest_events=2),
        promises.settled(contents, states, fewest_events=1),
    )
