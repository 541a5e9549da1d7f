"""The page of an organisation: charts of the whole, for everybody whose numbers are in it, the managers first.

Nothing on it is about one person, one coach or one team, and nothing is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from coaching.charts.organisation import Band, Bar, estimates, in_words
from coaching.i18n import say, say_counted
from coaching.metrics.organisation.cells import CONVERSATION, DAYS_TO_DONE, GAPS, OUTCOMES, SIDES, Cell
from coaching.metrics.organisation.disclosure import COACHES, PEOPLE, SHARE_FROM, Disclosed, Estimate
from coaching.metrics.organisation.wording import bin_in_words, measure_in_words, side_in_words
from coaching.metrics.periods import parse_period
from coaching.pages.figures import Figure, Table, period_in_words
from coaching.pages.rendering import document

#: Of promises whose day came and that were not let go: so are they counted as kept.
_KEPT_OF = ("done_by_day", "done_later", "open_past_day")
#: The bins of at most two weeks.
_TWO_WEEKS = 2


@dataclass(frozen=True)
class Organisation:
    """What the page shows.

    Attributes
    ----------
    title, span
        The quarter, and how many homes took part.
    figures
        One below the other.
    reading
        Sentences that say how the numbers came about, and what they do not say.
    """

    title: str
    span: str
    figures: tuple[Figure, ...]
    reading: tuple[str, ...]


def organisation_page(disclosed: Disclosed) -> str:
    """Return the page of a quarter as one HTML file (see `coaching.pages.page.plan_page`).

    Parameters
    ----------
    disclosed
        What may be shown; what is hidden is not in it.
    """
    shown = view(disclosed)
    return document("organisation.html.jinja", shown.title, page=shown)


def view(disclosed: Disclosed) -> Organisation:
    """Return what the page shows."""
    return Organisation(
        say("Coaching, {period}", period=period_in_words(parse_period(disclosed.quarter))),
        say_counted(
            "Counted by {count} coach at home, added up without anybody seeing one of them.",
            "Counted by {count} coaches at home, added up without anybody seeing one of them.",
            disclosed.homes,
        ),
        (_kept(disclosed), _days(disclosed), _gaps(disclosed), _opened(disclosed), _moving(disclosed)),
        _reading(disclosed),
    )


def _kept(disclosed: Disclosed) -> Figure:
    measures = ("agreed", *OUTCOMES, "moved")
    bands = [_band(disclosed, side, measures) for side in SIDES]
    cells = [Cell(side, measure) for side in SIDES for measure in _KEPT_OF]
    kept = disclosed.estimate(*(cell for cell in cells if cell.measure == "done_by_day"))
    of = disclosed.estimate(*cells)
    finding = (
        say("Of the promises whose day came, {kept} were done by it", kept=_of(kept, of))
        if kept and of
        else say("Promises kept: too few to be told for all")
    )
    reading = say(
        "Agreed: in the quarter. Done, let go, open and moved: promises whose day came in it. What was let go is "
        "counted apart. The line at the end of a bar is the error."
    )
    return _figure("kept", say("Promises kept"), finding, reading, bands)


def _days(disclosed: Disclosed) -> Figure:
    bands = [_band(disclosed, side, DAYS_TO_DONE) for side in SIDES]
    cells = [Cell(side, measure) for side in SIDES for measure in DAYS_TO_DONE]
    soon = [cell for cell in cells if cell.measure in DAYS_TO_DONE[:_TWO_WEEKS]]
    quick, of = disclosed.estimate(*soon), disclosed.estimate(*cells)
    finding = (
        say("Of the promises that were done, {quick} took two weeks or less", quick=_of(quick, of))
        if quick and of
        else say("Days to done: too few to be told for all")
    )
    reading = say("Promises that were done in the quarter, by the days from agreed to done.")
    return _figure("days", say("Days from agreed to done"), finding, reading, bands)


def _gaps(disclosed: Disclosed) -> Figure:
    bands = [_band(disclosed, CONVERSATION, ("sessions", *GAPS))]
    cells = [Cell(CONVERSATION, measure) for measure in GAPS]
    often, of = disclosed.estimate(*cells[:_TWO_WEEKS]), disclosed.estimate(*cells)
    finding = (
        say("Of the conversations, {often} came two weeks or less after the one before", often=_of(often, of))
        if often and of
        else say("Conversations: too few to be told for all")
    )
    reading = say(
        "Sessions held in the quarter, and the days since the session before; a first one has none before it."
    )
    return _figure("gaps", say("Conversations, and the days between them"), finding, reading, bands)


def _opened(disclosed: Disclosed) -> Figure:
    opened = disclosed.estimate(Cell(CONVERSATION, "parts_opened"))
    sessions = disclosed.estimate(Cell(CONVERSATION, "sessions"))
    finding = (
        say(
            "The coach shared first in {opened} parts of {sessions} sessions",
            opened=in_words(opened),
            sessions=in_words(sessions),
        )
        if opened and sessions
        else say("Who opened: too few to be told")
    )
    reading = say("Each session has two parts in which the coach goes first: oneself, and dreams.")
    bands = [_band(disclosed, CONVERSATION, ("sessions", "parts_opened"))]
    return _figure("opened", say("Who opened"), finding, reading, bands)


def _moving(disclosed: Disclosed) -> Figure:
    moved = disclosed.estimate(Cell(CONVERSATION, "moved_dream"))
    finding = (
        say("A dream moved for {people} people", people=in_words(moved))
        if moved
        else say("Statements and dreams: too few to be told for all")
    )
    reading = say(
        "People with a mission statement at the end of the quarter, people for whom one took the place of another, and "
        "people of whose dreams something was told."
    )
    bands = [_band(disclosed, CONVERSATION, ("with_statement", "changed_statement", "moved_dream"))]
    return _figure("moving", say("Statements and dreams"), finding, reading, bands)


def _reading(disclosed: Disclosed) -> tuple[str, ...]:
    return (
        say(
            "Each number has noise in it (epsilon {epsilon} in one number), so that nobody can tell from it whether "
            "one promise or one session more was there. In 99 of 100 cases the true number lies within the error.",
            epsilon=f"{disclosed.epsilon:g}",
        ),
        say(
            "A number is shown only from about {people} people and {coaches} coaches in it on, and a sum only if all "
            "its parts are shown. Shares are said only of {share} and more.",
            people=PEOPLE,
            coaches=COACHES,
            share=SHARE_FROM,
        ),
        say(
            "Each coach saw their own numbers and agreed before they went out, split into two random shares for two "
            "collectors. Whether a coach counted honestly cannot be proven; one person adds at most 20 to a number."
        ),
        say("The page says nothing of a person, a coach or a team, and it is no measure of any of them."),
    )


def _band(disclosed: Disclosed, side: str, measures: Sequence[str]) -> Band:
    bars = (Bar(_name(measure), disclosed.estimate(Cell(side, measure))) for measure in measures)
    return Band(side_in_words(side), tuple(bars))


def _name(measure: str) -> str:
    if measure in DAYS_TO_DONE:
        return bin_in_words(DAYS_TO_DONE.index(measure))
    return measure_in_words(measure)


def _of(part: Estimate, whole: Estimate) -> str:
    """Say so many of so many; with a share from 30 on."""
    counted = say("{part} of {whole}", part=in_words(part), whole=in_words(whole))
    if whole.number < SHARE_FROM:
        return counted
    share = min(100, round(100 * part.number / whole.number))
    # What is not known of the whole counts as well: both ends of both.
    low = max(0, part.number - part.error) / (whole.number + whole.error)
    high = min(1, (part.number + part.error) / max(1, whole.number - whole.error))
    away = max(1, round(100 * max(high - part.number / whole.number, part.number / whole.number - low)))
    return say("{share} % ± {away} ({counted})", share=share, away=min(100, away), counted=counted)


def _figure(name: str, title: str, finding: str, reading: str, bands: Sequence[Band]) -> Figure:
    rows = tuple((bar.name, band.heading, in_words(bar.estimate)) for band in bands for bar in band.bars)
    table = Table(title, (say("What"), say("Of"), say("Number")), rows)
    return Figure(f"organisation-{name}", title, finding, partial(estimates, finding, reading, bands), table)
