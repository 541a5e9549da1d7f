"""The bundles that a page gets are those of the modules beside them."""

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

import coaching

ROOT = Path(coaching.__file__).parent.parent
WEB = ROOT / "coaching/forms/web"
BUNDLE = WEB / "bundle"
STALE = "a bundle is stale: run “npm run build”"


def test_the_bundles_were_made_of_the_modules_that_stand_beside_them():
    """Without Node too: the sums say what went into them, and what came out."""
    recorded = dict(line.split("  ")[::-1] for line in (BUNDLE / "SHA256SUMS").read_text().splitlines())
    modules = {f"../{file.name}": _sum(file) for file in WEB.iterdir() if file.suffix in {".js", ".mjs"}}
    words = {"../../../data/days.json": _sum(WEB.parent.parent / "data/days.json")}
    bundles = {file.name: _sum(file) for file in BUNDLE.glob("*.js")}
    assert recorded == modules | words | bundles, STALE


def test_esbuild_makes_the_same_bundles_again(tmp_path):
    if not (node := shutil.which("node")) or not (ROOT / "node_modules/esbuild").is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI needs Node, and “npm ci” before the tests")
        pytest.skip("needs Node, and “npm ci” before the tests")
    subprocess.run([node, WEB / "build.mjs", tmp_path], check=True)
    assert _texts(tmp_path) == _texts(BUNDLE), STALE


def _sum(file):
    return sha256(file.read_text(encoding="utf-8").encode()).hexdigest()


def _texts(folder):
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
