"""The sheet for those who leave the laptop shut: one page on paper that lies between the two of them."""

from datetime import date
from pathlib import Path

from coaching import metrics, pages
from coaching.metrics.threads import threads
from coaching.model.frames import current, frames
from coaching.model.sharing import Audience, Shared, share
from coaching.model.vocabulary import Side
from coaching.store import write_file
from coaching.workbook import sessions
from coaching.workbook.exports import check_ending, check_not_there
from coaching.workbook.handouts import Handouts
from coaching.workbook.ledger import Ledger
from coaching.workbook.questions import prompts_for_both


class Sheets:
    """The sheets of a workbook. No copy is handed out by them, so none is noted.

    Parameters
    ----------
    ledger
        Where its entries are.
    handouts
        What says where a file may lie.
    """

    def __init__(self, ledger: Ledger, handouts: Handouts) -> None:
        self._ledger = ledger
        self._handouts = handouts

    def page(self, day: date | None = None) -> str:
        """Return the sheet for a conversation, as HTML: what both may read, and room to write.

        Parameters
        ----------
        day
            The day of the conversation, today by default.
        """
        snapshot = self._ledger.store.read()
        history, on = self._ledger.understood(snapshot), day or self._ledger.today()
        holder = Side(self._ledger.store.holder)
        context = sessions.context(self._ledger.workbook, holder, history, snapshot.drafted, None, on)
        shared = share(frames(current(snapshot.history)), Audience.PAIR)
        told = threads(shared.frames, on)
        questions = prompts_for_both(context, _owners_of_due(shared, on), told)
        return pages.sheet_page(shared, day=on, questions=questions)

    def write(self, file: Path, day: date | None = None) -> None:
        """Write the sheet as a file, whole or not at all, readable for its owner alone; its name ends in .html.

        Raises
        ------
        CoachingError
            If the file is there already, would lie in the folder of the workbooks, or cannot be written.
        """
        check_ending(file, ".html")
        self._handouts.check_place(file)
        check_not_there(file)
        write_file(file, self.page(day))


def _owners_of_due(shared: Shared, day: date) -> frozenset[str]:
    """Return who has promised something that is due by a day, as far as both may read it."""
    rows = metrics.item_rows(shared.frames, day)
    return frozenset(row["owner"] for row in rows if row["state"] == "open" and row["due"] <= day)
