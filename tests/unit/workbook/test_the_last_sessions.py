"""The end of the demo year, session by session: what was promised, the own copy, the leaving, and what stays where."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coaching import store
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.handover.offer import HandoverChoice
from coaching.workbook.home import Home
from coaching.workbook.ledger import Ledger
from coaching.workbook.own_copy import write_own_copy
from coaching.workbook.workbook import Workbook
from tests.invented_year import read_year
from tests.unit.store.samples import cheap_locks

S08, S09, S10, S11, S12 = map(
    date.fromisoformat, ("2025-08-14", "2025-09-11", "2025-10-16", "2025-11-13", "2025-12-11")
)
LAST_DAY = date(2026, 1, 12)
HER_OWN = "Nobody but me reads this."


class Year:
    """A coach's workbook that goes on day by day; what the year itself tells of its end is left out."""

    def __init__(self, folder):
        self.now = datetime.combine(S08, time(18), UTC)
        told = read_year("demo_year", Side.COACH)
        self.left = next(record for record in told.records if record["kind"] == "handover")
        self._records = [record for record in told.records if record is not self.left]
        self.bundle = folder / "own-copy.zip"
        self.home, self.her_home = Home(folder / "coach", self.clock), Home(folder / "coachee", self.clock)
        store.make_home(self.home.folder)
        made = store.create(
            self.home.folder / told.workbook, workbook=told.workbook, holder=Side.COACH, passphrase=None
        )
        self.workbook = Workbook(Ledger(made.store, self.clock))

    def clock(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def go_on(self, day):
        """Let the year go on to a day, and bring in what was said by then."""
        self.now = datetime.combine(day, time(18), UTC)
        self.workbook.add([record for record in self._records if record.get("held_on", date.min) <= day])

    def owed(self, workbook=None):
        """Return the labels of the coach's promises that are open, and the open ones of the coachee."""
        items = (workbook or self.workbook).figures(self.now.date())["items_at_end"]
        still = [(label, item["owner"]) for label, item in items.items() if item["state"] == "open"]
        return [label for label, owner in still if owner == "C1"], [label for label, owner in still if owner == "P1"]


@pytest.fixture
def year(tmp_path):
    with cheap_locks():
        yield Year(tmp_path)


def test_it_is_walked_through_from_the_ninth_session_to_the_day_after_the_last_one(year):
    year.go_on(S08)
    for day, owed in [(S09, (["I14"], ["I13"])), (S10, (["I14"], ["I13", "I15"])), (S11, (["I16"], ["I15", "I17"]))]:
        year.go_on(day)
        assert (day, year.owed()) == (day, owed)
        assert year.workbook.handing_over.ends() is None

    # The last session: her own copy opens, she has it at home, and only then the coach's copy gets its last day.
    year.go_on(S12)
    assert year.owed() == (["I19"], ["I18"])
    entries = write_own_copy(year.workbook, year.bundle, year.clock)
    hers = year.her_home.import_file(year.bundle).workbook
    assert len(hers.shared(Audience.PAIR).records()) >= entries
    assert (hers.holder, year.owed(hers)) == (Side.COACHEE, (["I19"], ["I18"]))
    year.workbook.handing_over.leave(HandoverChoice(reason="leaving_employer", delete_by=LAST_DAY))
    (kept,) = year.workbook.frames()["handover"].to_dict("records")
    assert {name: kept[name] for name in ("reason", "author", "items_open")} == {
        name: year.left[name] for name in ("reason", "author", "items_open")
    }
    assert (kept["held_on"].date(), kept["delete_by"].date()) == (S12, LAST_DAY)
    year.workbook.write_export(year.bundle)
    year.her_home.import_file(year.bundle)
    assert hers.frames()["handover"]["id"].tolist() == [kept["id"]]

    # She goes on alone; what she keeps to herself does not come back with her bundle.
    her_own = {"kind": "note", "segment": "yourself", "topic": "plan", "held_on": S12, "author": "coachee"}
    hers.add([her_own | {"id": "01JHQF38000000000000000009", "visibility": "private", "text": HER_OWN}])
    hers.write_export(year.bundle.with_name("back.zip"))
    year.home.import_file(year.bundle.with_name("back.zip"))
    assert HER_OWN in hers.frames()["note"]["text"].tolist()
    assert HER_OWN not in year.workbook.frames()["note"]["text"].tolist()

    # The day comes; the coach's copy goes, and hers stays whole.
    year.go_on(LAST_DAY - timedelta(days=1))
    assert not year.workbook.handing_over.ends().has_come
    year.go_on(LAST_DAY)
    assert year.workbook.handing_over.ends().has_come
    assert year.home.erase(year.workbook.folder) > 0
    assert (year.home.workbooks(), year.workbook.folder.exists()) == ([], False)
    (still_there,) = year.her_home.workbooks()
    assert len(still_there.shared(Audience.PAIR).records()) >= entries
