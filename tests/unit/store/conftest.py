from zlib import crc32

import pytest

from tests.unit.store.samples import KEY, cheap_locks, made
from tests.unit.store.windows import Windows

#: Tests that start no other programs and look at no calls of one system alone: they hold on Windows too.
ON_WINDOWS = {
    "test_any_order",
    "test_archive",
    "test_backup",
    "test_compaction",
    "test_damage",
    "test_durable",
    "test_erasing",
    "test_failing_disk",
    "test_folder",
    "test_locks",
    "test_read",
    "test_rewrite",
    "test_schema_growth",
    "test_store",
}
#: One test in so many is tried on Windows when all but the soak is; the others in the soak.
DRAW = 8


def pytest_generate_tests(metafunc):
    if metafunc.module.__name__.rpartition(".")[2] in ON_WINDOWS:
        is_drawn = crc32(metafunc.function.__name__.encode()) % DRAW == 0
        windows = pytest.param("windows", marks=[pytest.mark.thorough if is_drawn else pytest.mark.soak])
        metafunc.parametrize("system", ["this", windows], indirect=True)


def pytest_collection_modifyitems(config, items):
    """Leave out, of the tests on Windows, those that ask what Windows does not have."""
    left_out = [item for item in items if "[windows" in item.name and item.get_closest_marker("posix")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(autouse=True)
def system(request):
    """Let a test run on the system that is here, or on Windows."""
    if getattr(request, "param", "this") == "this":
        yield
        return
    with Windows(request.getfixturevalue("tmp_path")).running():
        yield


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def store(home):
    return made(home)


@pytest.fixture
def locked(home):
    return made(home, KEY)


@pytest.fixture
def cheap():
    with cheap_locks():
        yield
