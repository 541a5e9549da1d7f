"""What is built serves the demo outside of the checkout, with all its parts, and goes away without a trace.

The environment is bare but for what the package depends on, which is lent to it by the one that the tests run in.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.browser.lab import free_port, wait_until

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent
TOKEN = "local-test"  # noqa: S105 - guards a server that lives for one test, on the loopback


def files_in(folder):
    return {
        file.relative_to(folder) for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the sdist, and the wheel from that."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], capture_output=True, check=True)
    assert len(list(folder.glob("*.tar.gz"))) == 1
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def bare(tmp_path):
    """Return an environment with nothing of ours in it."""
    venv.create(tmp_path / "bare", with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "bare")}))
    # What such a file names is no place for further ones: an editable install of the checkout is not followed.
    (packages / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return tmp_path / "bare"


def pip(bare, *arguments):
    program = [sys.executable, "-m", "pip", f"--python={bare / 'bin' / 'python'}", "--disable-pip-version-check"]
    subprocess.run([*program, *arguments], capture_output=True, check=True, cwd=bare.parent)


def test_a_wheel_serves_the_demo_with_all_its_parts_and_goes_without_a_trace(wheel, bare, tmp_path):
    before = files_in(bare)
    pip(bare, "install", "--no-deps", "--no-index", wheel)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "COACHING"))}
    user = tmp_path / "user"
    user.mkdir()
    env = {**kept, "HOME": str(user), "COACHING_PAGE_PASSPHRASE": "four quiet herons wade"}
    env["JUPYTERLAB_DIR"] = str(Path(sysconfig.get_path("data")) / "share" / "jupyter" / "lab")
    coaching = bare / "bin" / "coaching"
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        command = [
            coaching,
            "lab",
            "--demo",
            "--no-browser",
            f"--port={port}",
            "--",
            f"--IdentityProvider.token={TOKEN}",
        ]
        server = subprocess.Popen(command, cwd=user, env=env, stdout=log, stderr=log, start_new_session=True)
    try:

        def page():
            address = f"http://127.0.0.1:{port}/lab?token={TOKEN}"
            try:
                with urllib.request.urlopen(address, timeout=10) as answer:
                    return answer.read().decode()
            except OSError:
                assert server.poll() is None, (tmp_path / "log").read_text()
                return None

        config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', wait_until(page, "no answer"), re.DOTALL)
        extensions = {one["name"]: one for one in json.loads(config[1])["federated_extensions"]}
        assert "coaching-workbook" in extensions
        # The pairs that came in, the address, and how it is stopped: no warning.
        assert len((tmp_path / "log").read_text().splitlines()) == 4
    finally:
        server.terminate()
        server.wait()

    def run(*words):
        return subprocess.run([*words], cwd=user, env=env, capture_output=True, text=True, check=True).stdout

    run(coaching, "plan", "Marisol", "--output", "plan.html", "--language", "de")
    assert "Arbeitsbuch" in (user / "plan.html").read_text(encoding="utf-8")
    run(coaching, "own", "Marisol", "--output", "own.html")
    place = "import coaching, coaching.forms.engine.widget, coaching.jupyter.api; print(coaching.__file__)"
    assert str(bare) in run(bare / "bin" / "python", "-c", place)

    pip(bare, "uninstall", "--yes", "coaching-workbook")
    assert files_in(bare) - before == set()
