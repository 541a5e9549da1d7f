import pytest

from coaching.store import create
from tests.unit.store.samples import KEY, WORKBOOK


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def store(home):
    return create(home / WORKBOOK, workbook=WORKBOOK, holder="coach")


@pytest.fixture
def locked(home):
    return create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", key=KEY)
