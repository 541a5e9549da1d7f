"""What the forms of one session know: the two people, what was before, and what this session holds so far."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from coaching import metrics
from coaching.metrics.threads import Thread, threads
from coaching.model.entry import Entry
from coaching.model.ids import day_of, derived_id, free_labels
from coaching.model.rows import Rows
from coaching.model.vocabulary import Side, Visibility

Values = Mapping[str, str]
#: What a form says of one entry: its fields without revision, or None where nothing is said (any more).
Record = dict[str, Any] | None
Records = dict[str, Record]
#: By id, the revisions of an entry that a choice settles.
Settled = Mapping[str, tuple[int, ...]]

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, repr=False)
class Party:
    """One of the two people: `name` is what they are called by, on every screen."""

    id: str | None
    name: str
    full_name: str


@dataclass(frozen=True, repr=False)
class Context:
    """What the forms of one session know.

    Parameters
    ----------
    workbook
        Id of the workbook.
    holder
        Whose copy this is.
    coach, coachee
        The two people.
    session, label, number, held_on
        The session: id, short name, number in the workbook and date.
    before
        All entries but those of this session, as rows.
    earlier
        The same entries by id.
    own
        The current entries of this session, drafts included.
    elsewhere
        By id, what was written in another place at the same time as what `own` holds, newest first.
    """

    workbook: str
    holder: Side
    coach: Party
    coachee: Party
    session: str
    label: str
    number: int
    held_on: date
    before: Rows
    earlier: Mapping[str, Entry]
    own: tuple[Entry, ...]
    elsewhere: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """The action items as they stand before the session (see `item_rows`); asked for with every word typed."""
        return metrics.item_rows(self.before, self.held_on)

    @cached_property
    def _day(self) -> date:
        return day_of(self.session)

    @cached_property
    def _own_about(self) -> Mapping[str, Sequence[Entry]]:
        """The entries of this session by their own id, and by what they are about: there may be hundreds."""
        about: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.own:
            for identity in (entry.id, getattr(entry, "item", None), getattr(entry, "about", None)):
                if identity:
                    about[identity].append(entry)
        return about

    @cached_property
    def threads(self) -> tuple[Thread, ...]:
        """What was told before the session and can move, as it stood when the session began."""
        return threads(self.before, self.held_on)

    @cached_property
    def has_old_words(self) -> bool:
        """Whether what was said once may return on the holder's screen."""
        holder = self.earlier.get(self.party(self.holder).id or "")
        return getattr(holder, "old_words", None) is not False

    def party(self, side: Side) -> Party:
        """Return one of the two people."""
        return self.coach if side is Side.COACH else self.coachee

    def owned(self, model: type[E], **fields: object) -> Iterator[E]:
        """Return this session's entries of one model whose fields have these values."""
        about = fields.get("id") or fields.get("item") or fields.get("about")
        for entry in self._own_about.get(about, ()) if isinstance(about, str) else self.own:
            if isinstance(entry, model) and all(getattr(entry, name) == value for name, value in fields.items()):
                yield entry

    def first(self, model: type[E], **fields: object) -> E | None:
        """Return the first of `owned`, if there is one."""
        return next(self.owned(model, **fields), None)

    def identity(self, model: type[Entry], *key: str, **fields: object) -> str:
        """Return the id of what one field says: that of this session's entry with these fields, else one derived.

        The derived one is the same whenever and wherever the field is typed in.
        """
        entry = self.first(model, **fields)
        return entry.id if entry else derived_id(self._day, self.session, model.__name__, *key)

    def record(
        self, model: type[Entry], identity: str, author: Side, visibility: str = Visibility.PAIR, **fields: object
    ) -> dict[str, Any]:
        """Return what this session says of one entry, on top of what it holds already."""
        entry = self.first(model, id=identity)
        content = entry.content() if entry else {}
        common = {"kind": model.model_fields["kind"].default, "id": identity}
        place = {"session": self.session, "held_on": self.held_on, "author": author, "visibility": visibility}
        return content | common | place | fields

    def labels(self, model: type[Entry], letter: str) -> Callable[[str, str], str]:
        """Return what gives an entry, by id and visibility, the short name it has, or the next that is free.

        One that becomes private, or is private no more, gets another name (see `coaching.model.ids.free_labels`).

        Parameters
        ----------
        model
            The model of the entries to name.
        letter
            What their names begin with.
        """
        entries = [e for e in (*self.earlier.values(), *self.own) if isinstance(e, model) and e.label]
        named = {(entry.id, entry.visibility is Visibility.PRIVATE): entry.label or "" for entry in entries}
        free = {private: free_labels(letter, named.values(), is_private=private) for private in (False, True)}

        def label(identity: str, visibility: str) -> str:
            is_private = visibility == Visibility.PRIVATE
            return named.get((identity, is_private)) or next(free[is_private])

        return label
