import pytest

from coaching.charts.promises.ages import Ages


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (0, [0]),
        (3, [0, 1, 2, 3]),
        (10, [0, 2, 4, 6, 8, 10]),
        (30, [0, 7, 14, 21, 28]),
        (60, [0, 14, 28, 42, 56]),
        (400, [0, 112, 224, 336]),
    ],
)
def test_days_are_labelled_by_whole_weeks_where_there_are_enough(last, ticks):
    assert Ages(last, 0, 280).ticks() == ticks


@pytest.mark.parametrize("last", [0, 1, 6, 50, 999, 40_000, 3_000_000])
@pytest.mark.parametrize("room", [10, 200, 700])
def test_labels_have_room_for_any_age(last, room):
    assert 1 <= len(Ages(last, 0, room).ticks()) <= room / 46 + 2


def test_what_lies_beyond_the_ends_stands_at_the_end():
    ages = Ages(10, 100, 200)
    assert [ages.at(day) for day in (-5, 0, 5, 10, 99)] == [100, 100, 150, 200, 200]
