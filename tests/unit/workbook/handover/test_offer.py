"""What may go along of threads when a plan moves on."""

from datetime import UTC, date, datetime

import pytest

from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from coaching.model.validation import parse
from coaching.model.vocabulary import Side
from coaching.workbook.handover.offer import offered

ASOF = date(2025, 12, 11)
THREAD = derived_id(None, "thread")
COMMON = {"rev": 1, "saved_at": datetime(2025, 1, 1, tzinfo=UTC), "author": "coachee", "visibility": "pair"}


def lines(*records):
    entries = [
        parse({"id": derived_id(None, str(number))} | COMMON | {"held_on": ASOF} | record)
        for number, record in enumerate(records)
    ]
    return {line.record["kind"]: line.record for line in offered(frames(to_table(entries)), Side.COACH, ASOF).lines}


@pytest.mark.parametrize(("status", "goes"), [(None, True), ("changed", True), ("reached", False), ("let_go", False)])
def test_a_goal_goes_along_while_it_goes_on(status, goes):
    goal = {"kind": "note", "id": THREAD, "segment": "yourself", "topic": "goal", "text": "To sleep"}
    line = {"kind": "progress", "about": THREAD, "status": status, "text": "So it is"}
    assert set(lines(goal, line)) == ({"note"} if goes else set())


def test_a_dream_goes_along_as_its_lines_say_it_stands_and_without_them():
    dream = {"kind": "dream", "id": THREAD, "title": "To sail"}
    found = lines(dream, {"kind": "progress", "about": THREAD, "status": "resting", "text": "Not now"})
    assert set(found) == {"dream"}
    assert found["dream"]["dream_status"] == "resting"


def test_strengths_and_supporters_go_along():
    found = lines({"kind": "strength", "text": "Waits"}, {"kind": "supporter", "name": "Ilse"})
    assert (found["strength"]["text"], found["supporter"]["name"]) == ("Waits", "Ilse")


@pytest.mark.parametrize(("event", "goes"), [("not_yet", True), ("showed", False), ("let_go", False)])
def test_an_experiment_goes_along_while_it_goes_on_and_is_nobodys_promise(event, goes):
    item = {"kind": "item", "id": THREAD, "what": "To walk to work", "owner": "coachee", "by": ASOF, "experiment": True}
    told = {"kind": "item_event", "item": THREAD, "event": event}
    entries = frames(
        to_table(
            [
                parse({"id": THREAD} | COMMON | {"held_on": ASOF} | item),
                parse({"id": derived_id(None, "told")} | COMMON | {"held_on": ASOF} | told),
            ]
        )
    )
    found = offered(entries, Side.COACH, ASOF)
    assert [line.words for line in found.lines] == (
        [f"To walk to work · by {ASOF} · to try, and see what it shows"] if goes else []
    )
    assert (found.promises, found.still_open) == ((), ())
