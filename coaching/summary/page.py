"""The coaching summary: one HTML file that needs nothing else."""

from datetime import date

from coaching.metrics.periods import Period
from coaching.sharing import Shared
from coaching.summary.context import view
from coaching.summary.rendering import document
from coaching.summary.text import plain


def page(shared: Shared, *, asof: date, period: Period) -> str:
    """Return what its audience may read of a workbook, as one HTML file.

    The file runs no script and asks for nothing from outside; its content policy forbids both. The same data give the
    same bytes.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state. Private reflections and what was parked for another
        meeting are not shown, to nobody.
    asof
        The day of which the page speaks; later entries are left out.
    period
        Whose sessions, and promises alive in it, are shown. The mission statement is that of its last day; what is
        open, dreams and the agreement are those of `asof`.
    """
    shown = view(shared, asof, period)
    if shown is None:
        return document("nothing_open.html.jinja", "A coaching summary")
    title = f"{plain(shown.name)}’s coaching summary" if shown.name else "A coaching summary"
    return document("page.html.jinja", title, page=shown)
