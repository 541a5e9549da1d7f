"""JupyterLab as it is started on the program's own notebooks."""

import json
import os
import sys
import tomllib
from pathlib import Path

import pytest
from jupyterlab.labapp import LabApp
from jupyterlab_server.config import get_federated_extensions

import coaching
from coaching.errors import CoachingError
from coaching.jupyter.lab import open_lab
from coaching.workbook.credentials import forget, take, take_over
from coaching.workbook.home import Home


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def launched(monkeypatch):
    """Return the arguments that JupyterLab is started with, instead of starting it."""
    monkeypatch.setenv("COACHING_HOME", "elsewhere")
    monkeypatch.setenv("JUPYTER_PATH", "theirs")
    arguments = []
    monkeypatch.setattr(LabApp, "launch_instance", arguments.extend)
    return arguments


def test_jupyterlab_opens_the_session_on_this_computer_alone(home, launched):
    open_lab(home, browser=True, port=8890)
    assert f"--ServerApp.root_dir={home.folder / 'notebooks'}" in launched
    assert {"--ServerApp.ip=127.0.0.1", "--ServerApp.port=8890"} <= set(launched)
    assert "--LabApp.news_url=" in launched
    assert "--no-browser" not in launched
    assert os.environ["COACHING_HOME"] == str(home.folder)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({}, "/doc/tree/session.ipynb"),
        ({"review": True}, "/doc/tree/quarterly_review.ipynb"),
        ({"full": True}, "/lab/tree/session.ipynb"),
        ({"full": True, "review": True}, "/lab/tree/quarterly_review.ipynb"),
        ({"app": True}, "/voila/render/session.ipynb"),
        ({"app": True, "review": True}, "/voila/render/quarterly_review.ipynb"),
    ],
)
def test_it_opens_what_is_asked_for(home, launched, asked, address):
    open_lab(home, browser=True, port=8890, **asked)
    assert f"--LabApp.default_url={address}" in launched


@pytest.mark.parametrize(
    ("asked", "notebook"),
    [({}, ["session.ipynb"]), ({"review": True, "full": True}, ["quarterly_review.ipynb"]), ({"app": True}, [])],
)
def test_the_kernel_of_what_is_opened_starts_with_the_server_and_voila_starts_its_own(home, launched, asked, notebook):
    open_lab(home, browser=True, port=8890, **asked)
    option = "--LocalServer.notebook="
    assert [one.removeprefix(option) for one in launched if one.startswith(option)] == notebook


def test_the_extension_of_jupyterlab_is_the_one_that_came_with_the_program(home, launched):
    open_lab(home, browser=True, port=8890)
    (folder,) = [one.partition("=")[2] for one in launched if one.startswith("--LabApp.extra_labextensions_path=")]
    (found,) = get_federated_extensions([folder]).values()
    assert found["name"] == "coaching-workbook"
    assert found["version"] == coaching.__version__
    assert (Path(found["ext_path"]) / found["jupyterlab"]["_build"]["load"]).is_file()


@pytest.mark.parametrize(
    ("more", "ours"),
    [
        (["--ServerApp.port=9000"], "--ServerApp.port="),
        (["--port=9000"], "--ServerApp.port="),
        (["--port", "9000"], "--ServerApp.port="),
        (["--ip=::1"], "--ServerApp.ip="),
        (["--ServerApp.ip=0.0.0.0"], "--ServerApp.ip="),
        (["--no-browser"], "--no-browser"),
        (["--notebook-dir=elsewhere"], "--ServerApp.root_dir="),
        (["--LabApp.default_url=/lab"], "--LabApp.default_url="),
        (["--LabApp.app_settings_dir=theirs"], "--LabApp.app_settings_dir="),
    ],
)
def test_an_option_of_ones_own_takes_the_place_of_the_programs(home, launched, more, ours):
    open_lab(home, browser=False, port=8888)
    assert any(argument.startswith(ours) for argument in launched)
    launched.clear()
    open_lab(home, browser=False, port=8888, more=more)
    assert launched[-len(more) :] == more
    assert not any(argument.startswith(ours) for argument in launched[: -len(more)])


@pytest.mark.parametrize(("more", "named"), [([], True), (["--ip=::1"], False), (["--port=9000"], True)])
def test_it_has_a_name_of_its_own_unless_an_address_is_asked_for(home, launched, more, named):
    open_lab(home, browser=False, port=8888, more=more)
    assert f"--LocalServer.is_named={named}" in launched


@pytest.fixture
def settings(launched, monkeypatch, tmp_path):
    """Return what JupyterLab's settings are while it runs, by their place, with these installed for everybody."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "in memory"))
    seen = {}

    def launch(arguments):
        (folder,) = [Path(one.partition("=")[2]) for one in arguments if one.startswith("--LabApp.app_settings_dir=")]
        assert folder.is_relative_to(tmp_path / "in memory")
        assert folder.parents[1].stat().st_mode & 0o777 == 0o700
        files = [file for file in folder.parent.rglob("*") if file.is_file()]
        seen.update({str(file.relative_to(folder.parent)): json.loads(file.read_text()) for file in files})

    monkeypatch.setattr(LabApp, "launch_instance", launch)

    def run(home, **installed):
        app = tmp_path / "app"
        for name, said in installed.items():
            file = app / name.replace("__", "/").replace("_json", ".json").replace("overrides_d", "overrides.d")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(said))
        open_lab(home, browser=False, port=8888, more=[f"--app-dir={app}"])
        return seen

    return run


def test_the_settings_of_the_session_come_with_the_lab_and_go_with_it(home, settings, tmp_path):
    seen = settings(home)
    ours = seen["settings/overrides.d/coaching.json"]
    assert ours["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": False}
    assert ours["@jupyterlab/notebook-extension:tracker"]["kernelShutdown"] is True
    assert list((tmp_path / "in memory").iterdir()) == []


def test_what_is_installed_for_everybody_stays_in_force(home, settings):
    page, theirs, built = {"disabledExtensions": {"x": True}}, {"y:plugin": {"z": 1}}, {"jupyterlab": {}}
    seen = settings(
        home,
        settings__page_config_json=page,
        settings__overrides_json=theirs,
        settings__overrides_d__other_json=theirs,
        static__package_json=built,
    )
    del seen["settings/overrides.d/coaching.json"]
    assert seen == {
        "settings/page_config.json": page,
        "settings/overrides.json": theirs,
        "settings/overrides.d/other.json": theirs,
        "static/package.json": built,
    }


def test_what_a_lab_left_that_was_killed_goes(home, settings, tmp_path):
    killed, running = (tmp_path / "in memory" / f"coaching-{process}-x" for process in (2**22 + 1, os.getpid()))
    for folder in (killed, running):
        folder.mkdir(parents=True)
        (folder / "passphrase").touch()
    settings(home)
    assert not killed.exists()
    assert (running / "passphrase").exists()


def test_nothing_of_jupyterlabs_settings_is_installed_with_the_program(pytestconfig):
    project = tomllib.loads((pytestconfig.rootpath / "pyproject.toml").read_text())
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"].values()) == {
        "etc/jupyter/jupyter_server_config.d/coaching.json",
        "share/jupyter/labextensions/coaching-workbook",
    }
    assert [file.name for file in (pytestconfig.rootpath / "etc").iterdir()] == ["jupyter_server_config.json"]


def test_the_passphrase_is_left_to_the_kernels_and_is_not_in_their_environment(home, launched, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("COACHING_PASSPHRASE", "correct horse battery")
    left = []
    monkeypatch.setattr(LabApp, "launch_instance", lambda _: left.append(take_over()))
    take()
    try:
        open_lab(home, browser=False, port=8888)
    finally:
        forget()
    assert left == ["correct horse battery"]


@pytest.mark.parametrize(("account", "allowed"), [(0, True), (1000, False)])
def test_only_the_superuser_needs_leave_to_start_it(monkeypatch, home, launched, account, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: account)
    open_lab(home, browser=False, port=8888)
    assert ("--allow-root" in launched) is allowed


def test_the_app_is_the_session_by_voila_on_the_same_guarded_server(home, launched):
    open_lab(home, browser=True, port=8890, app=True)
    assert "--ServerApp.ip=127.0.0.1" in launched
    assert not any("token" in argument or "password" in argument for argument in launched)


def test_kernels_that_no_page_ended_end_by_themselves_in_the_app_alone(home, launched):
    ending = {"--MappingKernelManager.cull_idle_timeout=60", "--MappingKernelManager.cull_connected=False"}
    open_lab(home, browser=True, port=8890)
    assert not any("cull" in argument for argument in launched)
    open_lab(home, browser=True, port=8890, app=True)
    assert ending <= set(launched)


def test_voila_is_there_for_the_app_alone_whatever_is_installed(home, launched):
    open_lab(home, browser=True, port=8890)
    assert "--LocalServer.extensions={'coaching.jupyter.server': True, 'voila.server_extension': False}" in launched
    assert not any("Voila" in argument for argument in launched)
    assert os.environ["JUPYTER_PATH"] == "theirs"


def test_voila_shows_notebooks_by_the_programs_own_template_alone(home, launched):
    open_lab(home, browser=True, port=8890, app=True)
    assert {
        "--VoilaConfiguration.template=coaching",
        "--VoilaConfiguration.allow_template_override=NO",
        "--VoilaConfiguration.file_denylist=.*",
    } <= set(launched)
    ours, theirs = os.environ["JUPYTER_PATH"].split(os.pathsep)
    assert (Path(ours) / "voila/templates/coaching/index.html.j2").is_file()
    assert theirs == "theirs"


@pytest.fixture
def without_voila(monkeypatch):
    monkeypatch.setitem(sys.modules, "voila", None)


@pytest.mark.usefixtures("without_voila")
def test_without_voila_the_app_says_what_to_install_and_changes_nothing(home, launched):
    said = r"^The app needs Voilà, which is not installed: pip install voila$"
    with pytest.raises(CoachingError, match=said):
        open_lab(home, browser=True, port=8890, app=True)
    assert launched == []
    assert not home.folder.exists()


@pytest.mark.usefixtures("without_voila")
def test_without_voila_jupyterlab_opens_as_ever(home, launched):
    open_lab(home, browser=True, port=8890)
    assert "--LabApp.default_url=/doc/tree/session.ipynb" in launched
    assert not any("Voila" in argument for argument in launched)
    assert os.environ["JUPYTER_PATH"] == "theirs"
