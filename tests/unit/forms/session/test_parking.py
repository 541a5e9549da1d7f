"""What sounds like project status, in the coach's words alone, can be parked for another meeting."""

import errno

import pytest

from coaching.model.entries import Note, Parked
from tests.unit.forms.pages import said
from tests.unit.store.disks import refusing

STATUS = "The project is on track for the release"


@pytest.fixture
def yourself(kernel):
    return kernel.view("yourself")


def told(view, **fields):
    """Type into fields, and return of which of them the kernel says that they sound like project status."""
    return next(answer["status_talk"] for answer in view.type(**fields) if answer["type"] == "kept")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"coach_plan": STATUS}, {"coach_plan": True}),
        ({"coach_plan": "home for dinner"}, {"coach_plan": False}),
        ({"coachee_plan": STATUS}, {}),
    ],
)
def test_it_is_asked_of_the_coachs_words_alone(yourself, fields, expected):
    assert told(yourself, **fields) == expected


def test_the_words_move_to_the_parking_lot(home, kernel, yourself):
    yourself.type(coach_plan=STATUS)
    yourself.type(act="park.coach_plan")
    assert yourself.values["coach_plan"] == ""
    assert [parked.text for parked in said(home, Parked, text=STATUS)] == [STATUS]
    assert said(home, Note, text=STATUS) == []
    assert STATUS in kernel.view("closing").values.values()


def test_words_that_come_with_the_press_are_gone_from_every_view(kernel, yourself):
    other = kernel.view("yourself")
    yourself.type(coach_plan=STATUS, act="park.coach_plan")
    other.catch_up()
    assert (yourself.values["coach_plan"], other.values["coach_plan"], yourself.unacknowledged) == ("", "", {})


def test_a_press_that_a_page_sends_again_parks_the_words_once(home, yourself):
    message = yourself.message({"coach_plan": STATUS}, act="park.coach_plan")
    for _ in range(2):
        yourself.deliver(message)
    assert [parked.text for parked in said(home, Parked, text=STATUS)] == [STATUS]
    assert said(home, Note, text=STATUS) == []


def test_an_older_message_that_comes_late_parks_them_no_second_time(home, yourself):
    older = yourself.message({"coach_plan": STATUS})
    press = yourself.message({"coach_plan": f"{STATUS}."}, act="park.coach_plan")
    for message in (press, older, press):
        yourself.deliver(message)
    assert [parked.text for parked in said(home, Parked) if parked.text.startswith(STATUS)] == [f"{STATUS}."]
    assert [note for note in said(home, Note) if note.text.startswith(STATUS)] == []


def test_when_the_disk_refuses_they_stay_where_they_are(home, kernel, yourself):
    closing = kernel.view("closing")
    with refusing(1, errno.ENOSPC, lasting=True):
        yourself.type(coach_plan=STATUS, act="park.coach_plan")
    assert len(yourself.refusals) == 1
    assert STATUS not in closing.values.values()
    yourself.type(coach_plan=STATUS)  # the page sends it again, but no button that was answered
    assert (yourself.values["coach_plan"], yourself.unacknowledged) == (STATUS, {})
    assert (len(said(home, Note, text=STATUS)), said(home, Parked, text=STATUS)) == (1, [])
    yourself.type(act="park.coach_plan")
    assert (said(home, Note, text=STATUS), len(said(home, Parked, text=STATUS))) == ([], 1)


def test_within_the_closing_too(home, kernel):
    closing = kernel.view("closing")
    closing.type(said_back=STATUS)
    closing.type(act="park.said_back")
    assert closing.values["said_back"] == ""
    assert len(said(home, Parked, text=STATUS)) == 1


@pytest.mark.parametrize("act", ["park.coach_plan", "park.coachee_plan", "park.", "park.nothing"])
def test_what_is_not_the_coachs_or_not_there_is_not_parked(home, yourself, act):
    yourself.type(coachee_plan="an oven of my own")
    before = said(home, Parked)
    yourself.type(act=act)
    assert said(home, Parked) == before
    assert yourself.values["coachee_plan"] == "an oven of my own"
