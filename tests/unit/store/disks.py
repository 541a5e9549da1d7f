"""Disks that refuse, and programs that are killed, at a chosen call."""

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

#: The calls that need room on the disk, or the disk at all.
CALLS = ("open", "write", "fsync", "replace", "rename")
#: Those, and the ones that take something away.
CHANGES = (*CALLS, "unlink")


@contextmanager
def interrupted(
    at: int, happens: Callable[[], None], calls: tuple[str, ...] = CALLS, *, lasting: bool = False
) -> Iterator[list[str]]:
    """Let something happen instead of the call number `at` of those that change the disk; give the calls made.

    What is `lasting` happens to all the calls after it too.
    """
    made: list[str] = []

    def counted(name):
        real = getattr(os, name)

        def call(*arguments, **options):
            made.append(name)
            only_looks = name == "open" and not arguments[1] & os.O_CREAT  # which a disk that stays full allows
            if len(made) == at or (lasting and len(made) > at and not only_looks):
                happens()
            return real(*arguments, **options)

        return call

    with patch.multiple(os, **{name: counted(name) for name in calls}):
        yield made


def refusing(at: int, number: int, calls: tuple[str, ...] = CALLS, *, lasting: bool = False):
    """Let the disk refuse with an error number."""

    def refuse():
        raise OSError(number, os.strerror(number))

    return interrupted(at, refuse, calls, lasting=lasting)


def killed(at: int, calls: tuple[str, ...] = CALLS):
    """Kill this program, as ``kill -9`` does."""
    return interrupted(at, lambda: os.kill(os.getpid(), signal.SIGKILL), calls)


@contextmanager
def no_file_larger_than(size):
    """Let the operating system itself refuse, after it took a part, whoever runs the test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
