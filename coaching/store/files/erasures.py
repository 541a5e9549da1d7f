"""What was erased in another window: words that are still on a screen there do not come back."""

from collections.abc import Callable, Sequence

import pyarrow as pa

from coaching.errors import StoreError
from coaching.model.entry import Entry


class Erasures:
    """Knows what was erased since a store was opened.

    Parameters
    ----------
    number
        How often something had been erased by then.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        #: The `rev` of the empty place of each entry that was erased, by id.
        self.erased_at: dict[str, int] = {}
        self._believed: dict[str, int] | None = None  # the places that were there when the number was last believed

    def learn(self, history: pa.Table) -> None:
        """Take in which places are empty, in rows in the order of `rev`: the last of each id counts."""
        places = history.filter(history.column("erased"))
        self.erased_at = dict(zip(places["id"].to_pylist(), places["rev"].to_pylist(), strict=True))
        if self._believed is None:
            self._believed = self.erased_at

    def check(self, entries: Sequence[Entry], number: int, read: Callable[[], object]) -> None:
        """Refuse what was written without knowing that it was erased.

        Parameters
        ----------
        entries
            What is to be kept.
        number
            How often something has been erased by now. It may be known before the empty places are, where somebody is
            erasing just now or another computer has erased: it is believed once there are new ones.
        read
            Reads the store, and lets this learn; called only if the number has changed.

        Raises
        ------
        StoreError
            If one of the entries is edited from words that were erased.
        """
        if number != self._number:
            read()
            if self.erased_at != self._believed:
                self._number, self._believed = number, self.erased_at
        if any(map(self._is_erased, entries)):
            raise StoreError(
                "Something that stands here was erased meanwhile; run all cells to go on without it; nothing was "
                "changed."
            )

    def _is_erased(self, entry: Entry) -> bool:
        erased_at = self.erased_at.get(entry.id)
        return erased_at is not None and not entry.erased and (entry.base is None or entry.base < erased_at)
