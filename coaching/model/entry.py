"""What every entry has, and how a field says whether it may leave.

An entry is one row of one tall table. A change is a new entry with the same `id` and a higher `rev`; nothing is
overwritten. Every field says whether it may leave the workbook together with its entry: a field marked `Leaves` does
when the entry's `visibility` allows it, a field without the mark never does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from coaching.model.vocabulary import Kind, Side, Visibility


@dataclass(frozen=True)
class Leaves:
    """Marks a field that leaves the workbook together with its entry; a field without it is private."""


@dataclass(frozen=True)
class Refers:
    """Marks a field that holds the id, or the ids, of other entries."""


def storable(text: str) -> str:
    """Replace halves of surrogate pairs, which no file can hold as UTF-8, by the replacement character."""
    if text.isascii():  # as most are
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Words = Annotated[str, AfterValidator(storable)]
Text = Annotated[Words | None, Leaves()]
Id = Annotated[str | None, Leaves(), Refers()]
Day = Annotated[date | None, Leaves()]
Number = Annotated[int | None, Leaves()]
Flag = Annotated[bool | None, Leaves()]
Ids = Annotated[tuple[str, ...] | None, Leaves(), Refers()]
Texts = Annotated[tuple[Words | None, ...] | None, Leaves()]
Score = Annotated[int | None, Field(ge=1, le=5), Leaves()]


class Entry(BaseModel):
    """What every entry has.

    Attributes
    ----------
    id
        ULID; the same through all changes of the entry.
    rev
        Integer time in microseconds; the highest `rev` of an `id` is its current state.
    base
        The `rev` that this one was edited from; none for the first.
    session
        Id of the session in which it was said, if there was one.
    held_on
        The day it belongs to: the session's date, or the day of the event.
    author
        Whose words these are. With `visibility` private it also says whose copy alone may hold them.
    visibility
        Private unless said otherwise.
    label
        Short name inside the workbook, for people: ``S01``, ``I07``.
    withdrawn
        True once it is no longer said; it then has no words left.
    erased
        True where somebody asked for it to be erased: an empty place. All its earlier revisions are gone for good.
    settles
        The revisions besides `base` that this one takes the place of: what was written in two places at once, and
        somebody chose.
    saved_at
        When it was kept, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    kind: Annotated[Kind, Leaves()]
    id: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$"), Leaves()]
    rev: Annotated[int, Leaves()]
    base: int | None = None
    session: Id = None
    held_on: Day = None
    author: Annotated[Side, Leaves()]
    visibility: Annotated[Visibility, Leaves()] = Visibility.PRIVATE
    label: Text = None
    withdrawn: Flag = None
    erased: Flag = None
    settles: tuple[int, ...] | None = None
    saved_at: datetime

    #: Name of the field that holds the id of the entry which decides the visibility of this one, if there is such.
    covered_by: ClassVar[str | None] = None
    #: The kinds of entry to which that field leads.
    covering: ClassVar[frozenset[Kind]] = frozenset()

    @classmethod
    def says_its_readers(cls, session: str | None) -> bool:
        """Tell whether an entry of a session, or of none, is for those alone who may read it by its own visibility.

        One that is covered by another is as visible as that one: of its own, only that it is private counts.
        """
        del session
        return cls.covered_by is None

    def __repr__(self) -> str:
        """Name the entry without its words."""
        return f"<{type(self).__name__} {self.id}>"

    __str__ = __repr__

    @property
    def short_name(self) -> str | None:
        """What people call the entry by in a workbook, where it has a name."""
        return self.label

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Keep the words out of every other way to print an entry too, rich's for one."""
        return [("id", self.id)]

    def content(self) -> dict[str, Any]:
        """Return all fields that say something, without those that tell one revision from another."""
        return self.model_dump(exclude={"rev", "base", "settles", "saved_at"})

    def revised(self, *, rev: int, base: int | None, saved_at: datetime) -> Self:
        """Return the same words as revision `rev`, edited from `base`."""
        return self.model_copy(update={"rev": rev, "base": base, "saved_at": saved_at})


def fields_marked(model: type[Entry], mark: type) -> frozenset[str]:
    """Return the names of the fields of `model` that carry a mark.

    Examples
    --------
    >>> "label" in fields_marked(Entry, Leaves), "saved_at" in fields_marked(Entry, Leaves)
    (True, False)
    """
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark_of_field, mark) for mark_of_field in field.metadata)
    )
