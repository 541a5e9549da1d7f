"""A second folder of a workbook, as sync tools and file managers make them: what only it has, brought in."""

from pathlib import Path

from coaching.model.entry import Entry
from coaching.model.schema import readable
from coaching.model.vocabulary import Side
from coaching.store import Keys, read_folder
from coaching.workbook.incoming import Added, additions, lacking
from coaching.workbook.ledger import Ledger


class Duplicate:
    """A second folder of a workbook.

    Parameters
    ----------
    folder
        The folder.
    ledger
        Where the entries of the workbook itself are.
    keys
        What unlocking the second folder gave.

    Attributes
    ----------
    problems
        What of it cannot be read, one sentence each.
    lacking
        What the workbook lacks of it, of every revision.

    Raises
    ------
    StoreError
        If it cannot be read at all, or is the other side's copy.
    """

    def __init__(self, folder: Path, ledger: Ledger, keys: Keys) -> None:
        snapshot = read_folder(folder, keys, workbook=ledger.store.workbook, holder=ledger.store.holder)
        entries, unreadable = readable(snapshot.history)
        self.problems = [*(str(problem) for problem in snapshot.problems), *map(str, unreadable)]
        self.lacking: list[Entry] = lacking(entries, ledger.history())
        self._ledger = ledger

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<Duplicate: {len(self.lacking)} revisions>"

    def bring_in(self) -> Added:
        """Bring in what the workbook lacks; the second folder stays as it is.

        What was written in both without knowing of each other is a conflict afterwards, as it is when two machines
        write into one folder.

        Raises
        ------
        StoreError
            If the disk refuses; bringing in again goes on.
        """
        store, now = self._ledger.store, self._ledger.now()
        places = [entry for entry in self.lacking if entry.erased]
        entries = [self._told_apart(entry) for entry in self.lacking if not entry.erased]
        if places:
            store.erase(places)
        new, added = additions(
            [entry.model_dump() for entry in entries],
            self._ledger.history(),
            holder=Side(store.holder),
            next_rev=self._ledger.next_rev,
            now=now,
            earlier={},
        )
        self._ledger.save(new)
        return Added(added.new + len(places), added.known, added.left_out)

    def _told_apart(self, entry: Entry) -> Entry:
        """Return an entry with a revision of its own, if something else was said under the one that it has."""
        taken = {revision.rev for revision in self._ledger.history() if revision.id == entry.id}
        taken |= {other.rev for other in self.lacking if other.id == entry.id and other is not entry}
        rev = entry.rev
        while rev in taken:
            rev += 1
        return entry.model_copy(update={"rev": rev})
