"""A client of Marionette, by which Firefox is driven: JSON with its length before it, over a local port."""

import json
import socket
import subprocess
from contextlib import contextmanager
from itertools import count
from time import monotonic, sleep

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_PREFERENCES = {
    "marionette.port": 0,
    "browser.download.folderList": 2,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


class Firefox:
    """One window of a Firefox that can reach no network."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._numbers = count(1)
        self._read()
        self._tell("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": False}}})

    def _read(self):
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        missing, parts = int(length[:-1]), []
        while missing:
            parts.append(self._socket.recv(missing))
            missing -= len(parts[-1])
        return json.loads(b"".join(parts))

    def _tell(self, command, parameters):
        message = json.dumps([0, next(self._numbers), command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, problem, answer = self._read()
        assert problem is None, problem
        return answer.get("value") if isinstance(answer, dict) else answer

    def open(self, file):
        self._tell("WebDriver:Navigate", {"url": file.as_uri()})

    def run(self, script, *arguments):
        return self._tell("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})

    def until(self, script, *arguments, seconds=60):
        """Return what a script returns once that is something."""
        end = monotonic() + seconds
        while not (value := self.run(script, *arguments)):
            assert monotonic() < end, self.run("return document.body.innerText.slice(0, 2000)")
            sleep(0.05)
        return value

    def _element(self, xpath):
        self.until("return document.evaluate(arguments[0], document, null, 9).singleNodeValue !== null", xpath)
        return self._tell("WebDriver:FindElement", {"using": "xpath", "value": xpath})[_ELEMENT]

    def press(self, button):
        self._tell("WebDriver:ElementClick", {"id": self._element(f"//button[normalize-space()='{button}']")})

    def type(self, xpath, words):
        self._tell("WebDriver:ElementSendKeys", {"id": self._element(xpath), "text": words})

    @staticmethod
    def downloaded(folder, seconds=30):
        """Return the one file of the downloads once it is whole."""
        end = monotonic() + seconds
        while not (files := list(folder.glob("*.html"))) or list(folder.glob("*.part")) or not files[0].stat().st_size:
            assert monotonic() < end, "Nothing was downloaded."
            sleep(0.05)
        return files[0]


@contextmanager
def firefox(program, profile):
    """Start a Firefox with a profile of its own, whose downloads go into it, and end it afterwards."""
    profile.mkdir(exist_ok=True)
    preferences = _PREFERENCES | {"browser.download.dir": str(profile / "downloads")}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    place = profile / "MarionetteActivePort"
    place.unlink(missing_ok=True)
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            end = monotonic() + 120
            while not (place.exists() and place.read_text(encoding="ascii")):
                assert monotonic() < end, "Firefox did not start."
                sleep(0.1)
            yield Firefox(int(place.read_text(encoding="ascii")))
        finally:
            running.terminate()
