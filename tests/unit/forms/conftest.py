import comm
import pytest

from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Kernel, Wire, copied, demo_home


@pytest.fixture(autouse=True)
def wires(monkeypatch):
    """Let every widget speak through a comm that this test holds the other end of."""
    monkeypatch.setattr(comm, "create_comm", Wire)


@pytest.fixture(scope="session")
def demo_year(tmp_path_factory):
    return demo_home(tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture
def home(demo_year, tmp_path):
    """A home folder with the demo year; the session at hand is S13, on 12 January 2026."""
    return copied(demo_year, tmp_path / "home")


@pytest.fixture
def first_home(tmp_path):
    """A home folder with the workbook of Ana, coached by Bo, before the first session."""
    home = Home(tmp_path / "first", Clock())
    home.create("Ana", "Bo")
    return home


@pytest.fixture
def kernel(home):
    return Kernel(home)
