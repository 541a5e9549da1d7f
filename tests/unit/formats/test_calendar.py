"""The agreed days in a calendar: each file brings the one before up to date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from icalendar import Calendar

from coaching.formats import calendar
from coaching.model.sharing import Audience
from coaching.text import is_blank, visible
from tests.strategies import words
from tests.unit.pages.conftest import identity, record, shared_of

DAY = date(2025, 3, 3)
DUE = date(2025, 4, 1)


def item(name="1", **fields):
    return record("item", name, **({"held_on": DAY, "owner": "coachee", "by": DUE, "what": "Call the school"} | fields))


def happened(event, day, name="1", **fields):
    return record("item_event", event, item=identity("item", name), event=event, held_on=day, **fields)


def written(*records, side="coachee", asof=DAY, audience=Audience.PAIR):
    return calendar.write(shared_of(records, audience), side, asof)


def events(*records, **options):
    return Calendar.from_ical(written(*records, **options)).walk("VEVENT")


def test_an_open_promise_is_a_whole_day():
    (event,) = events(item(if_then="If it rains, then by phone.", obstacle="No time"))
    assert (event["dtstart"].dt, event["dtend"].dt) == (DUE, DUE + timedelta(days=1))
    assert type(event["dtstart"].dt) is date
    assert (event["summary"], event["status"]) == ("Call the school", "CONFIRMED")
    assert event["description"] == "If – then: If it rains, then by phone.\nIn the way: No time"
    assert (event["transp"], event["class"]) == ("TRANSPARENT", "PRIVATE")


@pytest.mark.parametrize(
    ("event", "status"),
    [("done", "CANCELLED"), ("let_go", "CANCELLED"), ("partly", "CONFIRMED"), ("not_yet", "CONFIRMED")],
)
def test_what_is_no_longer_due_is_taken_away(event, status):
    later = date(2025, 3, 20)
    (before,), (after,) = events(item()), events(item(), happened(event, later), asof=later)
    assert (before["status"], after["status"]) == ("CONFIRMED", status)
    assert before["uid"] == after["uid"]


@pytest.mark.parametrize(
    ("event", "status"), [("showed", "CANCELLED"), ("let_go", "CANCELLED"), ("not_yet", "CONFIRMED")]
)
def test_an_experiment_has_a_day_until_it_is_tried(event, status):
    (before,) = events(item(experiment=True))
    (after,) = events(item(experiment=True), happened(event, DAY))
    assert (before["summary"], before["status"]) == ("To try: Call the school", "CONFIRMED")
    assert (after["uid"], after["status"]) == (before["uid"], status)


def test_a_moved_day_is_the_same_event_on_another_day():
    moved = happened("due_moved", date(2025, 3, 20), due_from=DUE, due_to=date(2025, 5, 1), rev=1_767_000_000_000_000)
    (before,), (after,) = events(item()), events(item(), moved, asof=date(2025, 3, 20))
    assert (before["uid"], before["dtstart"].dt) == (after["uid"], DUE)
    assert after["dtstart"].dt == date(2025, 5, 1)
    assert after["sequence"] > before["sequence"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"rev": 1_767_000_000_000_000}, {"rev": 1_767_000_001_000_000}),
        ({"asof": DAY}, {"asof": DAY + timedelta(days=1)}),
        ({"asof": DAY, "rev": 1_741_000_100_000_000}, {"asof": DAY + timedelta(days=1), "rev": 7}),
    ],
    ids=["changed", "another day", "taken back on the day after"],
)
def test_a_later_file_has_a_higher_sequence(first, then):
    (before,), (after,) = (
        events(item(rev=options.get("rev", 1)), asof=options.get("asof", DAY)) for options in (first, then)
    )
    assert after["sequence"] > before["sequence"]


@pytest.mark.parametrize("rev", [-(2**63), 0, 2**63 - 1])
def test_a_sequence_is_a_number_that_a_calendar_takes(rev):
    (event,) = events(item(rev=rev))
    assert 0 <= event["sequence"] < 2**31


def test_the_stamp_is_the_day_and_tells_no_time_and_no_zone():
    (event,) = events(item())
    assert event["dtstamp"].dt == datetime(2025, 3, 3, tzinfo=UTC)
    assert b"TZID" not in written(item())


def test_a_calendar_holds_one_side_only():
    both = [item(), item("2", owner="coach", author="coach", what="Ask the director")]
    assert [event["summary"] for event in events(*both)] == ["Call the school"]
    assert [event["summary"] for event in events(*both, side="coach")] == ["Ask the director"]


def test_what_has_no_day_yet_is_not_in_a_calendar():
    assert events(item(by=None), item("2", owner=None)) == []


def test_what_others_may_not_read_is_not_even_cancelled():
    private = item("2", visibility="private", what="Something else")
    assert written(item(), private) == written(item())
    assert events(item(), private, audience=Audience.OPEN) == []


def test_the_name_of_an_event_is_the_same_in_both_copies_and_says_nothing():
    (event,) = events(item())
    (other,) = events(item(what="Other words", by=date(2026, 1, 1)), asof=date(2025, 9, 1))
    assert event["uid"] == other["uid"]
    assert identity("item", "1") not in event["uid"]
    assert len({event["uid"] for event in events(item(), item("2"), item("3"))}) == 3


def test_the_same_data_and_day_give_the_same_bytes():
    many = [item(str(number), by=DUE + timedelta(days=number)) for number in range(5)]
    assert written(*many) == written(*many[::-1])


@given(words())
def test_words_of_any_kind_come_back_from_the_calendar(said):
    found = written(item(what=said, if_then=said), item("2", what="next"))
    texts = [str(event["summary"]) for event in Calendar.from_ical(found).walk("VEVENT")]
    line = "A promise without words yet" if is_blank(said) else " ".join(visible(said).split()).lstrip("\ufeff")
    assert sorted(texts) == sorted([line, "next"])
    assert all(len(row) <= 75 for row in found.split(b"\r\n"))


def test_the_last_day_of_all_calendars_is_a_day_too():
    (event,) = events(item(by=date.max))
    assert event["dtstart"].dt == date.max
    assert "dtend" not in event


MEETING = date(2025, 3, 17)


def session(number, held_on, **fields):
    return record("session", str(number), number=number, held_on=held_on, author="coach", **fields)


def test_the_day_on_which_the_two_meet_again_is_an_event_for_both():
    for side in ("coach", "coachee"):
        (event,) = events(session(1, DAY, next_on=MEETING), side=side)
        assert (event["dtstart"].dt, event["dtend"].dt) == (MEETING, MEETING + timedelta(days=1))
        assert (event["summary"], event["status"], event["class"]) == ("One-on-one", "CONFIRMED", "PRIVATE")


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ([], "CONFIRMED"),
        ([session(2, MEETING)], "CONFIRMED"),
        ([session(2, date(2025, 3, 14))], "CANCELLED"),
        ([session(2, date(2025, 3, 20))], "CANCELLED"),
        ([record("cancellation", "1", held_on=MEETING, author="coach")], "CANCELLED"),
    ],
    ids=["still to come", "it took place", "it was earlier", "it was later", "it did not take place"],
)
def test_it_stands_unless_they_have_met_on_another_day(since, status):
    (before,) = events(session(1, DAY, next_on=MEETING))
    (after,) = events(session(1, DAY, next_on=MEETING), *since, asof=date(2025, 3, 20))
    assert (after["uid"], after["dtstart"].dt, after["status"]) == (before["uid"], MEETING, status)


def test_a_session_that_others_may_not_read_tells_them_no_day():
    assert events(session(1, DAY, next_on=MEETING), audience=Audience.OPEN) == []


def test_what_was_agreed_further_east_where_it_is_tomorrow_is_there_already():
    (event,) = events(item(held_on=DAY + timedelta(days=1)), asof=DAY)
    assert event["STATUS"] == "CONFIRMED"
