"""The pages that leave a workbook: each one HTML file that needs nothing else."""

from collections.abc import Mapping
from datetime import date

from coaching.i18n import say
from coaching.metrics.periods import Period
from coaching.model.prompts import Prompt
from coaching.model.sharing import Audience, Shared
from coaching.model.vocabulary import Segment
from coaching.pages import plan as plan_view
from coaching.pages import quarter as quarter_view
from coaching.pages import sheet as sheet_view
from coaching.pages.rendering import document
from coaching.pages.sections.statements import SHOWN
from coaching.text import one_line


def plan_page(shared: Shared, *, asof: date) -> str:
    """Return the personal development plan: what its audience may read of it, as one HTML file.

    The file runs no script and asks for nothing from outside; its content policy forbids both. The same data give the
    same bytes. It speaks the language of `coaching.i18n.speaking`; people's words stay as they are.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state.
    asof
        The day of which the page speaks; later entries are left out.
    """
    shown = plan_view.view(shared, asof)
    if shown is None:
        return document("nothing_open.html.jinja", say("A personal development plan"))
    name = shown.owner.name
    title = (
        say("{name}’s personal development plan", name=one_line(name)) if name else say("A personal development plan")
    )
    return document("plan.html.jinja", title, page=shown, most=SHOWN)


def summary_page(shared: Shared, *, asof: date, period: Period) -> str:
    """Return the summary of a period: what its audience may read of it, as one HTML file (see `plan_page`).

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state. Private reflections and what was parked for another
        meeting are not shown, to nobody.
    asof
        The day of which the page speaks; later entries are left out.
    period
        Whose sessions, and promises alive in it, are shown. The mission statement is that of its last day; what is
        open is that of `asof`.
    """
    shown = quarter_view.view(shared, asof, period)
    if shown is None:
        return document("nothing_open.html.jinja", say("A coaching summary"))
    name = shown.owner.name
    title = say("{name}’s coaching summary", name=one_line(name)) if name else say("A coaching summary")
    return document("quarter.html.jinja", title, page=shown, most=SHOWN)


def sheet_page(shared: Shared, *, day: date, questions: Mapping[Segment, Prompt]) -> str:
    """Return the sheet of a conversation: one A4 page, for those who leave the laptop shut (see `plan_page`).

    Parameters
    ----------
    shared
        What both may read, as it lies on the table between them.
    day
        The day of the conversation; entries of later days are left out.
    questions
        The question that each part begins with.

    Raises
    ------
    ValueError
        If `shared` is what somebody else may read.
    """
    if shared.audience is not Audience.PAIR:
        raise ValueError("A sheet is for the two of the pair alone.")
    shown = sheet_view.view(shared, day, questions)
    when = say("Conversation on {day}", day=shown.day)
    title = say("{name}: {when}", name=shown.called, when=when) if shown.called else when
    return document("sheet.html.jinja", title, own_style="paper.css", page=shown)
