"""Two totals joined, and what of them may be shown: nothing of few people, and nothing by which that could be had.

A total that stands for a whole is shown only if all of its parts are, so that nothing hidden is the difference of two
numbers on the page. Where a whole is a cell of its own, as the sessions are for the gaps, one hidden part alone would
be that difference; then the smallest of the others is hidden too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from coaching.metrics.organisation.cells import CELLS, CONVERSATION, DAYS_TO_DONE, GAPS, OUTCOMES, SIDES, Cell
from coaching.metrics.organisation.noise import error

#: A number is shown only from so many people and so many coaches in it on.
PEOPLE: Final = 10
COACHES: Final = 3
#: A share is said only of so many, as the error would say more than it does.
SHARE_FROM: Final = 30


@dataclass(frozen=True)
class Family:
    """Cells that are parts of a whole; `whole` is the cell that counts it, where there is one."""

    parts: tuple[Cell, ...]
    whole: Cell | None = None


def _family(side: str, measures: Iterable[str], whole: str | None = None) -> Family:
    return Family(tuple(Cell(side, measure) for measure in measures), Cell(side, whole) if whole else None)


OUTCOMES_OF: Final = MappingProxyType({side: _family(side, OUTCOMES) for side in SIDES})
DAYS_OF: Final = MappingProxyType({side: _family(side, DAYS_TO_DONE) for side in SIDES})
GAPS_OF_ALL: Final = _family(CONVERSATION, GAPS, "sessions")
FAMILIES: Final = (*OUTCOMES_OF.values(), *DAYS_OF.values(), GAPS_OF_ALL)


@dataclass(frozen=True)
class Estimate:
    """A number with its noise, never below 0, and how far from it the true one lies at most in 99 of 100 cases."""

    number: int
    error: int


@dataclass(frozen=True)
class Disclosed:
    """What may be shown of a quarter.

    Attributes
    ----------
    quarter
        Its name.
    homes
        How many took part.
    epsilon
        What was spent of privacy in one number.
    shape
        Of the noise of all homes together (see `coaching.metrics.organisation.noise.error`).
    numbers
        Those that may be shown, with their noise: what is hidden is not in it.
    """

    quarter: str
    homes: int
    epsilon: float
    shape: float
    numbers: Mapping[Cell, int]

    def estimate(self, *cells: Cell) -> Estimate | None:
        """Return the sum of some cells; None where one of them is hidden."""
        if any(cell not in self.numbers for cell in cells):
            return None
        total = sum(self.numbers[cell] for cell in cells)
        return Estimate(max(0, total), error(self.epsilon, self.shape * len(cells)))


def disclose(
    quarter: str, homes: int, epsilon: float, shape: float, values: Mapping[Cell, tuple[int, int, int]]
) -> Disclosed:
    """Return what may be shown of joined totals.

    Parameters
    ----------
    quarter, homes, epsilon, shape
        See `Disclosed`.
    values
        By cell the count, the people and the coaches, each with its noise.
    """
    visible = visible_cells(values)
    numbers = {cell: values[cell][0] for cell in CELLS if cell in visible}
    return Disclosed(quarter, homes, epsilon, shape, MappingProxyType(numbers))


def visible_cells(values: Mapping[Cell, tuple[int, int, int]]) -> frozenset[Cell]:
    """Return the cells that may be shown: with enough people and coaches, and none by which another could be had."""
    visible = {cell for cell, (_, people, coaches) in values.items() if people >= PEOPLE and coaches >= COACHES}
    for family in FAMILIES:
        hidden = [cell for cell in family.parts if cell not in visible]
        if family.whole in visible and len(hidden) == 1:
            others = [cell for cell in family.parts if cell in visible]
            visible.discard(min(others, key=lambda cell: (values[cell][1], values[cell][0], cell)))
    return frozenset(visible)
