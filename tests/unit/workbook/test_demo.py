"""The two invented pairs that come with the package: one goes on whatever the day is, the other has ended."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.session.desk import Desk
from coaching.metrics.threads import threads
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook import demo
from coaching.workbook.home import Home
from tests.examples import COSTLY
from tests.invented_year import load
from tests.unit.locks import everything

WRITTEN_AS_IF = date(2026, 11, 30)
#: What names days of the calendar; the rest are differences of days, and counts.
OF_THE_CALENDAR = {"asof", "throughput_by_quarter", "items_at_end"}


def at_noon(day):
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def looked_at(folder, day):
    home = Home(folder, at_noon(day))
    home.demo_pairs()
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with both pairs, on a Thursday of another year."""
    return looked_at(tmp_path_factory.mktemp("demo"), date(2028, 2, 3))


@pytest.fixture(scope="module")
def as_written(tmp_path_factory):
    return looked_at(tmp_path_factory.mktemp("written"), WRITTEN_AS_IF).find("Lefteris").figures()


def differences(figures):
    ends = {label: item | {"due": None} for label, item in figures["items_at_end"].items()}
    return {name: one for name, one in figures.items() if name not in OF_THE_CALENDAR} | {"items_at_end": ends}


def test_the_figures_of_the_active_pair_are_those_that_it_states(as_written):
    expected = load("active_pair")["expected"]
    assert {name: as_written[name] for name in as_written} == {name: expected[name] for name in as_written}


@COSTLY
@given(weeks=st.integers(-1000, 5000))
def test_whatever_the_day_every_difference_of_days_is_the_same(as_written, weeks, tmp_path_factory):
    day = WRITTEN_AS_IF + timedelta(weeks=weeks)
    figures = looked_at(tmp_path_factory.mktemp("moved"), day).find("Lefteris").figures()
    assert differences(figures) == differences(as_written)


@given(day=st.dates(date(1990, 1, 1), date(2150, 1, 1)))
def test_the_last_session_lies_four_weeks_back_and_the_next_one_is_in_this_week(day):
    sessions = [record for record in demo.active_pair(day).records if record["kind"] == "session"]
    last = max(sessions, key=lambda session: session["held_on"])
    monday = day - timedelta(days=day.weekday())
    assert last["held_on"] == monday - timedelta(weeks=4)
    assert monday <= last["next_on"] < monday + timedelta(weeks=1)


def test_brought_in_again_on_another_day_nothing_changes(tmp_path):
    looked_at(tmp_path, date(2027, 5, 5))
    before = everything(tmp_path)
    again = Home(tmp_path, at_noon(date(2027, 9, 9))).demo_pairs()
    assert [one.added.new for one in again] == [0, 0]
    assert everything(tmp_path) == before


@pytest.mark.thorough
def test_made_anew_on_another_day_it_moves_there_and_nothing_stays_of_what_was_written(tmp_path):
    home = looked_at(tmp_path, date(2027, 5, 5))
    home.find("Lefteris").rename(Side.COACHEE, "a name of my own")
    later = Home(tmp_path, at_noon(date(2027, 9, 9)))
    (active, _) = later.demo_pairs(again=True)
    assert active.workbook.sessions()[0].held_on == date(2027, 8, 9)
    assert "a name of my own" not in active.workbook.exported()


def test_what_the_active_pair_tells_goes_on_from_session_to_session(home):
    workbook = home.find("Lefteris")
    told = {thread.words: thread for thread in threads(workbook.frames(), date(2028, 2, 3))}
    chess = next(thread for words, thread in told.items() if "chess" in words)
    assert (chess.kind, chess.owner, len(chess.steps), len(chess.promises)) == ("goal", "coach", 4, 1)
    assert told["To sleep six hours in one piece."].status == "reached"
    assert told["To go to the village with my father while his knees still allow it."].is_over


def test_the_active_pair_comes_first(home):
    assert [workbook.called for workbook in home.workbooks()] == ["Lefteris", "Marisol"]
    desk = Desk(home)
    assert desk.begin().coachee.name == "Lefteris"
    assert [name for _, name in desk.offered(None).people] == ["Lefteris", "Marisol"]


@pytest.mark.thorough
def test_it_comes_first_also_where_the_year_came_in_later(tmp_path):
    home = looked_at(tmp_path, date(2027, 5, 5))
    home.erase(home.find("Marisol").folder)
    home.demo_pairs()
    assert Desk(home).begin().coachee.name == "Lefteris"


def test_the_year_that_has_ended_is_known_as_it_was_on_its_last_day(home):
    figures = home.find("Marisol").figures()
    expected = load("demo_year")["expected"]
    assert {name: figures[name] for name in figures if name in expected} == {
        name: figure for name, figure in expected.items() if name in figures
    }
    assert figures["asof"] == "2026-01-12"
    assert "overdue" not in figures["outcomes"]


@pytest.mark.parametrize("period", ["all", "2026Q1", "2025Q4", "2027"])
def test_no_page_of_it_says_that_something_is_past_its_day(home, period, without_figures):
    assert "past the agreed day" not in home.find("Marisol").page(Audience.PAIR, period)


@pytest.mark.thorough
def test_what_is_done_in_it_since_is_due_again(home, tmp_path):
    file = tmp_path / "year.json"
    file.write_text(home.find("Marisol").exported(), encoding="utf-8")
    other = Home(tmp_path / "other", at_noon(date(2028, 2, 3)))
    workbook = other.import_file(file).workbook
    assert workbook.ended_on == date(2026, 1, 12)
    entries = json.loads(workbook.exported())["entries"]
    (session,) = (one for one in entries if one["kind"] == "session" and one["label"] == "S12")
    later = session | {"id": "01K00000000000000000000013", "label": "S13", "number": 13, "held_on": date(2028, 2, 1)}
    workbook.add([{name: one for name, one in later.items() if name not in {"rev", "saved_at"}}])
    assert workbook.ended_on is None
