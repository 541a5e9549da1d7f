"""Whatever is done to the files of a home, it is healed or named, and what was erased is not read."""

import random

import pytest

from tests.unit.store.manipulations import MANIPULATIONS, TAMPERINGS, Manipulated, Original, Seen, wrong

pytestmark = pytest.mark.posix


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return Original.made(tmp_path_factory.mktemp("original") / "home")


def manipulate(original, folder, number):
    """Do one thing to a home, or two; of five, one tampers with what tells of the files too."""
    chance = random.Random(number)  # noqa: S311 - what is done
    home = Manipulated(original, folder / str(number), chance)
    for manipulation in chance.choices(MANIPULATIONS, k=chance.choice([1, 2])):
        home.do(manipulation)
    is_tampered = number % 5 == 0
    if is_tampered:
        home.do(chance.choice(TAMPERINGS))
    return home, is_tampered


def wrong_of(original, folder, numbers):
    found = []
    for number in numbers:
        home, is_tampered = manipulate(original, folder, number)
        found += [(number, home.workbook, home.done, complaint) for complaint in wrong(home, is_tampered=is_tampered)]
    return found


@pytest.mark.thorough
def test_sixty_random_manipulations_are_healed_or_named(original, tmp_path):
    assert wrong_of(original, tmp_path, range(60)) == []


@pytest.mark.soak
@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_random_manipulations_are_healed_or_named(original, tmp_path, hundred):
    assert wrong_of(original, tmp_path, range(100 * hundred, 100 * (hundred + 1))) == []


@pytest.mark.parametrize("tampering", TAMPERINGS)
@pytest.mark.parametrize("number", range(3))
def test_tampering_with_what_tells_of_the_files_loses_nothing(original, tmp_path, tampering, number):
    home = Manipulated(original, tmp_path / "home", random.Random(number))  # noqa: S311 - what is done
    home.do(tampering)
    for seen in (Seen.of(home.home), Seen.of(home.home)):
        assert (seen.history, seen.has_erased) == (original.history, False)
