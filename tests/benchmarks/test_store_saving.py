"""What keeping words costs, against the least that any program can do for them to survive a power cut."""

import shutil
import sqlite3
from itertools import count, cycle

import deltalake
import pytest

from coaching.model.entries import Note
from coaching.model.schema import SCHEMA, to_narrow_table, to_table
from coaching.store import Store
from coaching.workbook.workbook import DRAFTED_TOGETHER
from tests.benchmarks.at_once import at_once
from tests.benchmarks.conftest import encrypted, raw_writer

ROUNDS = 500
AT_ONCE, EACH = 8, 25


@pytest.fixture
def made(tmp_path):
    return encrypted(tmp_path, "saving")


@pytest.fixture
def store(made):
    return made.store


@pytest.fixture
def notes(some_sessions):
    """Give acts of one note each."""
    found = [entry for session in some_sessions for entry in session if isinstance(entry, Note)]
    return cycle([(([entry]),) for entry in found]).__next__


def test_a_save_takes_at_most_two_and_a_half_raw_writes(turns, raw, store, notes):
    turns.run(store.save, {"raw": raw}, ROUNDS, notes)
    turns.show_time("raw write of 4 kB", "raw")
    turns.show_time("save of one note")
    turns.check("save, p50 : raw p50", "raw", 2.5)
    turns.check("save, p99 : raw p50", "raw", 6, part=0.99)


def test_a_draft_of_what_is_written_together_takes_at_most_three_raw_writes(turns, raw, store, some_sessions):
    """Each time another word of the same entries, in place of the draft before, as while somebody types.

    A session is drafted in parts of as many entries as the workbook writes together; here, of that which takes longest.
    """
    session = sorted(some_sessions, key=len)[len(some_sessions) // 2]
    parts = [session[at : at + DRAFTED_TOGETHER] for at in range(len(session) - DRAFTED_TOGETHER + 1)]
    noted = [part for part in parts if any(isinstance(entry, Note) and entry.text for entry in part)]
    part = max(noted, key=lambda entries: len(to_narrow_table(entries).column_names))
    at = next(number for number, entry in enumerate(part) if isinstance(entry, Note) and entry.text)
    words = count()

    def typed():
        part[at] = part[at].model_copy(update={"text": f"{part[at].text[:60]} {next(words)}"})
        return part[0].session, "tab-1", part

    turns.run(store.draft, {"raw": raw}, ROUNDS, typed)
    turns.show_time(f"draft of {len(part)} entries with {len(to_narrow_table(part).column_names)} columns")
    turns.check("draft, p50 : raw p50", "raw", 3)


def test_a_commit_takes_at_most_two_raw_writes(turns, raw, store, some_sessions):
    waiting = cycle(some_sessions)

    def drafted():
        session = next(waiting)
        for at in range(0, len(session), DRAFTED_TOGETHER):
            store.draft(session[0].session, f"part-{at}", session[at : at + DRAFTED_TOGETHER])
        return (session[0].session,)

    turns.run(store.commit, {"raw": raw}, 100, drafted)
    turns.show_time("commit of a session")
    turns.check("commit, p50 : raw p50", "raw", 2)


def test_a_save_into_a_hundred_times_as_many_sessions_takes_as_long(
    turns, workbook_of_few, workbook_of_many, notes, tmp_path
):
    few, many = (_copy_of(made, tmp_path) for made in (workbook_of_few, workbook_of_many))
    turns.run(many.save, {"few": lambda: few.save(*notes())}, ROUNDS, notes)
    turns.check("save, p50, at 10,000 sessions : at 100", "few", 1.2)


def test_eight_who_save_at_once_take_at_most_five_times_as_long_as_eight_raw_writers(turns, made, notes, tmp_path):
    """Each in a process of its own, all of them into the same folder."""
    some = [notes() for _ in range(AT_ONCE * EACH)]
    with (
        at_once(AT_ONCE, EACH, saver, made.store.folder, made.keys, some) as save,
        at_once(AT_ONCE, EACH, raw_writers, tmp_path) as write,
    ):
        turns.run(save, {"raw": write}, 10)
    turns.show_time(f"{AT_ONCE} at once, {EACH} raw writes each", "raw")
    turns.show_time(f"{AT_ONCE} at once, {EACH} saves each")
    turns.check(f"{AT_ONCE} at once, saves, p50 : raw writes", "raw", 5)


def test_a_save_beside_those_of_sqlite_and_delta_lake(turns, raw, store, notes, tmp_path):
    """SQLite keeps a row that survives a power cut; Delta Lake flushes nothing to the disk. Neither encrypts."""
    database = sqlite3.connect(tmp_path / "peer.sqlite")
    database.executescript("pragma journal_mode=wal; pragma synchronous=full;")
    database.execute(f"create table entries ({', '.join(SCHEMA.names)})")
    insert = f"insert into entries values ({', '.join('?' * len(SCHEMA.names))})"  # noqa: S608 - no words from outside

    def save_to_sqlite():
        rows = to_table(*notes()).to_pylist()
        database.executemany(insert, [tuple(map(_plain, row.values())) for row in rows])
        database.commit()

    def save_to_delta_lake():
        deltalake.write_deltalake(tmp_path / "delta", to_table(*notes()), mode="append")

    turns.run(store.save, {"raw": raw, "sqlite": save_to_sqlite, "delta": save_to_delta_lake}, 50, notes)
    turns.show_time("save of one note, SQLite (WAL, synchronous=FULL), not encrypted", "sqlite")
    turns.show_time("save of one note, Delta Lake, not encrypted, not flushed", "delta")
    turns.check("save, p50 : Delta Lake's", "delta", 1)


def saver(number, folder, keys, notes):
    """Return what saves one note after the other, beginning with another one in each program."""
    store, turn = Store.open(folder, keys), count(number)
    return lambda: store.save(*notes[next(turn) % len(notes)])


def raw_writers(number, folder):
    return raw_writer(folder, str(number))


def _plain(value):
    return value if value is None or isinstance(value, (str, int)) else value.isoformat()


def _copy_of(made, folder):
    """Return a copy of a workbook, opened and read, as one at work is."""
    store = made.store
    shutil.copytree(store.folder, folder / store.workbook)
    copy = type(store).open(folder / store.workbook, made.keys)
    copy.read()
    return copy
