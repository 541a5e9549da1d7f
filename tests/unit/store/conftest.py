import pytest

from tests.unit.store.samples import KEY, made


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def store(home):
    return made(home)


@pytest.fixture
def locked(home):
    return made(home, KEY)
