"""A real terminal for a program to run in, and somebody who types what it asks for."""

import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parents[3]
_PATIENCE = 60
#: Makes the terminal the program's own, as a shell does: a passphrase is read from there, not from what is piped in;
#: and Ctrl-C is heard, also where the tests run in the background, with Ctrl-C ignored.
_BEGIN = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, sys.argv[1:])
"""


class DisclosedFields(NamedTuple):
    """How a program ended, and all that stood on the terminal, what was typed and could be seen among it."""

    code: int
    text: str


def typed(arguments: Sequence[str], answers: Sequence[tuple[str, str]], env: Mapping[str, str]) -> DisclosedFields:
    """Run the command line; after each question that is awaited, type its answer.

    Parameters
    ----------
    arguments
        What follows ``coaching``.
    answers
        A part of each question, and what to type then.
    env
        What is added to the environment.
    """
    import pty  # noqa: PLC0415 - not on Windows, where these tests are left out

    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "coaching", *arguments]
    command = [sys.executable, "-c", _BEGIN, *program]
    env = {**os.environ, "PYTHONPATH": str(_ROOT), "COLUMNS": "400", **env}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True) as run:
        os.close(theirs)
        try:
            text, again = b"", ""
            for question, answer in answers:
                text += _until(ours, question.encode())
                os.write(ours, answer.encode())
                again = answer if answer == "\x03" else ""
            text += _until(ours, None, again)
            return DisclosedFields(run.wait(_PATIENCE), text.decode().replace("\r\n", "\n"))
        finally:
            run.kill()
            os.close(ours)


def _until(terminal: int, question: bytes | None, again: str = "") -> bytes:
    """Return what comes until the question is there; without one, until the program ends.

    `again` is typed once more while nothing comes: Python misses a Ctrl-C that comes just before it begins to read.
    """
    text = b""
    with suppress(OSError):  # how Linux says that nobody writes to the terminal any more
        patience = _PATIENCE
        while question is None or question not in text:
            if not select.select([terminal], [], [], 1)[0]:
                patience -= 1
                assert patience, f"waited in vain for {question!r} after {text!r}"
                os.write(terminal, b"" if text else again.encode())
                continue
            if not (more := os.read(terminal, 4096)):
                break
            text += more
    assert question is None or question in text, f"it ended before it asked {question!r}: {text!r}"
    return text
