"""What may be shown of joined totals: nothing of few, and nothing by which something hidden could be had."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.organisation.cells import CELLS, CONVERSATION, GAPS, OUTCOMES, Cell
from coaching.metrics.organisation.disclosure import FAMILIES, Estimate, disclose, visible_cells

MANY = (120, 60, 12)
SESSIONS = Cell(CONVERSATION, "sessions")
NUMBERS = st.tuples(st.integers(-5, 300), st.sampled_from([0, 3, 9, 10, 40]), st.sampled_from([0, 2, 3, 9]))
#: A quarter by cell: most cells of many, as else nothing is ever shown together.
VALUES = st.dictionaries(st.sampled_from(CELLS), NUMBERS).map(lambda few: dict.fromkeys(CELLS, MANY) | few)


@pytest.mark.parametrize(
    ("people", "coaches", "is_shown"),
    [(10, 3, True), (9, 3, False), (10, 2, False), (0, 0, False), (-2, 40, False), (300, 2, False)],
)
def test_a_number_is_shown_from_ten_people_and_three_coaches_on(people, coaches, is_shown):
    cell = Cell("coachee", "agreed")
    values = dict.fromkeys(CELLS, MANY) | {cell: (40, people, coaches)}
    assert (cell in visible_cells(values)) is is_shown


def test_one_hidden_gap_hides_the_smallest_of_the_others_as_the_sessions_are_shown():
    few, small = Cell(CONVERSATION, GAPS[5]), Cell(CONVERSATION, GAPS[4])
    values = dict.fromkeys(CELLS, MANY) | {few: (2, 2, 1), small: (20, 12, 3)}
    assert set(CELLS) - visible_cells(values) == {few, small}


def test_where_the_sessions_are_hidden_no_other_gap_is():
    few = Cell(CONVERSATION, GAPS[5])
    values = dict.fromkeys(CELLS, MANY) | {few: (2, 2, 1), SESSIONS: (9, 9, 3)}
    assert set(CELLS) - visible_cells(values) == {few, SESSIONS}


def test_a_sum_is_shown_only_if_all_its_parts_are():
    outcomes = [Cell("coachee", name) for name in OUTCOMES]
    values = dict.fromkeys(CELLS, MANY)
    assert disclose("2025Q3", 30, 1.0, 1.0, values).estimate(*outcomes) == Estimate(480, 8)
    assert disclose("2025Q3", 30, 1.0, 1.0, values | {outcomes[1]: (5, 5, 1)}).estimate(*outcomes) is None


def test_noise_brings_no_number_below_nothing():
    values = dict.fromkeys(CELLS, (-3, 12, 4))
    assert disclose("2025Q3", 30, 1.0, 1.0, values).estimate(SESSIONS) == Estimate(0, 4)


@given(VALUES)
def test_no_hidden_number_is_a_linear_combination_of_what_is_shown_and_known(values):
    disclosed = disclose("2025Q3", 30, 1.0, 1.0, values)
    place = {cell: at for at, cell in enumerate(CELLS)}
    rows = [_row(place, [cell]) for cell in CELLS if disclosed.estimate(cell)]
    for family in FAMILIES:
        rows += [_row(place, family.parts)] if disclosed.estimate(*family.parts) else []
        if family.whole:  # known to everybody: the parts add up to it, but for first sessions
            rows.append(_row(place, family.parts) - _row(place, [family.whole]))
    known = np.array(rows or [np.zeros(len(CELLS))])
    rank = np.linalg.matrix_rank(known)
    for cell in (cell for cell in CELLS if disclosed.estimate(cell) is None):
        if any(family.whole == cell and all(disclosed.estimate(part) for part in family.parts) for family in FAMILIES):
            continue  # the sum of what is shown of many is of many
        assert np.linalg.matrix_rank(np.vstack([known, _row(place, [cell])])) == rank + 1, cell


def _row(place, cells):
    row = np.zeros(len(place))
    row[[place[cell] for cell in cells]] = 1
    return row
