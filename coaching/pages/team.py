"""The team page for the coach: what they owe to whom, sessions that have become rare, agreements to renew.

It is for the coach's own eyes and leaves no notebook. People are listed, never compared.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics import team as metrics
from coaching.metrics.team import Owed, Rare, Renewal
from coaching.model.sharing import Shared
from coaching.pages.rendering import render
from coaching.pages.sentences import Sentence, quote, sentence

#: So many lines of a list are seen at once: what comes first is what has waited longest.
_SHOWN: Final = 7


@dataclass(frozen=True)
class Row:
    """One line of a list: what was promised, if anything was; a sentence with the name in it; whether to mark it."""

    what: str | None
    said: Sentence
    mark: str | None = None


@dataclass(frozen=True)
class Section:
    """One list under its title: the first rows, and the others in a fold; `empty` is said where it has no rows."""

    title: str
    rows: tuple[Row, ...]
    empty: str

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows that are seen at once."""
        return self.rows if len(self.rows) <= _SHOWN + 1 else self.rows[:_SHOWN]

    @property
    def more(self) -> tuple[Row, ...]:
        """The rows in the fold."""
        return self.rows[len(self.shown) :]


def team_page(books: Iterable[tuple[str, Shared]], asof: date) -> str:
    """Return the team page of a coach as a fragment of HTML.

    Parameters
    ----------
    books
        Name and contents of each workbook that the coach holds and that is open.
    asof
        The day of which it speaks.
    """
    by_name = [(name, shared.frames) for name, shared in books]
    figures = metrics.team(by_name, asof)
    sections = (
        Section(
            say("What you promised, and to whom"),
            tuple(map(_owed, figures.owed)),
            say("No promise of yours is open."),
        ),
        Section(
            say("Conversations that have become rare"),
            tuple(map(_rare, figures.rare)),
            say("None has become rare."),
        ),
        Section(
            say("Agreements to renew"),
            tuple(map(_renewal, figures.renewals)),
            say("None waits to be renewed."),
        ),
    )
    return render(
        "team.html.jinja",
        sections=sections if by_name else (),
        notice=say("These lines come from several workbooks: they are for you alone."),
        nobody=say("There is no open workbook yet. Once there is one, what you promised will stand here."),
    )


def _owed(owed: Owed) -> Row:
    values = {"name": quote(owed.name), "day": say_day(owed.by)}
    said = (
        say("to {name} by {day}, promised by {coach}", coach=quote(owed.coach), **values)
        if owed.coach
        else say("to {name} by {day}", **values)
    )
    return Row(owed.what, sentence(said), say("past the agreed day") if owed.is_overdue else None)


def _rare(rare: Rare) -> Row:
    values = {"name": quote(rare.name), "day": say_day(rare.last_on)}
    if rare.usual_days is None:
        return Row(None, sentence(say("{name}, last on {day}", **values)))
    said = say_counted(
        "{name}, last on {day}; usually there is a session every day",
        "{name}, last on {day}; usually there is a session every {count} days",
        max(1, math.floor(rare.usual_days + 0.5)),
        **values,
    )
    return Row(None, sentence(said))


def _renewal(renewal: Renewal) -> Row:
    if renewal.agreed_on is None:
        return Row(None, sentence(say("{name}, nothing agreed in writing yet", name=quote(renewal.name))))
    values = {"name": quote(renewal.name), "day": say_day(renewal.agreed_on)}
    said = (
        say("{name}, agreed on {day}; the plan was handed over since", **values)
        if renewal.has_moved_on
        else say("{name}, agreed on {day}, a year ago or more", **values)
    )
    return Row(None, sentence(said))
