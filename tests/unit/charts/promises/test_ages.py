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
        (100, [0, 28, 56, 84]),
        (400, [0, 91, 183, 274, 365]),
        (1500, [0, 365, 730, 1096, 1461]),
    ],
)
def test_labels_stand_where_a_unit_is_full(last, ticks):
    assert Ages(last, 0, 280).ticks() == ticks


@pytest.mark.parametrize(
    ("last", "name", "labels"),
    [
        (60, "days since it was agreed", [0, 14, 28, 42, 56]),
        (61, "weeks since it was agreed", [0, 2, 4, 6, 8]),
        (400, "months since it was agreed", [0, 3, 6, 9, 12]),
        (1500, "years since it was agreed", [0, 1, 2, 3, 4]),
    ],
)
def test_days_are_counted_up_to_sixty_then_weeks_months_and_years(last, name, labels):
    ages = Ages(last, 0, 280)
    assert (ages.name, [ages.label(day) for day in ages.ticks()]) == (name, labels)


@pytest.mark.parametrize("last", [0, 1, 6, 50, 999, 40_000, 3_000_000])
@pytest.mark.parametrize("room", [10, 200, 700])
def test_labels_have_room_for_any_age(last, room):
    assert 1 <= len(Ages(last, 0, room).ticks()) <= room / 46 + 2


def test_what_lies_beyond_the_ends_stands_at_the_end():
    ages = Ages(10, 100, 200)
    assert [ages.at(day) for day in (-5, 0, 5, 10, 99)] == [100, 100, 150, 200, 200]
