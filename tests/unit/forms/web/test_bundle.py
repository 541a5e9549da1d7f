"""The bundles that a page gets are those of the modules that stand in the repository."""

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

import coaching

ROOT = Path(coaching.__file__).parent.parent
FORMS = ROOT / "coaching/forms/web/bundle"
EXTENSION = ROOT / "coaching/jupyter/labextensions/coaching-workbook"
OWN = ROOT / "coaching/pages/own/bundle"
SUMS = {
    FORMS: FORMS / "SHA256SUMS",
    OWN: OWN / "SHA256SUMS",
    EXTENSION / "static": ROOT / "coaching/jupyter/web/SHA256SUMS",
}
STALE = "a bundle is stale: run “npm run build”"


@pytest.mark.everyday
@pytest.mark.parametrize(("bundles", "sums"), SUMS.items(), ids=["forms", "own copy", "extension"])
def test_the_bundles_were_made_of_the_modules_that_stand_there(bundles, sums):
    """Without Node too: the sums say what went into them, and what came out."""
    recorded = dict(line.split("  ")[::-1] for line in sums.read_text().splitlines())
    assert {name: _sum(ROOT / name) for name in recorded} == recorded, STALE
    assert {str(file.relative_to(ROOT)) for file in bundles.glob("*.js")} <= recorded.keys(), STALE


def test_esbuild_makes_the_same_bundles_again(tmp_path):
    if not (node := shutil.which("node")) or not (ROOT / "node_modules/esbuild").is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI needs Node, and “npm ci” before the tests")
        pytest.skip("needs Node, and “npm ci” before the tests")
    subprocess.run([node, ROOT / "build.mjs", tmp_path], check=True)
    made = _texts(tmp_path, tmp_path)
    there = {name: text for folder in (FORMS, OWN, EXTENSION) for name, text in _texts(folder, ROOT).items()}
    assert made == there | _texts(SUMS[EXTENSION / "static"].parent, ROOT, "SHA256SUMS"), STALE


def _sum(file):
    return sha256(file.read_text(encoding="utf-8").encode()).hexdigest()


def _texts(folder, root, names="*"):
    files = [file for file in folder.rglob(names) if file.is_file()]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}
