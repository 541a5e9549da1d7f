"""A real JupyterLab, opened by the real command, and a real Chromium in front of it."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import expect

from coaching import jupyter
from coaching.workbook.home import Home

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = "local-test"  # noqa: S105 - guards a server that lives for one test, on the loopback
PATIENCE = 60
SECOND, MINUTE = 1_000, 60_000
THEMES = ("JupyterLab Light", "JupyterLab Dark")
SEGMENTS = ("Opening", "Talk about yourself", "Talk about your dreams", "Who does what by when", "Closing")
#: What the map of a session calls its parts.
STEPS = {
    "With whom, and when": re.compile("·|With whom"),
    "Preparation": "Prepare",
    **dict(zip(SEGMENTS, ("Arrive", "Yourself", "Dreams", "Who, what, when", "Close"), strict=True)),
}


def wait_until(holds, what, patience=PATIENCE):
    """Return what `holds()` gives as soon as it is true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise TimeoutError(what)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """``coaching lab`` in a folder of its own; everything it could write lies below that folder."""

    #: What stands before the options of JupyterLab itself.
    _then = ("--",)

    def __init__(self, folder: Path, home: Path, *options: str, more=(), port=None, **given: str):
        self.folder, self.home, self.port = folder, home, port or free_port()
        self.user = folder / "user"
        self.user.mkdir(parents=True, exist_ok=True)
        self.log = folder / "server.log"
        self._base = "".join(one.partition("=")[2] for one in more if "base_url" in one) or "/"
        self._host = "[::1]" if "--ip=::1" in more else "127.0.0.1"
        self._as_it_was = folder / f"home as it was at {time.time()}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON", "COACHING"))}
        env = kept | {"HOME": str(self.user), "IPYTHONDIR": str(self.user / "ipython"), "TZ": "UTC"} | given
        command = [sys.executable, "-m", *self._program(), "--no-browser", f"--port={self.port}", *options]
        command += [*self._then, f"--IdentityProvider.token={TOKEN}", "--ServerApp.port_retries=0"]
        command += ["--LabApp.expose_app_in_browser=True", *more]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True
            )
        try:
            wait_until(self._answers, "JupyterLab does not answer")
            shutil.copytree(home, self._as_it_was)
        except BaseException as error:
            self.stop()
            error.add_note(self.log.read_text(errors="replace")[-2000:])
            raise

    def _program(self):
        return ["coaching", "lab", f"--home={self.home}"]

    @property
    def address(self):
        """The address that it shows; a browser knows its name, Python may not."""
        return re.search(rf"http://[^/\s]+:{self.port}", self.log.read_text())[0]

    @property
    def plain_address(self):
        return f"http://{self._host}:{self.port}"

    def api(self, path, method="GET", data=None):
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"{self.plain_address}{self._base}api/{path}", method=method, data=body)  # noqa: S310
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            found = answer.read()
        return json.loads(found) if found else None

    def kernel(self, notebook="session.ipynb"):
        """Return the kernel of a notebook once it is idle and a page is connected to it."""

        def ready():
            for session in self.api("sessions"):
                kernel = session["kernel"]
                if session["path"] == notebook and kernel["execution_state"] == "idle" and kernel["connections"]:
                    return kernel
            return None

        return wait_until(ready, "the notebook's kernel did not get ready")

    def kernel_process(self, kernel):
        """Return the process id of a kernel."""
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"kernel-{kernel['id']}.json" in (folder / "cmdline").read_text():
                    return int(folder.name)
        raise LookupError("no process of this kernel")

    def wait_until_at_rest(self, kernel):
        """Wait until a kernel has used no time of the processor for longer than it waits before it brings things in."""
        stat = Path(f"/proc/{self.kernel_process(kernel)}/stat")
        spent, since = None, time.monotonic()

        def rests():
            nonlocal spent, since
            now = stat.read_text().rpartition(")")[2].split()[11:13]
            if now != spent:
                spent, since = now, time.monotonic()
            return time.monotonic() - since > 1.6

        wait_until(rests, "the kernel does not come to rest")

    def kill_kernel(self, kernel):
        os.kill(self.kernel_process(kernel), signal.SIGKILL)

    @contextlib.contextmanager
    def stopped(self, kernel):
        """Let a kernel do nothing at all for a while, as if it were busy beyond measure."""
        process = self.kernel_process(kernel)
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)

    def begin_again(self):
        """End every kernel, and put home folder and settings back to what they were."""
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", "DELETE")
        shutil.rmtree(self.user / ".jupyter", ignore_errors=True)
        shutil.rmtree(self.home)
        shutil.copytree(self._as_it_was, self.home)

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError("JupyterLab did not start")
        with contextlib.suppress(OSError):
            return self.api("status")
        return None


class PlainLab(Lab):
    """``jupyter lab`` of the same environment on a folder of notebooks, as anybody may start it."""

    _then = ()

    def __init__(self, folder: Path, home: Path, *options: str, more=(), **given: str):
        # Where the extension of JupyterLab is installed is a matter of the environment; here it is that of this code.
        super().__init__(folder, home, *options, more=more, JUPYTER_PATH=str(Path(jupyter.__file__).parent), **given)

    def _program(self):
        return ["jupyterlab", f"--ServerApp.root_dir={self.home}", "--allow-root"]


def switch_off_extension(folder):
    """Let JupyterLab do without the program's extension in a lab that is going to run in a folder."""
    config = folder / "user/.jupyter/labconfig"
    config.mkdir(parents=True)
    (config / "page_config.json").write_text(json.dumps({"disabledExtensions": {"coaching-workbook": True}}))


@contextlib.contextmanager
def running(folder, *options, home=None, more=(), **given):
    """Give a lab on a home folder, or on the demo year in a home of its own, and stop it in the end.

    `more` are options of JupyterLab, and `given` what is in the environment.
    """
    if home is None:
        home = Home(folder / "home")
        home.demo()
    started = Lab(folder, home.folder, *options, more=more, **given)
    try:
        yield started
    finally:
        started.stop()


def wear(page, theme):
    """Dress JupyterLab in one of `THEMES`."""
    page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", theme)


#: JupyterLab takes a page that is not connected yet for one without a kernel, and a Run All would start another one.
CONNECTED = """() => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === 'connected' && kernel.status === 'idle'; }"""


def open_notebook(page, lab, notebook="session.ipynb"):
    """Open a notebook, with JupyterLab round it, and wait until its kernel would hear a Run All of this page."""
    page.goto(f"{lab.address}/lab/tree/{notebook}?token={TOKEN}&reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    page.wait_for_function(CONNECTED)
    return lab.kernel(notebook)


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('[data-command="runmenu:run-all"]').click()


def run_in_kernel(page, code):
    """Run code in the notebook's kernel, beside the forms, and do not wait for it."""
    page.evaluate(
        """(code) => {
            const app = window.jupyterapp ?? window.jupyterlab;
            app.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code });
        }""",
        code,
    )


def save(page, lab, notebook):
    """Save the open notebook, and wait until the file was written."""
    before = lab.api(f"contents/{notebook}?content=0")["last_modified"]
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    wait_until(
        lambda: lab.api(f"contents/{notebook}?content=0")["last_modified"] != before, "the notebook was not saved"
    )


def form(page, title):
    """Return the form of one part, which may not be the one that is open."""
    return page.get_by_role("group", name=title, exact=True, include_hidden=True).first


def step(page, title):
    """Return what turns to a part on the map."""
    return page.locator(".coaching-map").get_by_role("button", name=STEPS[title])


def part(page, title):
    """Turn to a part of the session, if it is not open, and return its form."""
    turned_to = form(page, title)
    expect(turned_to).to_be_attached(timeout=MINUTE)
    if title in STEPS and "coaching-away" in turned_to.get_attribute("class"):
        step(page, title).click()
        expect(turned_to).not_to_have_class(re.compile("coaching-away"))
    return turned_to


def story(page, label, side="Your side"):
    """Return a field of what somebody tells about themselves, and begin it if it is not begun."""
    told = part(page, SEGMENTS[1]).get_by_role("region", name=side)
    field = told.get_by_label(label, exact=True)
    expect(field).to_be_attached()
    if told.get_by_role("button", name=label, exact=True).is_visible():
        told.get_by_role("button", name=label, exact=True).click()
    return field


def note_to_self(page):
    """Return the field of the closing that is for whoever writes alone, and unfold it."""
    closing = part(page, SEGMENTS[-1])
    field = closing.get_by_label("A note to yourself")
    expect(field).to_be_attached()
    if not field.is_visible():
        closing.get_by_text("For you alone", exact=True).click()
    return field


def open_session(page, lab):
    """Open the session notebook, which runs by itself, and wait for all five forms."""
    kernel = open_notebook(page, lab)
    for title in SEGMENTS:
        expect(form(page, title)).to_be_attached()
    return kernel


def open_form(page, lab, notebook, title, button):
    """Open a notebook, and return its form of this title once its button is there."""
    open_notebook(page, lab, notebook)
    found = form(page, title)
    expect(found.get_by_role("button", name=button)).to_be_visible()
    return found


#: What can be pressed or typed in, in the part that is open, and is in the window; a group of radio buttons is one.
IN_SIGHT = """() => {
    const isSeen = (box) => box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    const controls = [...document.querySelectorAll('.coaching-form :is(input, select, textarea, button, summary)')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.coaching-seen'))
        .filter((one) => isSeen((one.labels?.[0] ?? one).getBoundingClientRect()))
        .filter((one) => one.tabIndex !== -1 || one.type === 'radio');
    const label = (one) => one.ariaLabel || one.labels?.[0]?.innerText || one.innerText;
    const name = (one) => one.type === 'radio' ? one.name : label(one);
    return controls.map(name).filter((one, at, all) => controls[at].type !== 'radio' || all.indexOf(one) === at); }"""
#: So many are in sight at most, beside the map and the signs that say who may read a field.
MOST_IN_SIGHT = 9


def expect_few_in_sight(page):
    """Ask that no more stands in the window, at the size of a laptop, than somebody can look at while they talk."""
    page.set_viewport_size({"width": 1280, "height": 800})
    in_sight = page.evaluate(IN_SIGHT)
    assert 0 < len(in_sight) <= MOST_IN_SIGHT, in_sight


def distance_from_top(page, title):
    """Return how far below the notebook's upper edge a form begins, in pixels."""
    return form(page, title).evaluate(
        "e => e.getBoundingClientRect().top - e.closest('.jp-WindowedPanel-outer').getBoundingClientRect().top"
    )


def stop_clock(page):
    """Let a page's clock, which the test has installed, stand still."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)


def expect_kept(page, title):
    """Wait until a form says that everything in it is on disk."""
    expect(form(page, title)).to_have_attribute("data-state", "kept")
