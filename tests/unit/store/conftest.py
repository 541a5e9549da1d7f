import pytest

from tests.unit.store.samples import KEY, cheap_locks, made


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
