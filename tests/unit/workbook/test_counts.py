"""What goes out of a home for the counts of its organisation: bounded, split, with noise, once, and nothing else."""

import re
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import CoachingError
from coaching.formats.count_shares import SCHEMA, VALUES
from coaching.metrics.organisation.cells import CELLS, CLAMP, Cell
from coaching.metrics.organisation.secret_shares import joined
from coaching.metrics.periods import parse_period
from coaching.model.entries import Release
from coaching.model.ids import derived_id
from coaching.model.vocabulary import Side
from coaching.store import remove_folder
from coaching.workbook.counts import FILES, ended_quarter, propose, release
from coaching.workbook.home import Home
from coaching.workbook.releases import Releases
from tests.examples import VERY_COSTLY
from tests.invented_year import import_year
from tests.strategies import PLANTED, TRACES

Q3 = parse_period("2025Q3")
#: So much is spent that no noise comes in.
WITHOUT_NOISE = 1000.0


def clock():
    return datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


@pytest.fixture(name="home")
def _home(tmp_path):
    home = Home(tmp_path / "home", clock)
    promises(home, "Maya", 3)
    return home


def promises(home, name, number, what="Bake", side="coachee"):
    """Make a workbook with so many promises agreed in the quarter and kept in it."""
    workbook = home.create(name).workbook
    item, event = {"kind": "item", "owner": side, "what": what, "by": date(2025, 8, 1)}, {"kind": "item_event"}
    records = []
    for at in range(number):
        identity, common = derived_id(None, name, str(at)), {"author": "coach", "visibility": "pair"}
        records.append(item | common | {"id": identity, "held_on": date(2025, 7, 2), "label": f"I{at:02}"})
        for kind, day in (("agreed", date(2025, 7, 2)), ("done", date(2025, 7, 20))):
            happened = {"id": derived_id(None, identity, kind), "item": identity, "event": kind, "held_on": day}
            records.append(event | common | happened | ({"due_to": item["by"]} if kind == "agreed" else {}))
    workbook.add(records)
    return workbook


def read(files):
    """Return count, people and coaches of each cell, as the two files say them together."""
    tables = [pq.read_table(file) for file in files]
    columns = [joined(*(table.column(name).to_pylist() for table in tables)) for name in VALUES]
    cells = zip(*(tables[0].column(name).to_pylist() for name in ("side", "measure")), strict=True)
    return dict(zip((Cell(*cell) for cell in cells), zip(*columns, strict=True), strict=True))


def written(home, folder, **options):
    return release(propose(home, Q3, **options), folder)


def test_without_noise_both_files_together_say_what_was_shown(home, tmp_path):
    proposal = propose(home, Q3, epsilon=WITHOUT_NOISE)
    numbers = {cell: count for cell, (count, _, _) in read(release(proposal, tmp_path / "out")).items()}
    assert numbers == proposal.numbers
    assert sum(numbers.values()) == 3 * 3


def test_people_stand_in_a_cell_once_each_and_their_coach_once_for_all_of_them(home, tmp_path):
    for number, name in enumerate(("Ana", "Ben", "Cy")):
        promises(home, name, number)
    count, people, coaches = read(written(home, tmp_path / "out", epsilon=WITHOUT_NOISE))[Cell("coachee", "agreed")]
    assert (count, people, coaches) == (3 + 0 + 1 + 2, 3, 1)


@pytest.mark.thorough
def test_one_workbook_adds_no_more_than_the_clamp(home, tmp_path):
    promises(home, "Ana", CLAMP + 5, side="coach")
    assert propose(home, Q3).numbers[Cell("coach", "done_within_28")] == CLAMP
    assert read(written(home, tmp_path / "out", epsilon=WITHOUT_NOISE))[Cell("coach", "agreed")][1:] == (1, 1)


@pytest.mark.thorough
def test_one_file_alone_is_another_each_time(tmp_path):
    firsts = []
    for number in range(2):
        home = Home(tmp_path / str(number), clock)
        promises(home, "Maya", 3)
        first, _ = written(home, tmp_path / f"out {number}", epsilon=WITHOUT_NOISE)
        firsts.append(pq.read_table(first))
    one, other = (table.column("count").to_pylist() for table in firsts)
    assert not set(one) & set(other)
    assert firsts[0].column("submission")[0] != firsts[1].column("submission")[0]


def test_the_same_release_again_gives_the_same_files_whatever_has_changed(home, tmp_path):
    before = [file.read_bytes() for file in written(home, tmp_path / "out")]
    promises(home, "Ana", 3)
    home.find("Maya").add([{"kind": "session", "id": derived_id(None, "s"), "author": "coach", "held_on": Q3.start}])
    again = propose(Home(home.folder, clock), Q3)
    assert again.is_again
    assert [file.read_bytes() for file in release(again, tmp_path / "elsewhere")] == before
    assert [file.read_bytes() for file in release(again, tmp_path / "out")] == before


@pytest.mark.parametrize("options", [{"epsilon": 2.0}, {"homes": 4}])
def test_a_quarter_that_was_counted_is_not_counted_with_other_noise(home, tmp_path, options):
    written(home, tmp_path / "out")
    with pytest.raises(CoachingError, match=r"2025Q3 was counted with epsilon 1 for 3 homes"):
        propose(home, Q3, **options)


@pytest.mark.thorough
def test_a_quarter_is_not_counted_again_where_a_workbook_of_it_is_gone(home, tmp_path):
    gone = promises(home, "Ana", 2)
    written(home, tmp_path / "out")
    remove_folder(gone.folder)
    with pytest.raises(CoachingError, match="not all here any more"):
        propose(home, Q3)


def test_what_was_cut_short_goes_on_under_the_same_id_with_what_was_kept(home, tmp_path, monkeypatch):
    promises(home, "Ana", 2)
    kept = []

    keep = Releases.keep

    def cut_short(self, *arguments):
        if kept:
            raise KeyboardInterrupt
        kept.append(keep(self, *arguments))
        return kept[0]

    monkeypatch.setattr(Releases, "keep", cut_short)
    with pytest.raises(KeyboardInterrupt):
        written(home, tmp_path / "out")
    monkeypatch.setattr(Releases, "keep", keep)
    assert list((tmp_path / "out").iterdir()) == []
    proposal = propose(home, Q3)
    assert not proposal.is_again
    first, _ = release(proposal, tmp_path / "out")
    assert set(pq.read_table(first).column("submission").to_pylist()) == {bytes.fromhex(kept[0].submission)}
    assert kept[0] in propose(home, Q3).released


@pytest.mark.thorough
def test_an_undo_does_not_take_back_that_numbers_went_out(home, tmp_path):
    workbook = promises(home, "Ana", 2)
    workbook.rename(Side.COACHEE, "Annie")
    written(home, tmp_path / "out")
    workbook.upkeep.undo()
    assert propose(home, Q3).is_again


@pytest.mark.thorough
def test_what_went_out_stands_in_no_copy_for_anybody_else(home, tmp_path):
    written(home, tmp_path / "out")
    workbook = home.find("Maya")
    (kept,) = [entry for entry in workbook._ledger.latest().values() if isinstance(entry, Release)]
    workbook.write_export(tmp_path / "bundle.json")
    for audience in ("pair", "open"):
        assert kept.submission not in workbook.exported(audience)


@pytest.mark.thorough
def test_a_copy_that_the_person_holds_is_not_counted(tmp_path):
    home = Home(tmp_path / "home", clock)
    import_year(home, "demo_year", "coachee")
    with pytest.raises(CoachingError, match="No workbook here is a coach's"):
        propose(home, Q3)


def test_a_home_without_workbooks_says_what_to_do(tmp_path):
    with pytest.raises(CoachingError, match="coaching new"):
        propose(Home(tmp_path / "home", clock), Q3)


@pytest.mark.parametrize(
    ("name", "today", "why"),
    [
        ("2025", date(2026, 1, 1), "write a quarter"),
        ("all", date(2026, 1, 1), "write a quarter"),
        ("2025Q5", date(2026, 1, 1), "write a quarter"),
        ("2025Q4", date(2025, 12, 31), "ends on 2025-12-31"),
    ],
)
def test_only_a_quarter_that_is_over_is_counted(name, today, why):
    with pytest.raises(CoachingError, match=why):
        ended_quarter(name, today)


def test_nothing_is_written_over_and_nothing_into_the_home(home, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / FILES[1]).write_text("somebody's")
    with pytest.raises(CoachingError, match="is there already"):
        written(home, tmp_path / "out")
    with pytest.raises(CoachingError, match="folder of the workbooks"):
        written(home, home.folder / "out")
    assert not propose(home, Q3).released


@VERY_COSTLY
@given(text=st.text(max_size=20), number=st.integers(0, 25))
def test_the_files_hold_cells_and_nothing_of_what_was_said(tmp_path_factory, text, number):
    folder = tmp_path_factory.mktemp("counts")
    home = Home(folder / "home", clock)
    workbook = promises(home, f"{PLANTED} {number}", number, what=f"{PLANTED} {text}")
    files = written(home, folder / "out")
    entries = workbook._ledger.history()
    secret = {workbook.id, *(entry.id for entry in entries), *(entry.label for entry in entries if entry.label)}
    for file in files:
        table, content = pq.read_table(file), file.read_bytes()
        assert table.schema.equals(SCHEMA)
        assert {(side, measure) for side, measure in zip(*_keys(table), strict=True)} == set(CELLS)
        assert not [sign for sign in (*TRACES, *secret) if len(sign) > 3 and sign.encode() in content]
        assert not re.search(rb"\d{4}-\d\d-\d\d", content)


def _keys(table):
    return (table.column(name).to_pylist() for name in ("side", "measure"))
