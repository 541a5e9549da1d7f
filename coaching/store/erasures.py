"""What was erased in another window: words that are still on a screen there do not come back."""

from collections.abc import Callable, Sequence

from coaching.entry import Entry
from coaching.exceptions import StoreError
from coaching.store.snapshot import Snapshot


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

    def check(
        self, entries: Sequence[Entry], number: int, read: Callable[[], Snapshot], *, is_ended: bool = True
    ) -> None:
        """Refuse what was written without knowing that it was erased.

        Parameters
        ----------
        entries
            What is to be kept.
        number
            How often something has been erased by now.
        read
            Reads the store; called only if that has changed.
        is_ended
            Whether nobody is erasing just now: else the number is not believed, and it is looked again the next time.

        Raises
        ------
        StoreError
            If one of the entries is edited from words that were erased.
        """
        if number != self._number:
            history = read().history
            places = history.filter(history.column("erased"))
            # In the order of `rev`: the last of each id counts.
            self.erased_at = dict(zip(places["id"].to_pylist(), places["rev"].to_pylist(), strict=True))
            self._number = number if is_ended else self._number
        if any(map(self._is_erased, entries)):
            raise StoreError(
                "Something that stands here was erased meanwhile; run all cells to go on without it; nothing was "
                "changed."
            )

    def _is_erased(self, entry: Entry) -> bool:
        erased_at = self.erased_at.get(entry.id)
        return erased_at is not None and not entry.erased and (entry.base is None or entry.base < erased_at)
