"""Which mission statements count as versions."""

from datetime import date

import pytest

from coaching.metrics.mission.statements import Version, in_force, versions

ASOF = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["A", "B"], [1, 2], id="two"),
        pytest.param(["A", "A"], [1], id="the same words are no version"),
        pytest.param(["A b", " A\n b "], [1], id="white space is no version"),
        pytest.param(["é", "e\u0301"], [1], id="another way to write the same letter is no version"),
        pytest.param(["A", "a"], [1, 2], id="capitals are a change"),
        pytest.param(["A", "B", "A"], [1, 2, 3], id="words that come back are a version again"),
        pytest.param(["A", " ", "B"], [1, 3], id="blank is none"),
        pytest.param(["A", "\u200b\x00", "B"], [1, 3], id="what nobody can see is blank"),
        pytest.param(["A", None, "B"], [1, 3], id="an erased one leaves an empty place"),
        pytest.param(["A", " ", "A"], [1, 3], id="put away for a while and taken up again"),
        pytest.param([" ", "A", "A"], [2], id="a blank before the first says nothing"),
    ],
)
def test_versions(written, said, counted):
    for number, text in enumerate(said, start=1):
        written.mission(f"01-{number:02}", text, number)
    assert [version.number for version in versions(written.frames(), ASOF)] == counted


@pytest.mark.parametrize("confirmed", [False, None])
def test_only_what_the_coachee_confirmed_counts(written, confirmed):
    written.mission("01-01", "A", 1).mission("01-02", "B", 2, confirmed=confirmed).mission("01-03", "A", 3)
    assert [version.number for version in versions(written.frames(), ASOF)] == [1]


def test_a_version_knows_its_session_its_day_and_its_words(written):
    written.session("S03", "03-01").mission("03-01", " A <b>\n", 1, session="S03")
    assert versions(written.frames(), ASOF) == (Version(1, 3, date(2025, 3, 1), " A <b>\n"),)


def test_without_numbers_versions_are_counted(written):
    written.mission("01-01", "A").mission("01-02", "B", 7).mission("01-03", "C")
    assert [version.number for version in versions(written.frames(), ASOF)] == [1, 7, 8]


def test_on_one_day_the_sessions_order_them(written):
    written.session("S01", "01-01").session("S02", "01-01")
    written.mission("01-01", "later", session="S02").mission("01-01", "earlier", session="S01")
    assert [version.text for version in versions(written.frames(), ASOF)] == ["earlier", "later"]


def test_asof_and_in_force(written):
    frames = written.mission("01-10", "A", 1).mission("02-10", "B", 2).frames()
    assert [version.number for version in versions(frames, date(2025, 2, 9))] == [1]
    known = versions(frames, ASOF)
    assert in_force(known, date(2025, 1, 9)) is None
    assert in_force(known, date(2025, 2, 9)) is known[0]
    assert in_force(known, date(2025, 2, 10)) is known[1]
