import pytest

from coaching.charts.canvas.lanes import lane_title, lanes
from tests.unit.charts.charting import items, promise


@pytest.mark.parametrize(
    ("side", "names", "title"),
    [
        ("coach", [], "The coach’s promises"),
        ("coach", ["Anselm", "Anselm"], "Anselm’s promises"),
        ("coach", ["Anselm", "Zoë"], "The coaches’ promises"),
        ("coachee", [], "The coachee’s promises"),
        ("coachee", ["A", "B"], "The coachee’s promises"),
        ("coachee", ["مها"], "Promises of مها"),
        ("coachee", ["{name}\n"], "{name}’s promises"),
    ],
)
def test_promises_are_called_by_whose_they_are(side, names, title):
    assert lane_title(side, names) == title


def test_a_side_without_promises_has_no_lane():
    found = lanes(items(promise(1, "open"), promise(2, "open", owner=None, owner_name=None)))
    assert [(title, list(lane["id"])) for title, lane in found] == [
        ("Marisol’s promises", ["item-1"]),
        ("Nobody’s yet", ["item-2"]),
    ]
