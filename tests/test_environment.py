"""conda users get what pip users get, and the versions that the tests ran with are ones that the package asks for."""

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
#: What conda-forge calls otherwise. Its `matplotlib` brings Qt along, its `dask` the distributed one and bokeh.
CONDA_FORGE = {
    "build": "python-build",
    "matplotlib": "matplotlib-base",
    "dask": "dask-core",
    "jupyter-client": "jupyter_client",
}


def named(requirement, names):
    found = Requirement(requirement)
    return f"{names.get(found.name, found.name)}{found.specifier}"


@pytest.mark.everyday
@pytest.mark.parametrize(
    ("file", "extra"),
    [
        pytest.param("environment.yml", [], id="users"),
        pytest.param("environment-dev.yml", EXTRAS["test"], id="contributors"),
    ],
)
def test_environment_and_pyproject_agree(file, extra):
    conda = yaml.safe_load((ROOT / file).read_text())["dependencies"]
    by_pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    given = {entry for entry in (*conda, *by_pip) if isinstance(entry, str)}
    asked = {named(one, CONDA_FORGE) for one in (*PROJECT["dependencies"], *extra)}
    assert given - {"pip", "-e ."} == asked | {f"python{PROJECT['requires-python']}"}
    assert "-e ." in by_pip


def test_the_versions_to_install_again_are_ones_that_are_asked_for():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {canonicalize_name(name): version for name, _, version in (one.partition("==") for one in lines)}
    ours = PROJECT["name"]
    asked = [
        Requirement(one) for one in (*PROJECT["dependencies"], *(one for extra in EXTRAS.values() for one in extra))
    ]
    wrong = [
        str(one)
        for one in asked
        if one.name != ours and pinned.get(canonicalize_name(one.name), "0") not in one.specifier
    ]
    assert wrong == []
