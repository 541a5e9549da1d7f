"""Which questions a sheet has, and that nothing of a preparation or of what is private shows on it."""

from datetime import UTC, date, datetime

import pytest

from coaching.errors import CoachingError
from coaching.model.entries import Preparation
from coaching.model.prompts import prompts
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook.home import Home
from tests.unit.locks import PASSPHRASE

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
CANARY = "I never told anybody"


@pytest.fixture
def workbook(tmp_path):
    """Return the demo year of the coach."""
    return Home(tmp_path / "home", lambda: NOW).demo().workbook


def prepare(workbook, **fields):
    """Keep a preparation of the next session, as its form does."""
    context = workbook.open_session()
    identity = context.identity(Preparation)
    prepared = context.record(Preparation, identity, Side.COACH, Visibility.PRIVATE, **fields)
    workbook.keep(context.session, {identity: prepared})


def test_a_question_that_was_chosen_is_asked(workbook):
    before = workbook.sheets.page()
    chosen = next(prompt.text for prompt in prompts("dreams") if prompt.text not in before)
    prepare(workbook, prompts=(chosen,))
    assert chosen in workbook.sheets.page()


def test_nothing_that_was_written_in_a_preparation_is_on_it(workbook):
    before = workbook.sheets.page()
    prepare(workbook, text=CANARY, pushing=CANARY, question=CANARY, segment="dreams", prompts=(CANARY,))
    assert workbook.sheets.page() == before


def test_a_private_promise_that_is_due_brings_no_question_about_promises(workbook):
    before = workbook.sheets.page()
    private = {"kind": "item", "id": "01JHQF38000000000000000007", "author": "coach", "visibility": "private"}
    workbook.add([private | {"owner": "coach", "what": CANARY, "by": date(2026, 1, 5), "held_on": date(2026, 1, 2)}])
    assert workbook.sheets.page() == before


def test_the_same_sheet_is_the_same_bytes(workbook):
    assert workbook.sheets.page() == workbook.sheets.page()


def test_it_is_for_today_unless_a_day_is_named(workbook):
    assert "12 January 2026" in workbook.sheets.page()
    assert "19 January 2026" in workbook.sheets.page(date(2026, 1, 19))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sheet.txt", r"sheet\.txt' cannot be written: its name must end in \.html"),
        ("there.html", r"there\.html' is there already"),
        ("home/sheet.html", r"home/sheet\.html' cannot be written: it would lie in the folder of the workbooks"),
        ("nowhere/sheet.html", r"nowhere/sheet\.html' cannot be written: its folder is not there"),
    ],
)
def test_a_place_that_will_not_do_is_refused_by_name(workbook, tmp_path, name, message):
    (tmp_path / "there.html").write_text("precious", encoding="utf-8")
    with pytest.raises(CoachingError, match=message):
        workbook.sheets.write(tmp_path / name)
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "home" / "sheet.html").exists()


def test_of_a_locked_workbook_there_is_no_sheet(tmp_path):
    home = Home(tmp_path / "home", lambda: NOW)
    workbook = home.create("Ada", passphrase=lambda: PASSPHRASE).workbook
    assert "Ada" in workbook.sheets.page()
    home.lock()
    with pytest.raises(CoachingError):
        workbook.sheets.write(tmp_path / "sheet.html")
    assert not (tmp_path / "sheet.html").exists()
