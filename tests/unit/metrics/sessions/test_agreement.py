"""How an agreement stands on a day."""

from datetime import UTC, date, datetime

import pytest

from coaching.metrics.sessions.agreement import last_made, standing
from coaching.model.entries import Agreement
from coaching.model.ids import derived_id

AGREED = date(2025, 1, 16)


def happened(event, on=AGREED, rev=1):
    return Agreement(
        id=derived_id(None, event, str(rev)),
        rev=rev,
        saved_at=datetime(2025, 1, 1, tzinfo=UTC),
        author="coachee",
        held_on=on,
        agreement_event=event,
    )


@pytest.mark.parametrize("event", ["agreed", "renewed", "resumed"])
@pytest.mark.parametrize(
    ("day", "how"),
    [
        pytest.param(AGREED, "in_force", id="on its day"),
        pytest.param(date(2026, 1, 15), "in_force", id="364 days later"),
        pytest.param(date(2026, 1, 16), "to_renew", id="365 days later"),
    ],
)
def test_what_was_agreed_holds_for_a_year(event, day, how):
    assert standing(happened(event), [], day) == how


@pytest.mark.parametrize("event", ["paused", "ended"])
def test_what_was_paused_or_ended_rests_for_good(event):
    assert standing(happened(event), [AGREED], date(2030, 1, 1)) == "resting"


@pytest.mark.parametrize("last", [None, happened("agreed", on=None)])
def test_without_a_day_nothing_was_agreed(last):
    assert standing(last, [], AGREED) == "missing"


@pytest.mark.parametrize(
    ("moved_on", "how"), [(date(2025, 1, 15), "in_force"), (AGREED, "in_force"), (date(2025, 1, 17), "to_renew")]
)
def test_a_later_hand_over_asks_for_a_new_one(moved_on, how):
    assert standing(happened("agreed"), [moved_on], date(2025, 2, 1)) == how


@pytest.mark.parametrize(
    ("found", "last"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([happened("proposed")], None, id="proposed words bind nobody"),
        pytest.param([happened("paused", date(2025, 3, 1)), happened("agreed")], "paused", id="the latest day"),
        pytest.param([happened("agreed", rev=3), happened("ended", rev=2)], "agreed", id="on one day the later word"),
        pytest.param([happened("ended", None), happened("agreed")], "agreed", id="one without a day is the oldest"),
    ],
)
def test_the_last_thing_that_happened_counts(found, last):
    made = last_made(found)
    assert (made and made.agreement_event) == last
