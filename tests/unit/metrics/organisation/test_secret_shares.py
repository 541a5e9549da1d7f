"""One share says nothing, both say the number, and sums of shares say the sum."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.organisation.secret_shares import MODULUS, added, joined, split

NUMBERS = st.integers(-(2**40), 2**40)


@given(st.lists(NUMBERS))
def test_both_shares_together_say_the_numbers(numbers):
    first, second = split(numbers)
    assert joined(first, second) == numbers
    assert all(0 <= share < MODULUS for share in (*first, *second))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=9))
def test_the_sums_of_many_homes_say_the_total_whatever_the_order(homes):
    shares = [split(numbers) for numbers in homes]
    first, second = added(one for one, _ in shares), added(other for _, other in reversed(shares))
    assert joined(first, second) == [sum(column) for column in zip(*homes, strict=True)]


def test_what_a_collector_holds_is_spread_evenly_whatever_is_counted():
    """Chi-square over bytes, six looks: with 255 degrees of freedom one in a million is above 380 by chance."""
    for side in (0, 1):
        shares = np.array([split([0, 20])[side] for _ in range(10_000)], dtype=np.uint64).ravel()
        for byte in (56, 32, 0):
            seen = np.bincount(((shares >> np.uint64(byte)) & np.uint64(255)).astype(int), minlength=256)
            assert ((seen - len(shares) / 256) ** 2 / (len(shares) / 256)).sum() < 380
