"""What looking for words costs in 250,000 entries: against DuckDB's full-text index, and ripgrep on plain files."""

import random
import resource
import shutil
import subprocess
import time
import tracemalloc
from collections import defaultdict
from importlib.resources import files

import pyarrow as pa
import pytest

from coaching.store import Store
from coaching.workbook.search.index import TextIndex, fields_told
from coaching.workbook.search.query import parse_query
from coaching.workbook.search.search import look
from coaching.workbook.search.wish import EVERYWHERE
from tests.benchmarks.conftest import MANY, percentile

ROUNDS = 3
QUERIES = 100
SHORTEST = 4
#: Seconds.
AT_ONCE = 0.1
#: Words that most entries have: nobody looks for them alone, but everybody types them on the way to others.
COMMON = ["the", "and", "to", "I", "it", "that", "the and", "to the", '"of the"', '"in the"', "not that"] * 4


@pytest.fixture(scope="module")
def history(workbook_of_many):
    return workbook_of_many.store.read().history


@pytest.fixture(scope="module")
def texts(history):
    """The texts of each session."""
    names = sorted({name for leaving, own in fields_told().values() for name in (*leaving, *own)})
    found = defaultdict(list)
    for row in history.select(["session", *names]).to_pylist():
        found[row.pop("session")] += [text for text in row.values() if text]
    return found


@pytest.fixture(scope="module")
def index(history):
    made = TextIndex()
    made.follow(history)
    look(made, parse_query("quiet"), EVERYWHERE, private=False, best=False, limit=1)  # learns what all others ask
    yield made
    made.close()


@pytest.fixture
def indexed_by_duckdb(texts):
    """Return what lets DuckDB index the same texts; its extension comes with a package, as there is no network."""
    duckdb = pytest.importorskip("duckdb")
    extensions = pytest.importorskip("duckdb_extension_fts", reason="pip install duckdb-extension-fts")
    file = files(extensions).joinpath("extensions", f"v{duckdb.__version__}", "fts.duckdb_extension")
    if not file.is_file():
        pytest.skip(f"duckdb-extension-fts is not for DuckDB {duckdb.__version__}")
    lines = [text for said in texts.values() for text in said]
    with duckdb.connect() as connection:
        connection.execute(f"load '{file}'")
        lines_of_texts = pa.table({"number": range(len(lines)), "text": lines})
        connection.execute("create table said as select * from lines_of_texts")
        assert lines_of_texts.num_rows == connection.execute("select count(*) from said").fetchone()[0]
        yield lambda: connection.execute("pragma create_fts_index('said', 'number', 'text', overwrite = 1)")


@pytest.fixture(scope="module")
def queries(texts):
    """Words, pairs of words of one text, and phrases, as people look for them: not "the"."""
    chance = random.Random(1)  # noqa: S311 - draws words, no keys
    lines = [text.split() for said in texts.values() for text in said if text.isascii()]
    words = sorted({word for line in lines for word in line if len(word) >= SHORTEST and word.isalpha()})
    long = [line for line in lines if len([word for word in line if len(word) >= SHORTEST]) > 1]
    pairs = [chance.sample([word for word in line if len(word) >= SHORTEST], 2) for line in chance.sample(long, 25)]
    starts = [(line, chance.randrange(len(line) - 1)) for line in chance.sample(long, 25)]
    phrases = [
        f'"{" ".join(line[at : at + 2])}"' for line, at in starts if line[at].isalpha() and line[at + 1].isalpha()
    ]
    singles = chance.choices(words, k=QUERIES - len(pairs) - len(phrases))
    return [*singles, *map(" ".join, pairs), *phrases]


def test_indexing_takes_at_most_one_and_a_half_times_as_long_as_duckdb(turns, history, indexed_by_duckdb):
    def indexed():
        made = TextIndex()
        made.follow(history)
        made.close()

    turns.run(indexed, {"duckdb": indexed_by_duckdb}, ROUNDS)
    turns.show_time(f"DuckDB's full-text index of {MANY:,} sessions", "duckdb")
    turns.show_time(f"index of {MANY:,} sessions")
    turns.check("index : DuckDB's", "duckdb", 1.5)


def test_a_search_is_there_at_once_and_takes_at_most_twice_as_long_as_ripgrep(show, index, texts, queries, tmp_path):
    """By the time of the processor, as both may wait for other programs."""
    ripgrep = shutil.which("rg")
    if not ripgrep:
        pytest.skip("ripgrep is missing")
    for number, said in enumerate(texts.values()):
        (tmp_path / f"{number}.txt").write_text("\n".join(map(str, said)), encoding="utf-8")
    theirs = []
    for typed in queries[::4]:
        words = typed.strip('"') if typed.startswith('"') else typed.split()[0]
        before = _time_of_others()
        subprocess.run([ripgrep, "-i", "-F", words, tmp_path], capture_output=True, check=False)
        theirs.append(_time_of_others() - before)
    show("ripgrep, p50", percentile(theirs, 0.5) * 1000, unit="ms")
    for what, looked_for, best in (
        ("words", queries, False),
        ("common words", COMMON, False),
        ("the best", COMMON, True),
    ):
        ours = []
        for typed in looked_for:
            begin = time.process_time()
            look(index, parse_query(typed), EVERYWHERE, private=False, best=best, limit=20)
            ours.append(time.process_time() - begin)
        show(f"a search for {what}, p95", percentile(ours, 0.95) * 1000, 100, unit="ms")
        ratio = percentile(ours, 0.95) / percentile(theirs, 0.95)
        show(f"a search for {what} : ripgrep, p95", ratio, 2)
        assert percentile(ours, 0.95) <= AT_ONCE
        assert ratio <= 2


def _time_of_others():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_index_takes_at_most_twice_the_memory_of_the_texts(show, history, texts):
    size = sum(len(str(text).encode()) for said in texts.values() for text in said)
    tracemalloc.start()
    try:
        made = TextIndex()
        made.follow(history)
        look(made, parse_query("quiet"), EVERYWHERE, private=True, best=True, limit=None)
        of_python, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    pages, of_each = (made._database.execute(f"pragma page_{name}").fetchone()[0] for name in ("count", "size"))
    made.close()
    show("texts", size / 1e6, unit="MB")
    show("index : the texts, in memory", (of_python + pages * of_each) / size, 2)
    assert of_python + pages * of_each <= 2 * size


def test_a_saved_word_is_found_by_the_next_search(show, workbook_of_few, some_sessions, tmp_path):
    folder = shutil.copytree(workbook_of_few.store.folder, tmp_path / workbook_of_few.store.folder.name)
    store, made = Store.open(folder, workbook_of_few.keys), TextIndex()
    made.follow(store.read().history)
    times = []
    for said in some_sessions[:20]:
        notes = [entry.model_copy(update={"text": "zqcanary"}) for entry in said if entry.kind == "note"][:1]
        before = len(made.rows(parse_query("zqcanary"))[0])
        store.save(notes)
        begin = time.perf_counter()
        made.follow(store.read().history)
        after = len(made.rows(parse_query("zqcanary"))[0])
        times.append(time.perf_counter() - begin)
        assert after == before + len(notes)
    show("from saved to found", percentile(times, 0.5) * 1000, unit="ms")
