"""The check list for Obsidian: what it shows, to whom, and that it comes in again as nothing new."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home

NASTY = "- [x] 📅 2026-01-01 **bold** [[page]] <!-- gone --> %%x%% @Tom #a\n🆔 c000000000000"


@pytest.fixture
def workbook(tmp_path, clock):
    return Home(tmp_path / "home", clock).create("Maha Al-Sham", "Tom Brandt").workbook


@pytest.fixture
def clock():
    moments = (datetime(2026, 4, 1, 9, tzinfo=UTC) + timedelta(seconds=second) for second in range(10_000))
    return lambda: next(moments)


@pytest.fixture
def exported(workbook, tmp_path):
    """Return the file of a workbook with four action items, one of which has words full of signs."""
    (tmp_path / "2026-03-04.csv").write_text(
        'what,who,by,done,state\n"' + NASTY + '",Tom,2026-03-11,,\nRead,Maha,2026-03-06,2026-03-05,\n'
        "Rest,Maha,,,\nBuy,Maha,2026-03-09,,let go\n",
        encoding="utf-8",
    )
    workbook.bringing.bring(workbook.bringing.proposed(tmp_path / "2026-03-04.csv"))
    file = tmp_path / "tasks.md"
    workbook.write_export(file, Recipient(Audience.HOLDER), Side.COACHEE, tasks=True)
    return file


def brought(workbook, file):
    proposal = workbook.bringing.proposed(file)
    workbook.bringing.bring(proposal)
    return [
        (record["event"], record["held_on"], record.get("due_to"))
        for record in proposal.records
        if record["kind"] == "item_event"
    ]


def test_it_has_the_marks_of_obsidian_and_properties_in_front(exported):
    lines = exported.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["---", "coaching: action-items", "date: 2026-04-01"]
    (read,) = (line for line in lines if "Read" in line)
    assert read.startswith("- [x] Read 🆔 c")
    assert read.endswith(" ➕ 2026-03-04 📅 2026-03-06 ✅ 2026-03-05")


def test_it_holds_nothing_that_the_audience_may_not_read(workbook, exported):
    pair = workbook.export(exported, Audience.PAIR, tasks=True)
    assert "Read" not in pair
    assert "🆔" not in pair


@pytest.mark.parametrize("name", ["tasks.md", "plan.md", "items.csv"])
def test_brought_in_again_nothing_is_new_whatever_its_words_are(workbook, exported, name):
    file = exported.with_name(name)
    workbook.write_export(file, Recipient(Audience.HOLDER), Side.COACHEE, tasks=name == "tasks.md")
    proposal = workbook.bringing.proposed(file)
    assert (proposal.records, proposal.withdrawn) == ((), ())
    assert len(proposal.items) == (3 if name == "plan.md" else 4)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("- [ ] Rest", "- [x] Rest", [("done", date(2026, 4, 1), None)]),
        ("- [ ] Rest", "- [-] Rest", [("let_go", date(2026, 4, 1), None)]),
        ("- [x] Read", "- [ ] Read", [("reopened", date(2026, 4, 1), None)]),
        ("📅 2026-03-11", "📅 2026-04-20", [("due_moved", date(2026, 4, 1), date(2026, 4, 20))]),
        ("- [ ] Rest", "- [ ] Rest in other words", []),
        ("- [ ] Rest", "- [ ] New 📅 2026-05-01\n- [ ] Rest", [("agreed", date(2026, 4, 1), date(2026, 5, 1))]),
    ],
    ids=["ticked", "let go", "open again", "moved", "words", "new"],
)
def test_what_is_changed_there_comes_in_and_nothing_else(workbook, exported, before, after, expected):
    text = exported.read_text(encoding="utf-8")
    assert before in text
    exported.write_text(text.replace(before, after), encoding="utf-8")
    assert brought(workbook, exported) == expected
    assert brought(workbook, exported) == []
