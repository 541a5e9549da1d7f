"""Fields of a form that each hold one side's words about one topic of the session."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coaching.forms.engine.blocks import readers, text
from coaching.forms.engine.messages import TextBlock
from coaching.forms.engine.values import said
from coaching.i18n import say
from coaching.model.entries import Note, SegmentState
from coaching.model.vocabulary import Segment, Side, Topic, Visibility
from coaching.workbook.context import Context, Record, Records, Values


@dataclass(frozen=True)
class NoteField:
    """One side's words about one topic; label and hint are marked for the catalogue, `{name}` is the coachee's name."""

    name: str
    segment: Segment
    topic: Topic
    author: Side
    label: str
    hint: str = ""
    rows: int = 2

    def block(self, context: Context) -> TextBlock:
        """Return the field."""
        seen = readers(self.author, context.holder)
        label = say(self.label, name=context.coachee.name)
        return text(self.name, label, hint=say(self.hint) if self.hint else "", rows=self.rows, seen=seen)

    def entry(self, context: Context) -> Note | None:
        """Return what the session holds for this field."""
        return context.first(Note, segment=self.segment, topic=self.topic, author=self.author)

    def values(self, context: Context) -> dict[str, str]:
        """Return the field's words and who may read them."""
        entry = self.entry(context)
        return {self.name: entry.text or "", f"{self.name}:seen": entry.visibility.value} if entry else {}

    def record(self, context: Context, values: Values) -> tuple[str, Record]:
        """Return id and record of the field's words."""
        fields: dict[str, Any] = {"segment": self.segment, "topic": self.topic}
        identity = context.identity(Note, self.segment, self.topic, self.author, **fields, author=self.author)
        words = said(values, self.name)
        visibility = values.get(f"{self.name}:seen") or Visibility.PAIR
        return identity, context.record(
            Note, identity, self.author, visibility, **fields, text=words
        ) if words else None


def note_values(fields: Iterable[NoteField], context: Context) -> dict[str, str]:
    """Return the values of several note fields."""
    return {name: value for field in fields for name, value in field.values(context).items()}


def note_records(fields: Iterable[NoteField], context: Context, values: Values) -> Records:
    """Return the records of several note fields."""
    return dict(field.record(context, values) for field in fields)


def segment_record(segment: Segment, context: Context, *, present: bool = False, **fields: Any) -> Records:
    """Return the record that a part took place, if it did or if one of `fields` says something."""
    identity = context.identity(SegmentState, segment, segment=segment)
    if not present and not any(fields.values()):
        return {identity: None}
    return {identity: context.record(SegmentState, identity, Side.COACH, segment=segment, **fields)}


def is_said_today(records: Records, context: Context) -> bool:
    """Tell whether any of these records says something that was not there before this session."""
    return any(record for identity, record in records.items() if identity not in context.earlier)


def who_may_read(context: Context) -> str:
    """Return what the holder of a copy must know of what is written there for nobody else."""
    if context.holder is not Side.COACH:
        return say("It stays in your copy.")
    return say("Erased after 90 days. {name} may have a legal right to read this.", name=context.coachee.name)
