"""What one line of a list said of an action item, as it is kept with the item, so that nothing has to be read again.

All that lists say of an item is worked out anew from all its sightings (`story`), whatever list came first.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from json.encoder import encode_basestring as _quoted
from typing import Any, Self, cast

from coaching.formats.task_lists.task import State, Task
from coaching.formats.task_lists.words import words_key

#: By what two lines of one list with the same words were two: their owners, their days, their parents.
Apart = frozenset[str]


@dataclass(frozen=True, repr=False)
class Sighting:
    """One line as it stood in a list.

    Attributes
    ----------
    what, owner, state, by, agreed, closed_on, repeats, parent
        As in its `Task`; the parent as `words_key` compares it.
    seen_on
        The day of its list; None if nothing said one.
    read_on
        The day on which a line without a day came in.
    apart
        What told it from a line with the same words in its list.
    is_both
        Whether the same words stood ticked and open in its list.
    is_gone
        Whether it is no line, but the word of somebody that what stood in no later list was let go.
    """

    what: str
    owner: str | None
    state: State
    seen_on: date | None = None
    read_on: date | None = None
    by: date | None = None
    agreed: date | None = None
    closed_on: date | None = None
    repeats: bool = False
    parent: str = ""
    apart: Apart = frozenset()
    is_both: bool = False
    is_gone: bool = False

    def __repr__(self) -> str:
        """Show none of its words."""
        return f"<Sighting of {self.seen_on}>"

    @classmethod
    def of(cls, task: Task, today: date, apart: Apart, *, is_both: bool) -> Self:
        """Return what a line says."""
        return cls(
            what=task.what,
            owner=task.owner,
            state=task.state,
            seen_on=task.seen_on,
            read_on=None if task.seen_on else today,
            by=task.by,
            agreed=task.agreed,
            closed_on=task.closed_on,
            repeats=task.repeats,
            parent=words_key(task.parent) if task.parent else "",
            apart=apart,
            is_both=is_both,
        )

    @property
    def key(self) -> str:
        """Its words as they are compared."""
        return words_key(self.what)

    @property
    def ended(self) -> bool:
        """Whether it was done or let go."""
        return self.state in {"done", "let_go"}

    @property
    def day(self) -> date:
        """The day of its list, or of the import."""
        return self.seen_on or self.read_on or date.min

    @property
    def since(self) -> date | None:
        """The first day that it says anything of; None if it says none."""
        return min((day for day in (self.agreed, self.seen_on, self.closed_on) if day), default=None)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Where it stands among the lines of an item: by its day, then by all that it says."""
        said = (self.by, self.closed_on, self.state, self.what, self.owner, self.parent, self.agreed, self.repeats)
        return (self.day.isoformat(), *(str(one or "") for one in (*said, self.read_on, self.is_gone)))

    @cached_property
    def content(self) -> tuple[Any, ...]:
        """What it says, whenever it was read: two with the same content are one."""
        return (
            self.key, self.owner, self.state, self.seen_on, self.by, self.agreed, self.closed_on, self.repeats,
            self.parent, self.is_gone,
        )  # fmt: skip

    def tells_more_than(self, earlier: Self | None) -> bool:
        """Tell whether the line, or its list, says anything that an earlier reading did not."""
        return earlier is None or (self.apart, self.is_both) != (earlier.apart, earlier.is_both)

    def joined(self, earlier: Self | None) -> Self:
        """Return a line that was read before, with what both readings say of its list."""
        if earlier is None:
            return self
        return replace(
            earlier,
            apart=self.apart | earlier.apart,
            is_both=self.is_both or earlier.is_both,
            what=min(self.what, earlier.what),
            read_on=min(filter(None, (self.read_on, earlier.read_on)), default=None),
        )

    def written(self) -> str:
        """Return it as text."""
        said: dict[str, Any] = {
            "what": self.what, "owner": self.owner, "state": self.state, "seen": _text(self.seen_on),
            "read": _text(self.read_on), "by": _text(self.by), "agreed": _text(self.agreed),
            "closed": _text(self.closed_on), "repeats": self.repeats, "parent": self.parent,
            "apart": "".join(sorted(self.apart)), "both": self.is_both, "gone": self.is_gone,
        }  # fmt: skip
        # As the module json writes it, which takes longer to begin than to write so little.
        texts = (f'"{name}": {"true" if value is True else _quoted(value)}' for name, value in said.items() if value)
        return f"{{{', '.join(texts)}}}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the sighting that a text is; None if a later version wrote what this one does not understand."""
        try:
            said = json.loads(text)
            days = {
                name: date.fromisoformat(said[name])
                for name in ("seen", "read", "by", "agreed", "closed")
                if name in said
            }
            return cls(
                what=str(said["what"]),
                owner=said.get("owner"),
                state=cast("State", said["state"]),
                seen_on=days.get("seen"),
                read_on=days.get("read"),
                by=days.get("by"),
                agreed=days.get("agreed"),
                closed_on=days.get("closed"),
                repeats=bool(said.get("repeats")),
                parent=str(said.get("parent", "")),
                apart=frozenset(said.get("apart", "")),
                is_both=bool(said.get("both")),
                is_gone=bool(said.get("gone")),
            )
        except (ValueError, KeyError, TypeError):
            return None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
