"""The room of a session: one part of it is open, and the map says which are begun."""

import pytest

from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Kernel


def terms(view):
    """Return where a form stands in its session, as it is shown anew."""
    view.deliver({"type": "hello", "view": view.name})
    return view.form["room"]


@pytest.fixture
def forms(kernel):
    return {name: kernel.view(name) for name in ("beginning", "opening", "yourself", "closing")}


def test_somebody_new_is_asked_with_whom_before_anything_else(tmp_path):
    assert terms(Kernel(Home(tmp_path / "new", Clock())).view("opening"))["open"] == "beginning"


def test_a_session_that_is_not_begun_is_open_at_its_opening(forms):
    assert {name: terms(view)["open"] for name, view in forms.items()} == dict.fromkeys(forms, "opening")


def test_a_new_kernel_opens_the_part_that_was_begun_last(home, forms):
    forms["yourself"].type(coach_plan="walk")
    forms["opening"].type(arrival="curious")
    assert terms(Kernel(home).view("opening"))["open"] == "yourself"


def test_a_page_that_is_loaded_again_finds_the_part_that_somebody_turned_to(forms):
    forms["opening"].deliver({"type": "turn", "part": "closing"})
    assert terms(forms["yourself"])["open"] == "closing"


def test_what_is_no_part_of_a_session_is_not_turned_to(forms):
    forms["opening"].deliver({"type": "turn", "part": "nowhere"})
    assert terms(forms["opening"])["open"] == "opening"


@pytest.mark.parametrize(("words", "begun"), [("walk", True), (" ", False)])
def test_a_part_is_begun_once_something_is_said_in_it(forms, words, begun):
    assert forms["yourself"].type(coach_plan=words)[0]["begun"] is begun
    assert terms(forms["yourself"])["begun"] is begun
    assert terms(forms["closing"])["begun"] is False


def test_the_map_calls_each_part_by_a_short_name(kernel):
    names = ("preparation", "opening", "yourself", "dreams", "who_what_when", "closing")
    steps = [terms(kernel.view(name))["step"] for name in names]
    assert steps == ["Prepare", "Arrive", "Yourself", "Dreams", "Who, what, when", "Close"]
    assert terms(kernel.view("beginning"))["step"] == "Marisol · Monday, 12 January 2026"


def test_next_time_we_meet_is_a_day_to_choose_for_a_promise_once_somebody_has_said_when(kernel, forms):
    promises = kernel.view("who_what_when")
    assert promises.form["days"]["meeting"] is None
    forms["closing"].type(next_on="2026-01-26")
    promises.catch_up()
    assert promises.form["days"]["meeting"] == "2026-01-26"
    forms["closing"].type(next_on="")
    promises.catch_up()
    assert promises.form["days"]["meeting"] is None
