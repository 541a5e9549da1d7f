"""conda users get what pip users get."""

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent


def test_environment_and_pyproject_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {*project["dependencies"], *project["optional-dependencies"]["test"], f"python{project['requires-python']}"}
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    by_pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    given = {entry for entry in (*conda, *by_pip) if isinstance(entry, str)}
    assert given - {"pip", "-e ."} == asked
    assert "-e ." in by_pip
