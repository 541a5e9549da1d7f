"""How much of what could be tried is tried: examples of each property, and cases of each long list."""

import coaching.jupyter.lean_start  # noqa: F401 - every worker imports what it keeps out

# isort: split
import gc
import os
from itertools import groupby
from math import ceil
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from coaching.i18n import speak

# Tests read English, whatever whoever runs them speaks.
os.environ["COACHING_LANGUAGE"] = "en"

#: A machine may be busy: how long an example takes says nothing.
UNHURRIED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
}
settings.register_profile("dev", **UNHURRIED, max_examples=10, stateful_step_count=10)
settings.register_profile("ci", **UNHURRIED, max_examples=50, stateful_step_count=12, derandomize=True, database=None)
settings.register_profile("nightly", **UNHURRIED, max_examples=1000, stateful_step_count=50, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


#: One in so many cases of a test is tried every day, unless its mark `draw` says otherwise.
ONE_IN = 4
#: Of more cases than these that are left then, the thorough run takes half, and the soak the others.
LONG = 8


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """Look for no garbage among what stays until the last test: all modules, and thousands of tests.

    Looking through it again and again takes as long as many of the tests do.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave to the thorough run the cases of each test that the everyday run does not draw; half of a long list."""
    left_out = {"soak", "thorough"}
    chosen_from = [item for item in items if not left_out & {mark.name for mark in item.iter_markers()}]
    for _, cases in groupby(chosen_from, lambda item: item.nodeid.partition("[")[0]):
        by_chance = sorted(cases, key=lambda item: crc32(item.name.encode()))
        left = by_chance[drawn(by_chance) :]
        for place, case in enumerate(left):
            case.add_marker(pytest.mark.soak if len(left) > LONG and place % 2 else pytest.mark.thorough)


def drawn(cases):
    """Return how many cases of a test the everyday run takes: one, if each has a folder of its own on the disk."""
    if "tmp_path" in cases[0].fixturenames:
        return 1
    mark = cases[0].get_closest_marker("draw")
    return ceil(len(cases) / (mark.args[0] if mark else ONE_IN))


@pytest.fixture(autouse=True)
def _speaks_english():
    """Speak English again after a session that spoke another language in this process."""
    yield
    speak("en")
