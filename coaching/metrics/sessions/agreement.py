"""How the agreement of a workbook stands on a day: in force, at rest, or to be made anew."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from coaching.model.vocabulary import AgreementEvent

#: What leaves an agreement in force.
IN_FORCE: Final = frozenset({AgreementEvent.AGREED, AgreementEvent.RENEWED, AgreementEvent.RESUMED})
_A_YEAR: Final = timedelta(days=365)


class Standing(StrEnum):
    """How an agreement stands."""

    MISSING = "missing"
    RESTING = "resting"
    IN_FORCE = "in_force"
    TO_RENEW = "to_renew"


class Happening(Protocol):
    """Something that happened to an agreement; an entry of it is one."""

    @property
    def agreement_event(self) -> AgreementEvent:
        """What happened."""

    @property
    def held_on(self) -> date | None:
        """On which day."""

    @property
    def rev(self) -> int:
        """The revision, which tells what came later on one day."""


H = TypeVar("H", bound=Happening)


def last_made(handovers: Iterable[H]) -> H | None:
    """Return what last happened to an agreement; words that are only proposed bind nobody and are passed over."""
    made = [one for one in handovers if one.agreement_event is not AgreementEvent.PROPOSED]
    return max(made, key=lambda one: (one.held_on or date.min, one.rev), default=None)


def standing(last: Happening | None, moved_on: Iterable[date], day: date) -> Standing:
    """Return how an agreement stands on a day.

    Parameters
    ----------
    last
        What last happened to it, from `last_made`.
    moved_on
        The days of hand-overs.
    day
        The day asked for.

    Returns
    -------
    Standing
        ``missing`` if nothing was agreed, or nobody knows when; ``resting`` once it was paused or ended; ``to_renew``
        from a year (365 days) after it was last agreed, renewed or resumed, and from a later hand-over on.
    """
    if last is None or last.held_on is None:
        return Standing.MISSING
    if last.agreement_event not in IN_FORCE:
        return Standing.RESTING
    is_old = day - last.held_on >= _A_YEAR or any(moved > last.held_on for moved in moved_on)
    return Standing.TO_RENEW if is_old else Standing.IN_FORCE
