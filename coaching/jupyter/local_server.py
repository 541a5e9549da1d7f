"""The server of ``coaching lab``: at a name of its own, for its own pages and for whoever has the token.

Browsers share the cookies of 127.0.0.1 among all ports, and let the pages of one port ask things of another. So the
server has a name under ``.localhost`` that nobody else knows, which browsers take for this computer, and its cookie is
sent to that name alone.
"""

import hashlib
import hmac
import re
import socket
import sys
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.serverapp import ServerApp
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, Rule
from tornado.web import RequestHandler
from traitlets import Bool, Dict, Unicode

from coaching.i18n import say, to_say

_TOKEN = re.compile(r"(?:token|bearer)\s+(.+)", re.IGNORECASE)
_REFUSED = to_say("This is for the server's own pages alone. Open the address that 'coaching lab' has shown.")


def may_be_named() -> bool:
    """Tell whether every browser here finds a name under ``.localhost``: Safari asks the system, which may not know."""
    if sys.platform != "darwin":  # noqa: TID251 - a matter of its browser
        return True
    try:
        return bool(socket.getaddrinfo("coaching.localhost", None))
    except OSError:
        return False


class LocalServer(ServerApp):
    """Jupyter Server that answers no page but its own."""

    is_named = Bool(default_value=True, config=True, help="Whether it has a name of its own.")
    extensions = Dict(config=True, help="Which server extensions are on or off, unless an option says otherwise.")

    notebook = Unicode(config=True, help="Which notebook is about to be opened: its kernel starts with the server.")

    @property
    def name_of_its_own(self) -> str:
        """The name: nobody can guess it, and it stays the same for a folder, so that an open page finds it again."""
        guess = hmac.new(self.cookie_secret, self.root_dir.encode(), hashlib.sha256)
        return f"coaching-{guess.hexdigest()[:16]}.localhost"

    @property
    def public_url(self) -> str:
        """The address to open."""
        return self._named(super().public_url) if self._has_name else super().public_url

    @property
    def display_url(self) -> str:
        """The address to show: that one alone, as a browser at another would be sent here."""
        return self.public_url if self._has_name else super().display_url

    @property
    def connection_url(self) -> str:
        """The address that the browser is opened at."""
        return self._named(super().connection_url) if self._has_name else super().connection_url

    def start_app(self) -> None:
        """Open the browser, and say where it is open and how it is stopped: two lines in place of Jupyter's own."""
        address = self.display_url
        self.identity_provider.token_generated = False  # which would be told once more, as something critical
        super().start_app()
        where = (
            say("The workbook is open in your browser, at {address}", address=address)
            if self.open_browser
            else say("Open this address in a browser: {address}", address=address)
        )
        stop = say("To stop it, press Ctrl+C here twice. What you have typed is kept.")
        sys.stderr.write(f"{where}\n{stop}\n")
        sys.stderr.flush()

    def server_info(self) -> dict[str, Any]:
        """Return what Jupyter's own commands need; they may not know the name."""
        return super().server_info() | {"url": super().connection_url}

    def find_server_extensions(self) -> None:
        """Switch on and off what is left open by the options, whatever else is installed."""
        self.jpserver_extensions = {**self.extensions, **self.jpserver_extensions}
        super().find_server_extensions()

    def init_configurables(self) -> None:
        """Give the cookie a name of its own too, and let no other page use it."""
        super().init_configurables()
        provider = self.identity_provider
        provider.cookie_name = provider.cookie_name or self.name_of_its_own.partition(".")[0]
        provider.cookie_options = {"samesite": "Strict", **provider.cookie_options}

    def init_webapp(self) -> None:
        """Let what other pages ask for come before everything else, as that is not answered."""
        if self._has_name:
            self.local_hostnames = [*self.local_hostnames, self.name_of_its_own]
        self.tornado_settings = {
            "xsrf_cookie_kwargs": {"path": self.base_url, "samesite": "Strict"},
            "headers": {"Referrer-Policy": "same-origin"},
            # As often as it is asked whether the page is there; more would be refused, with a warning.
            "ws_ping_timeout": 30_000,
            **self.tornado_settings,
        }
        super().init_webapp()
        self.web_app.default_router.rules.insert(0, Rule(_TurnedAway(self), _TurnAway, {"server": self}))

    def start_ioloop(self) -> None:
        """Serve, and start a kernel while the browser still loads JupyterLab, which looks for one that is there."""
        if self.notebook:
            self.io_loop.add_callback(self._start_kernel)
        super().start_ioloop()

    async def _start_kernel(self) -> None:
        name = self.notebook.rpartition("/")[2]
        try:
            await self.session_manager.create_session(path=self.notebook, name=name, type="notebook")
        except Exception as error:  # noqa: BLE001 - the page starts one itself, and says what is wrong
            self.log.warning("No kernel was started before the page asks for one: %s", type(error).__name__)

    def serves(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request is answered: from its own pages, or with the token; a browser at its name alone."""
        if self.has_token(request):
            return self._is_named_by(request) or request.headers.get("Sec-Fetch-Mode") != "navigate"
        return self._is_named_by(request) and _is_of_own_page(request)

    def has_token(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request brings the token with it."""
        token = self.identity_provider.token
        header = _TOKEN.match(request.headers.get("Authorization", ""))
        sent = [header[1].encode()] if header else request.query_arguments.get("token", [])
        return bool(token) and any(hmac.compare_digest(one, token.encode()) for one in sent[-1:])

    @property
    def _has_name(self) -> bool:
        return self.is_named and not self.custom_display_url and not self.sock

    def _is_named_by(self, request: HTTPServerRequest) -> bool:
        return not self._has_name or request.host_name == self.name_of_its_own

    def _named(self, url: str) -> str:
        return urlsplit(url)._replace(netloc=f"{self.name_of_its_own}:{self.port}").geturl()


class _TurnedAway(Matcher):
    """What the server does not serve."""

    def __init__(self, server: LocalServer) -> None:
        self._server = server

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return that the handler needs nothing of the address; or None if the request is served."""
        return None if self._server.serves(request) else {}


class _TurnAway(RequestHandler):
    """Sends a browser that has the token on to the server's name, from wherever it came; refuses the rest."""

    def initialize(self, server: LocalServer) -> None:
        self._server = server

    def check_xsrf_cookie(self) -> None:
        """Let it pass: nothing is done for it."""

    def prepare(self) -> None:
        """Answer, whatever was to be done."""
        request = self.request
        if self._server.has_token(request):
            port = request.host.removeprefix(request.host_name)
            self.redirect(f"{request.protocol}://{self._server.name_of_its_own}{port}{request.uri}")
            return
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(say(_REFUSED))


def _is_of_own_page(request: HTTPServerRequest) -> bool:
    """Tell whether a browser says that one of the server's pages asks, or nobody's; or is none, and says nothing."""
    origin = request.headers.get("Origin")
    is_own = origin is None or urlsplit(origin).netloc == request.host
    return is_own and request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
