"""What goes along to a new coach: a workbook of its own that begins with what was ticked, and with nothing else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from coaching.model import prompts
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, Shared, share
from coaching.model.validation import parse
from coaching.model.vocabulary import AgreementEvent, Kind, Side, Visibility
from coaching.workbook import sessions
from coaching.workbook.exports import Copy, form_of
from coaching.workbook.handover.offer import HandoverChoice, Line, in_order, told

_BUNDLE: Final = Path("bundle.zip")
_NUMBERED: Final = re.compile(r"([A-Z]+)[0-9]+")

Record = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Plan:
    """What goes to a new coach, made and not handed over yet.

    Attributes
    ----------
    shared
        All that the new coach will see, and nothing else.
    workbook
        ULID of the workbook that begins with it: one of its own, so that nothing of this one ever comes into it.
    asof
        The day of the hand-over.
    wish
        How it moves on.
    """

    shared: Shared
    workbook: str
    asof: date
    wish: HandoverChoice

    def bundle(self) -> str | bytes:
        """Return it as a bundle."""
        copy = Copy(self.shared, self.shared, self.workbook, Side.COACH, Side.COACHEE, self.asof)
        return form_of(_BUNDLE).write(copy)

    def preview(self) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Return what will be seen, line by line: the record, and its words."""
        records = in_order(self.shared.records())
        by_id = {record["id"]: record for record in records}
        for record in records:
            yield record, " · ".join(told(record, by_id))


def beginning(workbook: str, coachee: str, coach: str, along: Sequence[Line], now: datetime, today: date) -> Shared:
    """Return what a new coach's workbook begins with: two people, words to agree on, and what goes along.

    Parameters
    ----------
    workbook
        Its ULID.
    coachee, coach
        The names of the two.
    along
        The lines that go along.
    now, today
        The time, UTC, and the local day.
    """
    people = {
        Side.COACHEE: sessions.new_person(workbook, Side.COACHEE, coachee),
        Side.COACH: sessions.new_person(workbook, Side.COACH, coach),
    }
    proposed = {
        "kind": Kind.AGREEMENT,
        "id": derived_id(today, workbook, Kind.AGREEMENT),
        "held_on": today,
        "author": Side.COACHEE,
        "visibility": Visibility.PAIR,
        "agreement_event": AgreementEvent.PROPOSED,
        "text": prompts.first_words(coachee, coach),
    }
    lines = [_given(line, {side: person["id"] for side, person in people.items()}) for line in along]
    records = [*people.values(), proposed, *_numbered_anew(lines)]
    rev = {"rev": int(now.timestamp() * 1_000_000), "saved_at": now}
    return share(frames(to_table([parse(record | rev) for record in records])), Audience.PAIR)


def _given(line: Line, people: Mapping[Side, str]) -> Record:
    """Return a line as the new pair has it: the coachee agreed that one person may read it, not that others may."""
    record = {**line.record, "visibility": Visibility.PAIR}
    return record | {"person": people[record["owner"]]} if "owner" in record else record


def _numbered_anew(records: Sequence[Record]) -> Iterator[Record]:
    """Return records with short names from one on: a number must not tell how many others there are."""
    counts: dict[str, int] = {}
    statements = sum(record["kind"] == Kind.MISSION for record in records)
    for record in records:
        letter = (_NUMBERED.fullmatch(record.get("label", "")) or ["", record["kind"]])[1]
        counts[letter] = number = counts.get(letter, 0) + 1
        if record["kind"] == Kind.MISSION:  # the newest comes first
            yield record | {"number": statements + 1 - number}
        else:
            yield record | {"label": f"{letter}{number:02d}" if letter != record["kind"] else None}
