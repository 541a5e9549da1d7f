"""Two hundred workbooks of five years in one home: the first form, and the list; each in a new program.

What is compared is time of the processor, as the programs of a busy machine wait for each other.
"""

import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from coaching.model.ids import derived_id
from coaching.store import create
from coaching.workbook.environment import local_time
from tests.benchmarks.invented import sessions

ROOT = Path(__file__).parents[2]
WORKBOOKS, SESSIONS, EVERY = 200, 130, timedelta(days=14)
ROUNDS = 3
FORM = """
import sys
from pathlib import Path
from coaching.forms.session.desk import Desk
from coaching.forms.session.session import SessionForms
SessionForms(Desk(Home(Path(sys.argv[1])))).beginning()
"""
#: The least that can be done: each file read and decoded once, with its key.
LEAST = """
import sys
from pathlib import Path
import pydantic
from coaching import store
from coaching.store import disk
from coaching.store.files.parquet import Codec
for folder in store.workbooks(Path(sys.argv[1]))[0]:
    codec = Codec(folder.name, store.open_keys(folder))
    for file in (folder / "entries").glob("*.parquet"):
        codec.decode(disk.read(file))
"""


def filled(home, number, said):
    for at in range(number):
        identity = derived_id(None, f"workbook {at}")
        made = create(home / identity, workbook=identity, holder="coach", is_locked_later=True)
        made.store.save(said[: len(said) // 2])
        made.store.save(said[len(said) // 2 :])
        made.store.compact()
    return home


@pytest.fixture(scope="module", name="homes")
def _homes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("homes")
    (folder / "pattern").mkdir()
    begin = local_time().date() - (SESSIONS - 1) * EVERY - timedelta(days=7)
    several = sessions(SESSIONS, folder / "pattern", begin=begin, every=EVERY)
    said = [entry for session in several for entry in session]
    return {number: filled(folder / str(number), number, said) for number in (1, WORKBOOKS)}


def seconds(*command):
    """Return the median of the processor's time that a program takes."""
    times = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(times)


def test_the_first_form_of_two_hundred_workbooks(homes, show):
    one, many = (seconds("-c", FORM, str(home)) for home in homes.values())
    show("the first form of one workbook, in a new program", one * 1000, unit="ms")
    show("the first form of two hundred : of one", many / one, 3.2)
    assert many / one <= 3.2


def test_the_list_of_two_hundred_workbooks(homes, show):
    home = str(homes[WORKBOOKS])
    least, listed = seconds("-c", LEAST, home), seconds("-m", "coaching", "list", "--home", home)
    show("two hundred workbooks, each file decoded once", least * 1000, unit="ms")
    show("coaching list : each file decoded once", listed / least, 2.3)
    assert listed / least <= 2.3
