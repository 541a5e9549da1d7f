"""Whatever the order in which three copies write and join: nothing is lost, nothing doubled, in neither language."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.pages.own.interleavings import Copies, doubled, drawn, lost, scenario

SCRIPT = Path(__file__).parent / "web/interleavings.js"
FEW, MANY = range(40), range(1000)


def in_the_page(years):
    """What the script of the page makes of the same acts."""
    if not (node := shutil.which("node")):
        pytest.skip("needs Node")
    done = subprocess.run([node, SCRIPT], input=json.dumps(years), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "seeds",
    [pytest.param(FEW, marks=pytest.mark.everyday), pytest.param(MANY, marks=pytest.mark.thorough)],
    ids=["few", "many"],
)
def test_nothing_is_lost_or_doubled_and_both_languages_agree(seeds):
    years = [drawn(seed) for seed in seeds]
    copies = [Copies().do(acts) for acts in years]
    assert {seed: found for seed, one in zip(seeds, copies, strict=True) if (found := lost(one))} == {}
    assert {seed: found for seed, one in zip(seeds, copies, strict=True) if (found := doubled(one))} == {}
    assert sum(bool(one.outcome()["coach"]["conflicts"]) for one in copies) > len(copies) // 20
    outcomes = json.loads(json.dumps([one.outcome() for one in copies]))
    for seed, ours, theirs in zip(seeds, outcomes, in_the_page([scenario(acts) for acts in years]), strict=True):
        assert theirs == ours, seed
