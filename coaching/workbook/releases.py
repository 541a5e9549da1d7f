"""What a workbook has given to the counts of its organisation: once for each quarter, and kept."""

from dataclasses import dataclass

from coaching.model.entries import Release
from coaching.model.ids import derived_id
from coaching.model.vocabulary import Side
from coaching.workbook.ledger import Ledger


@dataclass(frozen=True)
class Splitting:
    """What all workbooks of a home have in common when a quarter is counted.

    Attributes
    ----------
    quarter
        Its name.
    submission
        The random id under which the shares go out.
    members
        The ids of the workbooks that take part.
    epsilon
        What is spent of privacy in one number.
    homes
        Of how many homes the noise is made.
    """

    quarter: str
    submission: str
    members: tuple[str, ...]
    epsilon: float
    homes: int


class Releases:
    """The numbers that went out from a workbook.

    Parameters
    ----------
    ledger
        Where its entries are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def of(self, quarter: str) -> Release | None:
        """Return what went out for a quarter, if anything did."""
        entry = self._ledger.latest().get(self._id(quarter))
        return entry if isinstance(entry, Release) and not entry.withdrawn and entry.shares else None

    def keep(self, splitting: Splitting, shares: tuple[int, ...]) -> Release:
        """Keep what goes out, before it does; from then on the same numbers go out for this quarter and no others.

        Raises
        ------
        StoreError
            If the disk refuses; nothing was changed.
        """
        identity, now = self._id(splitting.quarter), self._ledger.now()
        before = self._ledger.latest().get(identity)
        release = Release(
            id=identity,
            rev=self._ledger.next_rev(),
            base=before.rev if before else None,
            saved_at=now,
            held_on=self._ledger.today(),
            author=Side.COACH,
            quarter=splitting.quarter,
            submission=splitting.submission,
            members=splitting.members,
            epsilon=repr(splitting.epsilon),
            homes=splitting.homes,
            shares=shares,
        )
        self._ledger.save([release])
        return release

    def _id(self, quarter: str) -> str:
        return derived_id(None, self._ledger.workbook, "release", quarter)
