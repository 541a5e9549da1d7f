"""What is in the memory of a kernel after a lock, seen from another program; and that no core file is written."""

import contextlib
import os
import subprocess
import sys
import time
from array import array
from itertools import groupby
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from coaching import store
from coaching.workbook.home import Home
from coaching.workbook.memory import TIDY_MEMORY
from tests.unit.store.samples import cheap_locks

PASSPHRASE, WORD, LAST = "zqpassphrase of four words", "zqCANARYxyzzy", "zqLASTxyzzy"
#: A block in use is up to 15 bytes larger than what stands in it, and those still say what was there before.
COACHEE, COACH = "Adalgisazq Zwetschgenbaumgarten", "Tomislavzq Quittenstrauch"
CALLED = "Adalgisazq"
FORMS = ("beginning", "preparation", "opening", "yourself", "dreams", "who_what_when", "closing")
PATIENCE_S = 20
IS_THERE = 62  # the first of the bits that say that a page is in memory, or swapped out
LIMITS = "import resource, coaching.workbook.memory as m; m.keep_out_of_core_files(); print(resource.getrlimit(4))"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def pieces(process):
    """Give the memory that a process has of its own, piece by piece, without pages that it has never touched."""
    folder, size = Path(f"/proc/{process}"), os.sysconf("SC_PAGE_SIZE")
    with contextlib.ExitStack() as stack:
        maps, memory, table = (
            stack.enter_context((folder / name).open("rb", 0)) for name in ("maps", "mem", "pagemap")
        )
        for line in maps.read().splitlines():
            place, rights, _, _, inode, *_ = line.split(maxsplit=5)
            if not rights.startswith(b"rw") and inode != b"0":
                continue
            first, last = (int(number, 16) // size for number in place.split(b"-"))
            with contextlib.suppress(OSError, OverflowError, ValueError):
                table.seek(first * 8)
                flags = array("Q", table.read((last - first) * 8))
                there = (first + number for number, flag in enumerate(flags) if flag >> IS_THERE)
                for _, run in groupby(enumerate(there), lambda pair: pair[1] - pair[0]):
                    numbers = [number for _, number in run]
                    memory.seek(numbers[0] * size)
                    yield memory.read(len(numbers) * size)


def in_memory(process, secrets):
    """Return which secrets stand in the memory of a process, in whatever width Python writes them."""
    forms = [
        (name, form)
        for name, secret in secrets.items()
        for form in ([secret] if type(secret) is bytes else map(secret.encode, ("utf-8", "utf-16-le", "utf-32-le")))
    ]
    return {name for piece in pieces(process) for name, form in forms if form in piece}


class Page:
    """What a page does with the session notebook: it runs the first cell, and speaks with the forms."""

    def __init__(self, client):
        self._client = client
        client.execute_interactive("import coaching\nsession = coaching.session()", timeout=60, store_history=False)
        asked = {name: f"session.{name}().comm.comm_id" for name in FORMS}
        client.execute("", user_expressions=asked, store_history=False)
        found = client.get_shell_msg(timeout=60)["content"]["user_expressions"]
        self._comms = {name: found[name]["data"]["text/plain"].strip("'") for name in FORMS}

    def send(self, form, **message):
        data = {"method": "custom", "content": {"view": "view", "page": "page", **message}}
        sent = self._client.session.msg("comm_msg", {"comm_id": self._comms[form], "data": data})
        self._client.shell_channel.send(sent)

    def words(self, form, key, values, number, act=None, **secrets):
        touched = dict.fromkeys(values, number)
        self.send(form, type="words", key=key, values=values, touched=touched, act=act, pressed=number, secrets=secrets)

    def until(self, kind, holds=lambda _content: True):
        """Return what the kernel says of this kind."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            message = self._client.get_iopub_msg(timeout=PATIENCE_S)
            content = message["content"].get("data", {}).get("content", {}) if message["msg_type"] == "comm_msg" else {}
            if content.get("type") == kind and holds(content):
                return content
        raise TimeoutError(kind)


@pytest.fixture
def made(tmp_path):
    """A workbook that is encrypted."""
    with cheap_locks():
        return Home(tmp_path / "home").create(COACHEE, COACH, lambda: PASSPHRASE)


@pytest.fixture
def kernel(made, tmp_path):
    """A kernel as `coaching lab` starts it, and a client of it."""
    manager = KernelManager()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACHING")}
    home = {"COACHING_HOME": str(made.workbook.folder.parent), "IPYTHONDIR": str(tmp_path / "ipython")}
    manager.start_kernel(env=kept | home | TIDY_MEMORY)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager.provisioner.pid, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone reads a kernel's memory")
def test_after_a_lock_no_key_passphrase_name_or_word_is_left_but_what_was_typed_last(made, kernel):
    process, client = kernel
    page = Page(client)
    page.send("beginning", type="hello")
    page.words("beginning", page.until("form")["key"], {}, 1, "unlock", opening=PASSPHRASE)
    place = page.until("form", lambda form: CALLED in str(form.get("heading")))["key"].rpartition("/")[0]
    for number in range(1, 20):
        page.words("yourself", f"{place}/yourself", {"coach_plan": f"{WORD} " * number}, number)
        page.until("kept")
    page.words("yourself", f"{place}/yourself", {"coach_plan": LAST}, 20)
    page.until("kept")
    page.send("preparation", type="search", number=1, words="", where={"kind": "goal"}, private=False, everywhere=False)
    page.until("found")
    [key] = store.unlock(made.workbook.folder, PASSPHRASE).data
    secrets = {
        "key": key,
        "passphrase": PASSPHRASE,
        "recovery key": made.recovery_key,
        "coachee": COACHEE,
        "coach": COACH,
        "coachee in the index": COACHEE.rsplit(maxsplit=1)[-1].lower(),
    }
    secrets |= {"word": WORD, "last word": LAST}
    assert in_memory(process, secrets) >= {"key", "coachee", "coachee in the index", "last word"}, (
        "the test would not see what is there"
    )
    page.send("beginning", type="lock", everywhere=True, blank=" " * 16384)
    page.until("locked")
    end = time.monotonic() + PATIENCE_S
    while (left := in_memory(process, secrets)) - {"last word"} and time.monotonic() < end:
        time.sleep(0.2)
    assert left <= {"last word"}


def test_no_core_file_is_written():
    done = subprocess.run([sys.executable, "-c", LIMITS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"
