"""Several programs that do the same at the same time, again and again."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any

#: Starts each program from one that has imported everything, so that starting takes no time.
_PROGRAMS = multiprocessing.get_context("forkserver")
_PROGRAMS.set_forkserver_preload(["tests.benchmarks.conftest"])


@contextmanager
def at_once(programs: int, times: int, make: Callable[..., Callable[[], Any]], *arguments: Any) -> Iterator[Callable]:
    """Give what lets all programs do something so many times each, and returns when the last of them is done.

    Parameters
    ----------
    programs
        How many of them.
    times
        How often each of them does it.
    make
        Makes, in each program, what is done there; called with its number and the arguments.
    *arguments
        What else `make` needs.
    """
    gate = _PROGRAMS.Barrier(programs + 1)
    started = [
        _PROGRAMS.Process(target=_work, args=(gate, times, make, number, *arguments)) for number in range(programs)
    ]
    for process in started:
        process.start()

    def work() -> None:
        gate.wait()
        gate.wait()

    try:
        yield work
    finally:
        gate.abort()
        for process in started:
            process.join()


def _work(gate: Barrier, times: int, make: Callable[..., Callable[[], Any]], *arguments: Any) -> None:
    try:
        act = make(*arguments)
        while True:
            gate.wait()
            for _ in range(times):
                act()
            gate.wait()
    except BrokenBarrierError:
        return
    except BaseException:
        gate.abort()  # else all others would wait for this one
        raise
