"""How much of what could be tried is tried: examples of each property, and cases of each long list."""

import os
from itertools import groupby
from math import ceil
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

#: A machine may be busy: how long an example takes says nothing.
UNHURRIED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
}
settings.register_profile("dev", **UNHURRIED, max_examples=10, stateful_step_count=10)
settings.register_profile("ci", **UNHURRIED, max_examples=100, stateful_step_count=12, derandomize=True, database=None)
settings.register_profile("nightly", **UNHURRIED, max_examples=1000, stateful_step_count=50, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave to the thorough run the cases of a test marked `draw` that the everyday run does not draw."""
    marked = [item for item in items if item.get_closest_marker("draw")]
    for _, cases in groupby(marked, lambda item: item.nodeid.partition("[")[0]):
        by_chance = sorted(cases, key=lambda item: crc32(item.name.encode()))
        one_in = by_chance[0].get_closest_marker("draw").args[0]
        for case in by_chance[ceil(len(by_chance) / one_in) :]:
            case.add_marker(pytest.mark.thorough)
