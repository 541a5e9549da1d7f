"""Two things timed in turns, so that whatever else the machine does slows both; what came out is told at once."""

import contextlib
import gc
import os
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from coaching.model.ids import derived_id
from coaching.store import Created, Store, create
from coaching.workbook.home import Home
from tests.benchmarks.invented import sessions

MANY, FEW = 10_000, 100


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="the sizes that are promised, where they take minutes")


PENDING = 64
_RAW_BYTES = 4096


@dataclass(repr=False)
class Turns:
    """What was timed in turns.

    Parameters
    ----------
    benchmark
        pytest-benchmark's fixture; it times what the test is about.
    show
        Prints a figure.
    """

    benchmark: Any
    show: Callable[..., None]
    times: dict[str, list[float]] = field(default_factory=dict)

    def run(
        self,
        measured: Callable[..., Any],
        others: dict[str, Callable[[], Any]],
        rounds: int,
        prepare: Callable[[], tuple[Any, ...]] = tuple,
    ) -> None:
        """Time `measured`, each time just after all the `others`; `prepare` gives its arguments, and is not timed.

        As with `timeit` no garbage is collected while they run: whose turn it falls into is chance. It is in between.
        """
        for other in others.values():
            other()
        measured(*prepare())

        def in_turns() -> tuple[tuple[Any, ...], dict[str, Any]]:
            for name, other in others.items():
                gc.collect()
                begin = time.perf_counter()
                other()
                self.times.setdefault(name, []).append(time.perf_counter() - begin)
            arguments = prepare()
            gc.collect()
            return arguments, {}

        with _collecting_no_garbage():
            self.benchmark.pedantic(measured, setup=in_turns, rounds=rounds)
        self.times["measured"] = list(self.benchmark.stats.stats.data)

    def ratio(self, to: str, part: float = 0.5) -> float:
        """Return how many times the median of another the time is under which a part of the measured ones stay."""
        return percentile(self.times["measured"], part) / statistics.median(self.times[to])

    def check(self, what: str, to: str, limit: float, part: float = 0.5) -> None:
        """Hold a ratio against its limit; it is printed, and in pytest-benchmark's record, either way."""
        ratio = self.ratio(to, part)
        self.benchmark.extra_info[what] = round(ratio, 3)
        self.show(what, ratio, limit)
        assert ratio <= limit

    def show_time(self, what: str, name: str = "measured") -> None:
        """Print a median."""
        self.show(what, statistics.median(self.times[name]) * 1000, unit="ms")


@contextlib.contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """Let garbage be collected only when it is asked for, and then not looked for in all that is there by now."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def percentile(times: list[float], part: float) -> float:
    """Return the time that a part of the times stays under."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


@pytest.fixture
def show(request):
    """Print a figure, and its limit if it has one, as soon as it is there."""
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(what: str, value: float, limit: float | None = None, unit: str = "×") -> None:
        figure, most = f"{value:,.2f} {unit}", f"at most {limit:.2f} {unit}" if limit is not None else ""
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"{what:<80} {figure:>14}   {most}".rstrip(), flush=True)

    return tell


@pytest.fixture
def home(tmp_path):
    """Return a home with the demo year."""
    found = Home(tmp_path / "home")
    found.demo()
    return found


@pytest.fixture
def turns(benchmark, show):
    return Turns(benchmark, show)


@pytest.fixture
def raw(tmp_path):
    """Return what writes 4 kB so that they survive a power cut."""
    return raw_writer(tmp_path)


def raw_writer(folder: Path, name: str = "raw") -> Callable[[], None]:
    """Return what writes 4 kB under a new name and flushes them, moves them to another folder, and flushes that."""
    unfinished, kept = folder / "unfinished", folder / "kept"
    unfinished.mkdir(exist_ok=True)
    kept.mkdir(exist_ok=True)
    data, names = secrets.token_bytes(_RAW_BYTES), (f"{name}-{number}" for number in count())

    def write() -> None:
        name = next(names)
        descriptor = os.open(unfinished / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, data)
        os.fsync(descriptor)
        os.close(descriptor)
        os.replace(unfinished / name, kept / name)  # noqa: PTH105 - the bare call, as is all of this
        descriptor = os.open(kept, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    return write


def encrypted(home: Path, name: str) -> Created:
    """Make an encrypted workbook."""
    identity = derived_id(None, name)
    return create(home / identity, workbook=identity, holder="coach", passphrase="four words of nonsense")  # noqa: S106


def compacted(made: Created, home: Path, number: int) -> Created:
    """Fill a workbook with sessions, and make one file of them."""
    with _collecting_no_garbage():  # there is none among so many entries, and looking for it takes as long as they do
        said = [entry for session in sessions(number, home / "pattern") for entry in session]
        half = len(said) // 2
        made.store.save(said[:half])
        made.store.save(said[half:])
    made.store.compact()
    return Created(Store.open(made.store.folder, made.keys), made.keys)


@pytest.fixture(scope="session")
def some_sessions(tmp_path_factory):
    """Return sessions that come after those of the workbooks."""
    return list(sessions(500, tmp_path_factory.mktemp("pattern"), first=MANY))


@pytest.fixture(scope="session")
def workbook_of_few(tmp_path_factory):
    home = tmp_path_factory.mktemp("few")
    return compacted(encrypted(home, "few"), home, FEW)


@pytest.fixture(scope="session")
def workbook_of_many(tmp_path_factory):
    home = tmp_path_factory.mktemp("many")
    return compacted(encrypted(home, "many"), home, MANY)
