"""The due date in force: the last one recorded on or before the one then in force."""

from datetime import date

import pytest

from coaching.metrics.promises.due import Due, first_due


def _day(number):
    return date(2025, 3, number)


@pytest.mark.parametrize(
    ("moves", "in_force"),
    [
        pytest.param([], 10, id="never moved"),
        pytest.param([(20, 9)], 20, id="moved before the due day"),
        pytest.param([(20, 10)], 20, id="moved on the due day"),
        pytest.param([(20, 11)], 10, id="moved after the due day rescues nothing"),
        pytest.param([(20, 9), (30, 20)], 30, id="moved twice, each time in time"),
        pytest.param([(20, 9), (30, 21)], 20, id="the second move came too late"),
        pytest.param([(20, 11), (30, 12)], 10, id="in time for a date that was never in force"),
        pytest.param([(5, 3)], 5, id="moved forward"),
        pytest.param([(5, 3), (20, 6)], 5, id="moved forward, then back too late"),
    ],
)
def test_date_in_force(moves, in_force):
    due = Due().recorded(_day(10), on=_day(1))
    for to, on in moves:
        due = due.moved(_day(to), on=_day(on))
    assert due.in_force == _day(in_force)
    assert due.first == _day(10)
    assert due.last == _day(moves[-1][0] if moves else 10)
    assert due.moves == len(moves)


def test_a_date_that_lay_in_the_past_when_it_was_agreed_stands():
    assert Due().recorded(_day(1), on=_day(10)).in_force == _day(1)


def test_the_first_date_of_a_draft_is_no_move():
    assert Due().moved(_day(10), on=_day(1)) == Due(_day(10), _day(10), _day(10), moves=0)


@pytest.mark.parametrize(
    ("by", "events", "first"),
    [
        pytest.param(1, [("agreed", None, 2), ("due_moved", 3, 4)], 2, id="the agreement says it"),
        pytest.param(4, [("agreed", None, None), ("due_moved", 3, 4)], 3, id="the first move says it"),
        pytest.param(1, [("agreed", None, None), ("done", None, None)], 1, id="the item says it"),
        pytest.param(1, [], 1, id="without events"),
        pytest.param(4, [("agreed", None, None), ("due_moved", None, 4)], None, id="a draft that got its date later"),
        pytest.param(None, [], None, id="a draft"),
    ],
)
def test_first_due(by, events, first):
    def at(number):
        return None if number is None else _day(number)

    rows = [{"event": event, "due_from": at(was), "due_to": at(to)} for event, was, to in events]
    assert first_due({"by": at(by)}, rows) == at(first)
