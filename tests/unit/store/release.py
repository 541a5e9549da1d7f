"""Write the folder of the current schema version: ``python -m tests.unit.store.release``; once, when it is released."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from coaching.model.entries import (
    Agreement,
    Dream,
    Item,
    Note,
    Preparation,
    Progress,
    SegmentState,
    Session,
    Strength,
    Supporter,
)
from coaching.model.ids import derived_id
from coaching.model.schema import VERSION, from_table
from coaching.store import create
from tests.unit.store.samples import cheap_locks

PASSPHRASE = "four words are good"  # noqa: S105 - of a workbook that holds nothing
_DAY = date(2025, 3, 4)


def _entries():
    """Return entries of kinds old and new: (kept, drafted)."""
    session = derived_id(_DAY, "session")
    common = {"rev": 1, "author": "coach", "saved_at": datetime(2025, 3, 4, 9, 30, tzinfo=UTC), "held_on": _DAY}

    def made(model, name, /, **fields):
        return model(id=derived_id(_DAY, name), session=session, **common, **fields)

    kept = [
        Session(id=session, label="S01", number=1, **common),
        made(Agreement, "agreement", agreement_event="proposed", text="Only between us."),
        made(SegmentState, "dreams", segment="dreams", decision="keep", dreams=("a", "b"), asked="What do you love?"),
        made(
            Item, "item", label="I01", what="Call the school", owner="coachee", by=date(2025, 3, 18), visibility="pair"
        ),
        made(Dream, "dream", label="D01", title="To teach one day"),
        made(Progress, "progress", about=derived_id(_DAY, "dream"), status="alive", text="A first class has asked."),
        made(Strength, "strength", text="To wait until somebody speaks.", confirmed=True),
        made(Supporter, "supporter", name="Ilse", text="Her classroom."),
        made(Item, "experiment", what="Sit at the back", experiment=True, wish="To see it", best_outcome="A seat"),
    ]
    drafted = [
        made(Note, "note", segment="dreams", topic="dream", text="I would love to teach one day"),
        made(Preparation, "preparation", prompts=("What now?",), question="How come?", segment="dreams", text="Listen"),
    ]
    return session, kept, drafted


def write(folder):
    """Write a plain and an encrypted workbook, and what they say."""
    session, kept, drafted = _entries()
    for kind, passphrase in (("plain", None), ("encrypted", PASSPHRASE)):
        workbook = derived_id(_DAY, kind)
        with cheap_locks():
            made = create(folder / kind / workbook, workbook=workbook, holder="coach", passphrase=passphrase)
        made.store.save(kept)
        made.store.draft(session, "tab-1", drafted)
        read = from_table(made.store.read().history)
    said = [json.loads(entry.model_dump_json(exclude_none=True)) for entry in read]
    (folder / "expected.json").write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent / "released" / str(VERSION))
