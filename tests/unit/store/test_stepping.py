"""Two acts at once: the second between any two disk calls of the first, whatever the two are."""

import shutil
from itertools import product

import pytest

from tests.unit.store.stepper import ACTS, Base, stepped

pytestmark = pytest.mark.posix

#: The pairs in which most went wrong that could; every eighth step of them is tried every day.
EVERY_DAY = [
    ("erase", "save"),
    ("save", "erase"),
    ("erase", "draft"),
    ("draft", "erase"),
    ("erase", "close"),
    ("close", "erase"),
    ("compact", "erase"),
    ("erase", "compact"),
    ("import_", "erase"),
    ("undo", "erase"),
    ("rotate", "draft"),
    ("compact", "close"),
]


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """Return a plain home, whose bytes can be searched, and one whose key can be replaced."""
    folder = tmp_path_factory.mktemp("bases")
    return {is_encrypted: Base.made(folder / str(is_encrypted), is_encrypted=is_encrypted) for is_encrypted in (0, 1)}


def check(bases, folder, first, second, *, every=1, has_locks=True):
    """Try the second act at each step of the first, and return what was wrong."""
    base, found, steps = bases["rotate" in (first, second)], [], 0
    for at in range(1, 2000, every):
        root = folder / str(at)
        root.mkdir()
        is_done, wrong = stepped(base, root, first, second, at, has_locks=has_locks)
        shutil.rmtree(root)
        found += [(at, complaint) for complaint in wrong]
        if not is_done:
            break
        steps += 1
    assert not is_done
    assert steps > 5 // every
    return found


@pytest.mark.parametrize(("first", "second"), EVERY_DAY)
def test_the_second_act_between_some_disk_calls_of_the_first_breaks_nothing(bases, tmp_path, first, second):
    assert check(bases, tmp_path, first, second, every=8) == []


@pytest.mark.soak
@pytest.mark.parametrize(("first", "second"), list(product(ACTS, repeat=2)))
def test_the_second_act_between_any_two_disk_calls_of_the_first_breaks_nothing(bases, tmp_path, first, second):
    assert check(bases, tmp_path, first, second) == []


#: Not a new key: two programs that write ``workbook.json`` at once need the lock.
WITHOUT_LOCKS = [pair for pair in product(ACTS, repeat=2) if "erase" in pair and "rotate" not in pair]


@pytest.mark.parametrize(("first", "second"), [("draft", "erase"), ("compact", "erase")])
def test_some_of_what_is_erased_stays_erased_where_a_file_system_has_no_locks(bases, tmp_path, first, second):
    assert check(bases, tmp_path, first, second, has_locks=False, every=3) == []


@pytest.mark.soak
@pytest.mark.parametrize(("first", "second"), WITHOUT_LOCKS)
def test_what_is_erased_stays_erased_where_a_file_system_has_no_locks(bases, tmp_path, first, second):
    assert check(bases, tmp_path, first, second, has_locks=False) == []
