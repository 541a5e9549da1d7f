"""The files of a workbook as they are now, and what should be there: read together, so that the two fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coaching.store.disk.layout import Layout
from coaching.store.files.folder import Problem
from coaching.store.files.inventory import Expected, Inventory, Part, older_card, put_back
from coaching.store.files.marks import draft_of, marks
from coaching.store.files.memory import Memory
from coaching.store.files.parquet import Codec, Content
from coaching.store.files.provenance import Version
from coaching.store.files.read import Files, read_files
from coaching.store.keys.card import CardWatch


@dataclass(frozen=True)
class Stock:
    """The files of a workbook at one moment.

    Parameters
    ----------
    entries, drafts
        What the files of each folder say.
    inventory
        Which of them there should be.
    is_new
        Whether there are other files of entries than at the reading before.
    """

    entries: Files
    drafts: Files
    inventory: Inventory
    is_new: bool = True

    @property
    def standing(self) -> list[Content]:
        """What the files say that no other one has replaced, in the order of their names: compacted ones first."""
        replaced = self.inventory.replaced_entries
        entries = [content for name, content in self.entries.contents.items() if name not in replaced]
        return [*entries, *self.standing_drafts]

    @property
    def standing_drafts(self) -> list[Content]:
        """What the drafts say that no other file has replaced."""
        replaced = self.inventory.replaced_drafts
        return [content for name, content in self.drafts.contents.items() if name not in replaced]

    @property
    def replaced(self) -> list[str]:
        """The files that another one has replaced and that are there all the same, below the workbook's folder."""
        inventory = self.inventory
        entries, drafts = sorted(inventory.replaced_entries), sorted(inventory.replaced_drafts)
        return [*(f"entries/{name}" for name in entries), *(f"drafts/{name}" for name in drafts)]

    def put_back(self, *, is_taken_out: bool = False) -> tuple[Problem, ...]:
        """Return which files hold words that were erased since they were replaced, and whether they go now."""
        places, inventory = [content.table for content in self.standing], self.inventory
        return (
            *put_back("entries", self.entries, inventory.replaced_entries, places, is_taken_out=is_taken_out),
            *put_back("drafts", self.drafts, inventory.replaced_drafts, places, is_taken_out=is_taken_out),
        )


def newest_files(layout: Layout, codec: Codec) -> tuple[Version, ...]:
    """Return the files of entries that no other one names."""
    part = Part.of(read_files(layout.entries, codec, {}).contents)
    return tuple(Inventory(part, Part.of({})).heads)


class StockTaking:
    """Reads the files of a workbook; those that were read before are not read again.

    Parameters
    ----------
    layout
        The workbook's folder.
    memory
        What the home remembers of it.
    watch
        Its card.
    codec
        Gives how files are read now.
    """

    def __init__(self, layout: Layout, memory: Memory, watch: CardWatch, codec: Callable[[], Codec]) -> None:
        self._layout, self._memory, self._watch, self._codec = layout, memory, watch, codec
        self._entries = Files({}, {})
        self._part: Part | None = None
        #: How often the card had been changed when the file that has every column was written.
        self.card_beside = 0
        #: Versions that were written here, and taken away again as they could not be kept.
        self.given_up: dict[str, int] = {}

    def take(self) -> Stock:
        """Return the files as they are now.

        Raises
        ------
        OSError
            If a folder is gone or cannot be read.
        """
        expected = self._expected()  # before the files are listed: nothing that is there then vanishes unnoticed
        codec = self._codec()
        # Drafts first: one that is committed meanwhile is then found among the entries, or twice.
        drafts = read_files(self._layout.drafts, codec, {})
        entries = read_files(self._layout.entries, codec, self._entries.contents)
        if entries.unread or drafts.unread:
            self._watch.check()  # with the key of before everything would look damaged
        is_new = self._part is None or entries.contents.keys() != self._entries.contents.keys()
        if is_new or self._part is None:
            self._part = Part.of(entries.contents)
        self._entries = entries
        return Stock(entries, drafts, Inventory(self._part, Part.of(drafts.contents), expected), is_new)

    def problems(self, stock: Stock) -> tuple[Problem, ...]:
        """Return what is wrong with the files: unreadable, missing, put back, older than they should be."""
        problems = [*stock.entries.problems("entries"), *stock.drafts.problems("drafts")]
        problems += stock.inventory.problems([*stock.entries.unread, *stock.drafts.unread])
        if not self._layout.rewriting.exists():  # else they are there until everything is written anew
            # One that is gone by now was there while somebody else was writing everything anew.
            problems += [one for one in stock.put_back() if (self._layout.folder / one.file).exists()]
        if stock.inventory.is_of_newer_card(self._watch.card.changes):
            self._watch.check()  # it may have been changed since it was read
            if stock.inventory.is_of_newer_card(self._watch.card.changes):
                problems.append(older_card(self._layout.card.name))
        return tuple(problems)

    def card(self) -> int:
        """Return how often the card was changed, by what is known outside it."""
        return max(self.card_beside, self._memory.card())

    def _expected(self) -> Expected:
        drafts: Mapping[Version, str] = {
            version: draft_of(mark) or "" for version, mark in marks(self._layout.drafts).items()
        }
        seen = [Version(*one) for one in self._memory.seen().items()]
        entries = [*self._watch.card.files, *marks(self._layout.entries), *seen]
        return Expected(entries, drafts, self.card(), dict(self.given_up))
