"""What others could read of this program's memory: no core files, and nothing of what was given back.

Python and the system write over nothing that is given back: a text that nobody holds any more stands in memory until
something takes its place. So something takes it: as many empty blocks of each size as there are free ones.
"""

import bisect
import contextlib
import ctypes  # noqa: TID251 - speaks to the allocators, which are no matter of the disk
import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

if sys.platform != "win32":  # noqa: TID251 - it has no such limits, and no core files; no matter of the disk
    import resource

#: The environment in which less is left: blocks that were given back can be taken again by any thread, and are written
#: over at once where the system's allocator has them alone; and Arrow keeps none to itself.
TIDY_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1:glibc.malloc.perturb=165",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}

_MAPS = Path("/proc/self/maps")
_PR_SET_DUMPABLE = 4
#: Python keeps blocks of up to so many bytes to itself, in steps of so many.
_PYTHONS_LARGEST, _STEP = 512, 16
#: Of larger ones the system gives back all but the edges.
_LARGEST = 1 << 16
#: So many bytes of one size are enough in any case.
_ENOUGH = 1 << 25
#: An allocator may hand out one block of its own new memory while old one is left.
_FRESH = 4


def keep_out_of_core_files() -> None:
    """Let the system write no core file of this program, and no other program of the account look into it."""
    if sys.platform != "win32":  # noqa: TID251 - as above
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(AttributeError, OSError, TypeError):  # only Linux knows it
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def overwrite_what_is_free() -> None:
    """Write over the free memory of Python, and over that of the system as far as the calling thread is given it.

    Only where the system says which memory a program has, as Linux does; elsewhere nothing is written over.
    """
    gc.collect()
    system: Any = ctypes.CDLL(None) if _MAPS.exists() else None
    if not hasattr(system, "malloc_trim"):
        return
    _fill(ctypes.pythonapi.PyObject_Calloc, ctypes.pythonapi.PyObject_Free, range(_PYTHONS_LARGEST, 0, -_STEP))
    system.malloc_trim(0)
    _fill(system.calloc, system.free, _falling(_LARGEST))
    system.malloc_trim(0)


def _fill(allocate: Any, free: Any, sizes: Iterable[int]) -> None:
    """Take empty blocks, size by size, until they come from memory that was not there before; then give them back."""
    allocate.restype, allocate.argtypes = ctypes.c_void_p, [ctypes.c_size_t, ctypes.c_size_t]
    free.restype, free.argtypes = None, [ctypes.c_void_p]
    begins, ends = _mapped()
    taken = []
    for size in sizes:
        fresh = 0
        for _ in range(_ENOUGH // size):
            block = allocate(1, size)
            taken.append(block)
            at = bisect.bisect_right(begins, block) - 1
            fresh += at < 0 or block >= ends[at]
            if fresh == _FRESH:
                break
    for block in taken:
        free(block)


def _mapped() -> tuple[list[int], list[int]]:
    """Return where the pieces of this program's memory begin and end, in their order."""
    pieces = [line.split(maxsplit=1)[0].split("-") for line in _MAPS.read_text().splitlines()]
    return [int(begin, 16) for begin, _ in pieces], [int(end, 16) for _, end in pieces]


def _falling(size: int) -> Iterator[int]:
    """Give sizes in ever smaller steps, at last every one that the system knows."""
    while size > 1 << 10:
        yield size
        size = size * 4 // 5 // _STEP * _STEP
    yield from range(size + 8, _STEP, -_STEP)
