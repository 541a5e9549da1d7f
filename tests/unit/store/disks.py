"""Disks that refuse, and programs that are killed, at a chosen call."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

CALLS = ("open", "write", "fsync", "replace", "rename")


@contextmanager
def interrupted(at: int, happens: Callable[[], None]) -> Iterator[list[str]]:
    """Let something happen instead of the call number `at` of those that change the disk; give the calls made."""
    made: list[str] = []

    def counted(name):
        real = getattr(os, name)

        def call(*arguments, **options):
            made.append(name)
            if len(made) == at:
                happens()
            return real(*arguments, **options)

        return call

    with patch.multiple(os, **{name: counted(name) for name in CALLS}):
        yield made


def refusing(at: int, number: int):
    """Let the disk refuse with an error number."""

    def refuse():
        raise OSError(number, os.strerror(number))

    return interrupted(at, refuse)


def killed(at: int):
    """Kill this program, as ``kill -9`` does."""
    return interrupted(at, lambda: os.kill(os.getpid(), signal.SIGKILL))
