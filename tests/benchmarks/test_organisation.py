"""Adding up the shares of many homes, against DuckDB's sum over the same files; and what memory it takes.

By default a tenth of what is promised; ``--full`` tries 100,000 homes in 1,000 files, and 100 million rows.
"""

import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from coaching.metrics.organisation.cells import CELLS
from coaching.workbook.totals import add_up
from tests.benchmarks.shares import write

ROOT = Path(__file__).parents[2]
SUM = "SELECT side, measure, sum(count), sum(people), sum(coaches) FROM '{}/*.parquet' GROUP BY ALL"


@pytest.fixture(scope="module", name="times")
def _times(request):
    """Return how many times the small size is meant."""
    return 10 if request.config.getoption("--full") else 1


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def summed(folder):
    with duckdb.connect(config={"threads": 2}) as database:
        assert len(database.execute(SUM.format(folder)).fetchall()) == len(CELLS)


def test_a_file_for_each_hundred_homes(turns, tmp_path, times):
    folder = write(tmp_path / "shares", 100 * times, 100)
    turns.run(lambda: add_up([str(folder)]), {"duckdb": lambda: summed(folder)}, rounds=9)
    turns.show_time("DuckDB's sum over files of 100 homes", "duckdb")
    turns.check("adding up files of 100 homes : DuckDB's sum", "duckdb", 3)


def test_larger_files(turns, tmp_path, times):
    folder = write(tmp_path / "shares", 8 * times, 10_000_000 // len(CELLS) // 8)
    turns.run(lambda: add_up([str(folder)]), {"duckdb": lambda: summed(folder)}, rounds=5)
    turns.show_time("DuckDB's sum over 10 million rows, or 100", "duckdb")
    turns.check("adding up larger files : DuckDB's sum", "duckdb", 3)


def test_ten_times_the_rows_take_hardly_more_memory(show, tmp_path, times):
    peaks = [peak_of(write(tmp_path / str(more), 8 * more * times, 3_571)) for more in (1, 10)]
    show("peak of memory at a million rows, or ten", peaks[0], unit="MB")
    ratio = peaks[1] / peaks[0]
    show("peak of memory at ten times the rows", ratio, 1.2)
    assert ratio <= 1.2


def peak_of(folder):
    command = [sys.executable, "-m", "tests.benchmarks.shares", folder]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def test_two_workers_take_hardly_more_than_half_the_time_of_one(show, tmp_path, times):
    folder = write(tmp_path / "shares", 32 * times, 10_000)
    seconds = [on_a_cluster(folder, workers) for workers in (1, 2)]
    show("one worker : two workers", seconds[0] / seconds[1])
    assert seconds[0] / seconds[1] >= 1.6


def on_a_cluster(folder, workers):
    with ExitStack() as running:
        scheduler = running.enter_context(started("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1"))
        address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
        for _ in range(workers):
            worker = running.enter_context(
                started("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
            )
            next(line for line in worker.stderr if "Registered to:" in line)
        for _ in range(2):  # each imports what it needs first
            add_up([str(folder)], scheduler=address)
        return min(timed(lambda: add_up([str(folder)], scheduler=address)) for _ in range(3))


class started:  # noqa: N801 - used as a function
    def __init__(self, *arguments):
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    def __enter__(self):
        return self.process

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()
