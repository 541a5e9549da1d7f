"""Which questions a session is offered: what they ask about is there, and both may know of it."""

from datetime import UTC, date, datetime

import pytest

from coaching.workbook.home import Home
from coaching.workbook.questions import living

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


def told(**fields):
    """Return a goal that somebody has told a week ago."""
    goal = {"kind": "note", "id": "01JHQF38000000000000000007", "author": "coachee", "visibility": "pair"}
    return goal | {"held_on": date(2026, 1, 5), "segment": "yourself", "topic": "goal", "text": "to swim"} | fields


def about(status):
    line = {"kind": "progress", "id": "01JHQF38000000000000000008", "author": "coachee", "visibility": "pair"}
    return line | {"held_on": date(2026, 1, 6), "about": told()["id"], "status": status}


@pytest.mark.everyday
@pytest.mark.parametrize(
    ("records", "kinds"),
    [
        pytest.param([], set(), id="nothing was told"),
        pytest.param([told()], {"goal"}, id="a goal"),
        pytest.param([told(topic="failure")], {"failure"}, id="a failure"),
        pytest.param([told(author="coach", visibility="private")], set(), id="private to the coach"),
        pytest.param([told(), about("changed")], {"goal"}, id="changed"),
        pytest.param([told(), about("reached")], set(), id="reached"),
        pytest.param([told(), about("let_go")], set(), id="let go"),
    ],
)
def test_only_what_goes_on_and_both_may_read_is_asked_about(tmp_path, records, kinds):
    workbook = Home(tmp_path, lambda: NOW).create("Ada", "Tom").workbook
    workbook.add(records)
    assert living(workbook.open_session().threads) == kinds
