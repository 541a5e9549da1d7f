"""What a collector adds up, what is named and left out, and when two totals may be joined."""

import json
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coaching.errors import CoachingError
from coaching.formats.count_shares import BOTH, ID, WIDTH, Heading, Setting, flat, read_total, write_shares, write_total
from coaching.metrics.organisation.cells import CELLS, Cell
from coaching.metrics.organisation.secret_shares import added, joined, split
from coaching.workbook.totals import add_up, join

SETTING = Setting("2025Q3", 1.0, 3)
HOMES = 5


def ids_of(total):
    return [one.tobytes().hex() for one in total.submissions]


class Collection:
    """What some homes gave: a folder for each collector, and what they have counted."""

    def __init__(self, folder, homes=HOMES, setting=SETTING):
        self.folder, self.setting, self.counts = folder, setting, {}
        for which in BOTH:
            (folder / which).mkdir(parents=True)
        for number in range(homes):
            self.give(f"home-{number}", [number + 1] * WIDTH)

    def give(self, name, numbers, identity=None):
        identity = identity or secrets.token_hex(16)
        for which, shares in zip(BOTH, split(numbers), strict=True):
            content = write_shares(Heading(which, self.setting), [(identity, shares)])
            self.file(which, name).write_bytes(content)
        self.counts[name] = identity, numbers
        return identity

    def file(self, which, name):
        return self.folder / which / f"{name}.parquet"

    def add(self, which, **options):
        return add_up([str(self.folder / which)], **options)


@pytest.fixture(name="collection")
def _collection(tmp_path):
    return Collection(tmp_path / "collection")


def test_both_totals_together_say_the_sums_of_all_homes(collection, tmp_path):
    totals = [collection.add(which) for which in BOTH]
    assert [one.problems for one in totals] == [(), ()]
    for which, addition in zip(BOTH, totals, strict=True):
        (tmp_path / which).write_bytes(write_total(addition.total))
    read = [read_total(tmp_path / which) for which in BOTH]
    assert joined(*(total.sums for total in read)) == [sum(range(1, HOMES + 1))] * WIDTH
    assert ids_of(read[0]) == ids_of(read[1]) == sorted(identity for identity, _ in collection.counts.values())


def damage(collection):
    file = collection.file("a", "home-0")
    file.write_bytes(file.read_bytes()[:900])


def flip_a_page(collection):
    file = collection.file("a", "home-0")
    content = bytearray(file.read_bytes())
    content[8:40] = bytes(32)
    file.write_bytes(content)


def be_newer(collection):
    file = collection.file("a", "home-0")
    table = pq.read_table(file)
    said = json.loads(table.schema.metadata[b"coaching.counts"]) | {"version": 2}
    pq.write_table(table.replace_schema_metadata({b"coaching.counts": json.dumps(said)}), file)


def lose_a_cell(collection):
    file = collection.file("a", "home-0")
    table = pq.read_table(file)
    pq.write_table(table.slice(1), file)


def doubled_cell(collection):
    file = collection.file("a", "home-0")
    table = pq.read_table(file)
    pq.write_table(pa.concat_tables([table.slice(1), table.slice(1, 1)]), file)


def be_another_table(collection):
    pq.write_table(pa.table({"name": ["Ana"]}), collection.file("a", "home-0"))


def be_for_the_other(collection):
    shutil.copy(collection.file("b", "home-0"), collection.file("a", "home-0"))


def have_other_noise(collection):
    other = Heading("a", Setting("2025Q3", 0.5, 3))
    content = write_shares(other, [(collection.counts["home-0"][0], [0] * WIDTH)])
    collection.file("a", "home-0").write_bytes(content)


def be_of_another_quarter(collection):
    other = Heading("a", Setting("2025Q2", 1.0, 3))
    content = write_shares(other, [(collection.counts["home-0"][0], [0] * WIDTH)])
    collection.file("a", "home-0").write_bytes(content)


def say_something_else_elsewhere(collection):
    identity, numbers = collection.counts["home-0"]
    content = write_shares(Heading("a", SETTING), [(identity, split(numbers)[0])])
    collection.file("a", "copy").write_bytes(content)


@pytest.mark.draw(3)
@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (damage, "it is damaged, or no Parquet file"),
        (flip_a_page, "home-0.parquet'"),
        (be_newer, "a newer program wrote it"),
        (lose_a_cell, "has not every cell once"),
        (doubled_cell, "has not every cell once"),
        (be_another_table, "it is a file of something else"),
        (be_for_the_other, "it is for the other collector"),
        (have_other_noise, "its noise is of epsilon 0.5 for 3 homes"),
        (say_something_else_elsewhere, "says something else there; left out"),
    ],
)
def test_what_does_not_fit_is_named_and_left_out_and_on_the_other_side_too(collection, harm, why):
    harm(collection)
    first = collection.add("a")
    assert any(why in problem and "home-0.parquet" in problem for problem in first.problems)
    with pytest.raises(CoachingError, match=r"(?s)not of the same homes.*Collector b alone has " + _id(collection)):
        join(first.total, collection.add("b").total)
    second = collection.add("b", only=np.sort(first.total.submissions))
    assert any("not in the other list" in problem for problem in second.problems)
    rest = [numbers for name, (_, numbers) in collection.counts.items() if name != "home-0"]
    assert joined(first.total.sums, second.total.sums) == added(rest)


def _id(collection):
    return collection.counts["home-0"][0]


def test_a_copy_of_a_share_is_counted_once(collection):
    shutil.copy(collection.file("a", "home-0"), collection.file("a", "home-0 (1)"))
    addition = collection.add("a")
    assert addition.problems == (
        f"'{collection.file('a', 'home-0')}': {_id(collection)} is in another file too; counted once.",
    ) or all("counted once" in problem for problem in addition.problems)
    assert joined(addition.total.sums, collection.add("b").total.sums) == [15] * WIDTH


def test_shares_of_several_quarters_are_added_up_one_quarter_at_a_time(collection):
    be_of_another_quarter(collection)
    with pytest.raises(CoachingError, match="shares of 2025Q2 and 2025Q3; say which with --quarter"):
        collection.add("a")
    assert len(collection.add("a", quarter="2025Q3").total.submissions) == HOMES - 1


@pytest.mark.thorough
def test_a_file_of_many_homes_is_added_up_across_its_row_groups(tmp_path):
    vectors = [[number + place for place in range(WIDTH)] for number in range(400)]
    rows = [(secrets.token_hex(16), vector) for vector in vectors]
    whole = tmp_path / "whole.parquet"
    whole.write_bytes(write_shares(Heading("a", SETTING), rows))
    table = pq.read_table(whole)
    in_groups, shuffled = tmp_path / "groups.parquet", tmp_path / "shuffled.parquet"
    pq.write_table(table, in_groups, row_group_size=501)
    pq.write_table(table.take(np.random.default_rng(1).permutation(table.num_rows)), shuffled)
    for file in (whole, in_groups, shuffled):
        addition = add_up([str(file)])
        assert (list(addition.total.sums), addition.problems) == (added(vectors), ())


@pytest.mark.thorough
def test_addresses_of_other_stores_are_read_too(collection):
    import fsspec  # noqa: PLC0415 - comes with Dask

    memory = fsspec.filesystem("memory")
    for name in collection.counts:
        memory.pipe(f"/shares/{name}.parquet", collection.file("a", name).read_bytes())
    assert ids_of(add_up(["memory://shares"]).total) == ids_of(collection.add("a").total)


@pytest.mark.parametrize(
    ("make", "why"), [(lambda _: None, "holds no file"), (lambda one: one.mkdir(), "holds no file")]
)
def test_a_place_with_nothing_in_it_is_named(tmp_path, make, why):
    make(tmp_path / "none")
    with pytest.raises(CoachingError, match=why):
        add_up([str(tmp_path / "none")])


def test_a_folder_of_other_things_says_what_they_are(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("hello")
    with pytest.raises(CoachingError, match=r"no share to add up\. '.*0\.txt': it is damaged.* And 2 more\."):
        add_up([str(tmp_path)])


@pytest.mark.thorough
def test_a_cluster_of_two_workers_adds_up_the_same(collection):
    with ExitStack() as running:
        scheduler = running.enter_context(_started("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1"))
        address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line and "127.0.0.1" in line)
        for _ in range(2):
            running.enter_context(_started("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"))
        addition = collection.add("a", scheduler=address)
    assert ids_of(addition.total) == ids_of(collection.add("a").total)
    assert addition.total.sums == collection.add("a").total.sums


class _started:  # noqa: N801 - used as a function
    def __init__(self, *arguments):
        command = [sys.executable, "-m", "dask", *arguments]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    def __enter__(self):
        return self.process

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()


@pytest.mark.thorough
def test_where_no_scheduler_answers_its_address_is_named(collection):
    with pytest.raises(CoachingError, match=r"No Dask scheduler answers at 'tcp://127.0.0.1:1'"):
        collection.add("a", scheduler="tcp://127.0.0.1:1")


def test_totals_of_one_collector_are_not_joined(collection):
    total = collection.add("a").total
    with pytest.raises(CoachingError, match="Both totals are of collector a"):
        join(total, total)


def test_of_fewer_homes_than_the_noise_is_made_for_nothing_is_shown(tmp_path):
    few = Collection(tmp_path / "few", homes=2)
    with pytest.raises(CoachingError, match="Only 2 homes took part, and at least 3 must"):
        join(*(few.add(which).total for which in BOTH))


def test_what_is_joined_shows_numbers_of_many_and_hides_those_of_few(tmp_path):
    many = Collection(tmp_path / "many", homes=0, setting=Setting("2025Q3", 1000.0, 3))
    rare = Cell("coach", "let_go")
    for number in range(4):
        people = [3 if cell != rare else int(number == 0) for cell in CELLS]
        many.give(str(number), flat([[2 * one for one in people], people, [min(1, one) for one in people]]))
    disclosed = join(*(many.add(which).total for which in reversed(BOTH)))
    assert (disclosed.homes, disclosed.shape) == (4, 4 / 3)
    assert set(disclosed.numbers) == set(CELLS) - {rare}
    assert set(disclosed.numbers.values()) == {24}


@pytest.mark.parametrize("content", [b"", b"PAR1", None])
def test_what_is_no_total_is_named(tmp_path, content):
    file = tmp_path / "total-a.parquet"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CoachingError, match=r"total-a\.parquet"):
        read_total(file)


def test_a_share_is_no_total(collection):
    with pytest.raises(CoachingError, match="is no total of counts: it is a file of something else"):
        read_total(collection.file("a", "home-0"))


def test_ids_are_sixteen_bytes():
    assert ID.itemsize == len(secrets.token_bytes(16))
