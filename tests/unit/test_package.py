"""What whoever installs the package gets of it: its version, its types, and help on the three calls of a notebook."""

import importlib.metadata
import pydoc
import subprocess
import sys
from importlib.resources import files

import coaching


def test_it_has_the_version_that_was_installed():
    assert coaching.__version__ == importlib.metadata.version("coaching-workbook")


def test_type_checkers_may_believe_its_types():
    assert files("coaching").joinpath("py.typed").is_file()


def test_help_shows_what_a_notebook_calls():
    told = pydoc.plain(pydoc.render_doc(coaching))
    for name in ("session", "review", "open_workbook"):
        first_line, *_ = getattr(coaching, name).__doc__.splitlines()
        assert f"    {name}(" in told
        assert first_line in told


def test_importing_it_brings_in_none_of_its_rooms():
    asked = "import sys, coaching; print(*sorted(name for name in sys.modules if name.startswith('coaching')))"
    brought = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert brought == ["coaching"]
