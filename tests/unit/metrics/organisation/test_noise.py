"""The noise of all homes together is the one that is promised, and hides whether one person was there."""

import math
from collections import Counter
from random import Random

import numpy as np
import pytest

from coaching.metrics.organisation.noise import error, polya_noise

ROUNDS = 10_000


def seeded(seed):
    return Random(seed)  # noqa: S311 - the same draw every time


def chances(epsilon):
    """Return the chance of each value of two-sided geometric noise, by its formula."""
    ratio = math.exp(-epsilon)
    return lambda value: (1 - ratio) / (1 + ratio) * ratio ** abs(value)


def totals(epsilon, homes, rounds, seed):
    """Return what all homes together add to a number, many times."""
    rng = seeded(seed)
    return [sum(polya_noise(epsilon, 1 / homes, rng) for _ in range(homes)) for _ in range(rounds)]


@pytest.mark.parametrize(("epsilon", "homes"), [(1.0, 3), (1.0, 30), (0.5, 7)])
def test_the_parts_of_all_homes_add_up_to_geometric_noise(epsilon, homes):
    rounds = 2_000
    counts, chance = Counter(totals(epsilon, homes, rounds, seed=7)), chances(epsilon)
    for value in range(-3, 4):
        deviation = math.sqrt(chance(value) * (1 - chance(value)) / rounds)
        assert abs(counts[value] / rounds - chance(value)) < 4.5 * deviation


@pytest.mark.thorough
def test_the_noise_is_distributed_as_the_reference_library_draws_it():
    import opendp.prelude as dp  # noqa: PLC0415 - takes a second, and this test alone needs it

    dp.enable_features("contrib")
    draw = dp.m.make_geometric(dp.atom_domain(T=int), dp.absolute_distance(T=int), scale=1.0)
    reference, own = Counter(draw(0) for _ in range(ROUNDS)), Counter(totals(1.0, 5, ROUNDS, seed=11))
    for value in range(-4, 5):
        share = (reference[value] + own[value]) / 2 / ROUNDS
        assert abs(reference[value] - own[value]) / ROUNDS < 4.5 * math.sqrt(2 * share * (1 - share) / ROUNDS)


@pytest.mark.thorough
@pytest.mark.parametrize(("epsilon", "limit"), [(1.0, 0.66), (0.5, 0.58)])
def test_two_totals_hardly_tell_whether_the_one_who_left_had_kept_a_promise(epsilon, limit):
    """Eleven people in two quarters, one of whom leaves: the attacker knows the others, and guesses the last one."""
    rng = seeded(3)
    first, second = (totals(epsilon, 11, ROUNDS, seed) for seed in (5, 6))
    right = 0
    for before, after in zip(first, second, strict=True):
        kept = rng.random() < 0.5
        guess = (7 + kept + before) - (7 + after) > 0
        right += guess == kept
    assert 0.5 < right / ROUNDS <= limit


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.999])
@pytest.mark.parametrize("epsilon", [0.1, 0.5, 1.0, 3.0])
def test_the_error_is_the_least_distance_that_holds_so_often(epsilon, confidence):
    chance = chances(epsilon)
    distance = error(epsilon, 1.0, confidence)
    inside = sum(chance(value) for value in range(-distance, distance + 1))
    assert inside >= confidence - 1e-9
    assert distance == 0 or inside - 2 * chance(distance) < confidence


def test_more_homes_than_agreed_make_the_error_larger_and_never_smaller():
    errors = [error(1.0, shape) for shape in (1.0, 2.0, 10.0, 100.0, 1000.0)]
    assert errors == sorted(errors)
    assert errors[-1] == pytest.approx(2.576 * math.sqrt(1000 * 2 * math.exp(-1)) / (1 - math.exp(-1)), rel=0.02)


def test_without_any_noise_worth_the_name_there_is_no_error():
    assert (error(1000.0, 1.0), polya_noise(1000.0, 1.0, seeded(1))) == (0, 0)


def test_the_parts_of_one_home_spread_as_far_as_their_shape_says():
    drawn = np.array([polya_noise(0.5, 0.25, seeded(seed)) for seed in range(4_000)])
    ratio = math.exp(-0.5)
    assert drawn.var() == pytest.approx(2 * 0.25 * ratio / (1 - ratio) ** 2, rel=0.15)
