"""Vectors of joining: what a copy gains by what another one says, for every program that joins copies.

Each case has a `history`, what comes in (`incoming`, and what its writer knew, `earlier`), and what must become of it:
`gains`, the revisions that the copy gains, and `conflicts`, what somebody has to choose between then.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from coaching.model.entry import Entry
from coaching.model.merge import rules_of_joining
from coaching.model.revisions import conflicts
from coaching.model.validation import parse
from coaching.model.vocabulary import Side
from coaching.workbook.incoming import additions
from tests.vectors.vector import FOLDER

FILE = FOLDER / "joining.json"
SAVED = datetime(2026, 1, 15, tzinfo=UTC)
NEXT_REV = 1000
_DREAM, _OTHER, _PART = (f"01JHQF3800000000000000000{sign}" for sign in "ABC")

Record = Mapping[str, Any]


def note(rev: int, text: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return one revision of a dream."""
    words = {} if text is None else {"text": text}
    common = {"kind": "dream", "id": _DREAM, "author": "coachee", "visibility": "pair", "dream_status": "active"}
    return common | {"rev": rev} | words | fields


def part(rev: int, dreams: Sequence[str], **fields: Any) -> dict[str, Any]:
    """Return one revision of the state of a part, which names dreams."""
    common = {"kind": "segment", "id": _PART, "author": "coach", "visibility": "pair", "segment": "dreams"}
    return common | {"rev": rev, "dreams": list(dreams)} | fields


_FIRST = note(1, "the sea")
_HERE, _THERE = note(2, "the sea at night", base=1), note(3, "the sea in winter")
_HIDDEN = note(1, "mine alone", id=_OTHER, visibility="private", author="coach")
_HANDOUT = {"kind": "handout", "id": _DREAM, "author": "coach", "visibility": "pair", "audience": "open"}

CASES: Sequence[Record] = (
    {"what": "all of it is new", "history": [], "incoming": [_FIRST], "earlier": {}},
    {"what": "what is known already comes in once", "history": [_FIRST], "incoming": [_FIRST], "earlier": {}},
    {
        "what": "what was edited elsewhere follows what was known there",
        "history": [_FIRST],
        "incoming": [_THERE],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what was written in two places at once is a conflict",
        "history": [_FIRST, _HERE],
        "incoming": [_THERE],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what says the same in two places is none",
        "history": [_FIRST, note(2, "the sea in winter", base=1)],
        "incoming": [_THERE],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what somebody has chosen elsewhere is settled here as well",
        "history": [_FIRST, _HERE],
        "incoming": [note(5, "the sea, always")],
        "earlier": {_DREAM: [1, 2, 3]},
    },
    {
        "what": "an older file changes nothing that was edited from it",
        "history": [note(3, "the sea in winter", base=2)],
        "incoming": [note(2, "the sea at night")],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "a newer file that comes first is followed by the older one, not contradicted",
        "history": [_FIRST, note(4, "the sea in spring", base=3, settles=[1])],
        "incoming": [_THERE],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "a writer who knew what is not known here yet has seen it",
        "history": [_FIRST],
        "incoming": [note(4, "the sea in spring")],
        "earlier": {_DREAM: [1, 3]},
    },
    {
        "what": "nobody who wrote it knew anything of it: two beginnings are a conflict",
        "history": [_FIRST],
        "incoming": [_THERE],
        "earlier": {},
    },
    {
        "what": "a file that does not say what its writer knew is taken to have known all that came before",
        "history": [_FIRST, _HERE],
        "incoming": [_THERE],
        "earlier": None,
    },
    {
        "what": "what was taken back elsewhere is taken back here",
        "history": [_FIRST],
        "incoming": [note(3, withdrawn=True)],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "taken back in one place and edited in another is a conflict",
        "history": [_FIRST, _HERE],
        "incoming": [note(3, withdrawn=True)],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what was erased stays erased",
        "history": [note(2, erased=True, visibility="private")],
        "incoming": [_FIRST, _THERE],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what was closed to others in one copy stays closed",
        "history": [note(1, "the sea", visibility="open"), note(2, "the sea", base=1)],
        "incoming": [note(3, "the sea in winter", visibility="open")],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "what was closed after the other has seen it may be opened by them",
        "history": [note(1, "the sea", visibility="open"), note(2, "the sea", base=1)],
        "incoming": [note(3, "the sea in winter", visibility="open")],
        "earlier": {_DREAM: [1, 2]},
    },
    {
        "what": "a clock that is ahead does not make what comes after it older",
        "history": [note(1, "the sea", visibility="open"), note(2, "the sea", base=1)],
        "incoming": [note(5_000, "the sea in winter", visibility="open")],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "a field that stays in the copy in which it was said stays there",
        "history": [{**_HANDOUT, "rev": 1, "form": ".zip", "text": "for Ines"}],
        "incoming": [{**_HANDOUT, "rev": 3, "form": ".html"}],
        "earlier": {_DREAM: [1]},
    },
    {
        "what": "the ids of what is hidden from the other side stay",
        "history": [_FIRST, _HIDDEN, part(1, [_DREAM, _OTHER])],
        "incoming": [_FIRST, part(3, [_DREAM], coach_passed=True)],
        "earlier": {_PART: [1]},
    },
    {
        "what": "the other devices of one person say themselves what was edited from what",
        "history": [_FIRST, _HERE],
        "incoming": [note(3, "the sea in winter", base=1), note(4, "both seas", base=3, settles=[2])],
        "earlier": {},
    },
)


def joined(case: Record) -> dict[str, Any]:
    """Return a case with what this program makes of it."""
    history = [entry_of(record) for record in case["history"]]
    gains, _ = additions(
        case["incoming"],
        history,
        holder=Side.COACH,
        next_rev=lambda: NEXT_REV,
        now=SAVED,
        earlier=case["earlier"],
    )
    rivals = conflicts([*history, *gains])
    return {
        **case,
        "next_rev": NEXT_REV,
        "gains": [plain(entry) for entry in sorted(gains, key=lambda entry: (entry.id, entry.rev))],
        "conflicts": {identity: [entry.rev for entry in others] for identity, others in rivals.items()},
    }


def entry_of(record: Record) -> Entry:
    """Return the entry that a record stands for."""
    return parse({"saved_at": SAVED} | dict(record))


def plain(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON has it, without empty fields and the moment at which it was kept."""
    return entry.model_dump(mode="json", exclude_none=True, exclude={"saved_at"})


def written() -> str:
    """Return the file of all cases, and of the rules that say what stays in a copy."""
    kinds = {record["kind"] for case in CASES for record in (*case["history"], *case["incoming"])}
    rules = {kind: fields for kind, fields in rules_of_joining().items() if kind in kinds}
    document = {"rules": rules, "cases": [joined(case) for case in CASES]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
