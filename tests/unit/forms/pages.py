"""A kernel's forms, and who speaks with them: what travels between the two travels as it does in the lab.

`View` sends what a test types, and takes down what the kernel tells. It holds nothing, and sends nothing again: what a
page does so that no word is lost is tested where it is done, in JavaScript.
"""

import itertools
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from comm.base_comm import BaseComm
from jupyter_client.session import json_packer

from coaching.forms.session.desk import Desk
from coaching.forms.session.session import SessionForms
from coaching.model.entries import Note, Session
from coaching.model.frames import current
from coaching.model.ids import derived_id
from coaching.model.schema import from_table
from coaching.workbook.home import Home
from tests.unit.forms.words import told

FORMS = ("beginning", "preparation", "opening", "yourself", "dreams", "who_what_when", "closing")
MONDAY = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
_views = itertools.count(1)


class Clock:
    """A clock that a test can set; it goes on by a millisecond each time somebody looks."""

    def __init__(self, now=MONDAY):
        self.now = now

    def __call__(self):
        self.forward(milliseconds=1)
        return self.now

    def forward(self, **time):
        self.now += timedelta(**time)


class Wire(BaseComm):
    """The kernel's end of a comm; it holds every message as the bytes that would go out, read again."""

    def __init__(self, *arguments, **options):
        self.sent, self.buffers = [], []
        super().__init__(*arguments, **options)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):  # noqa: ARG002 - its signature
        self.buffers += [list(buffers)] if buffers else []
        self.sent.append(json.loads(json_packer({"msg_type": msg_type, **(data or {})})))

    def receive(self, message):
        """Let a message reach the kernel, and return what it sends through this comm meanwhile."""
        before = len(self.sent)
        received = json.loads(json.dumps({"method": "custom", "content": message}))
        self.handle_msg({"content": {"comm_id": self.comm_id, "data": received}, "buffers": []})
        return [sent["content"] for sent in self.sent[before:] if sent.get("method") == "custom"]


class Page:
    """A page: its name and its views."""

    def __init__(self, name=None):
        self.name = name
        self.views = []


def new_row(number=1):
    """Return a key for a row that is added in the browser."""
    return derived_id(MONDAY.date(), "a row", str(number))


class View:
    """One view of one form in a page."""

    def __init__(self, widget, page):
        self.page = page
        self.wire = widget.comm
        self.read = len(self.wire.sent)
        self.name = f"view {next(_views)}"
        self.sequence = 0
        self.key, self.form, self.gate = None, None, None
        self.values, self.unacknowledged = {}, {}
        self.refusals, self.problems, self.told, self.downloads = [], {}, None, []
        self.cover, self.wrong = None, None
        self.found, self.past = None, None
        page.views.append(self)
        self.deliver({"type": "hello", "view": self.name})

    def field(self, name):
        """Return the block of a field, wherever it stands in the form."""
        return next(block for block in self.blocks() if block.get("name") == name)

    def blocks(self):
        """Return all blocks, those inside others too."""
        found = list(self.form["blocks"])
        for block in found:
            found.extend(block.get("blocks", ()))
        return found

    def type(self, values=(), act=None, secrets=(), **fields):
        """Type into fields, press a button if one is named, and return what the kernel answers."""
        return self.deliver(self.message({**dict(values), **fields}, act, secrets))

    def message(self, values=(), act=None, secrets=()):
        """Type into fields, and return the message that would be sent, undelivered."""
        values = dict(values)
        touched = dict(zip(values, itertools.count(self.sequence + 1), strict=False))
        self.sequence += len(touched) + bool(act)
        self.values |= values
        self.unacknowledged |= touched
        return {
            "type": "words",
            "view": self.name,
            "key": self.key,
            "values": values,
            "touched": touched,
            "act": act,
            "pressed": self.sequence if act else None,
            "secrets": dict(secrets),
        }

    def search(self, words="", *, private=False, everywhere=False, **where):
        """Look for words, and return what is found, line by line: session, about what, and sentences with marks."""
        asked = {"type": "search", "view": self.name, "number": next(_views), "words": words, "where": where}
        self.deliver({**asked, "private": private, "everywhere": everywhere})
        return [
            (session["title"], hit["about"], *map(_marked, hit["sentences"]))
            for session in self.found["sessions"]
            for hit in session["hits"]
        ]

    def look_back(self, *, private=False):
        """Open the first of what was found, and return what is told of it."""
        hit = self.found["sessions"][0]["hits"][0]
        asked = {"type": "look_back", "view": self.name, "number": next(_views), "private": private}
        self.deliver({**asked, "workbook": hit["workbook"], "entry": hit["entry"]})
        return [(version["about"], *version["words"]) for version in self.past["versions"]]

    def deliver(self, message):
        """Let a message reach the kernel, and return what it sends meanwhile through this form."""
        answers = self.wire.receive({**message, "page": self.page.name} if self.page.name else message)
        for view in self.page.views:
            view.catch_up()
        return answers

    def catch_up(self):
        """Take over everything that the kernel has sent."""
        while self.read < len(self.wire.sent):
            sent = self.wire.sent[self.read]
            self.read += 1
            if sent.get("method") == "custom":
                getattr(self, f"_take_{sent['content']['type']}")(sent["content"])

    def _take_form(self, message):
        if message["view"] not in {None, self.name}:
            return
        self.form, self.key, self.gate = message, message["key"], message["gate"]
        self.values = dict(message["values"])

    def _take_kept(self, message):
        if message["view"] == self.name:
            for name, sequence in message["touched"].items():
                if self.unacknowledged.get(name) == sequence:
                    del self.unacknowledged[name]

    def _take_refused(self, message):
        if message["view"] in {None, self.name}:
            self.refusals.append(message["reason"])

    def _take_locking(self, message):
        self.cover, self.form, self.values = message, None, {}

    _take_locked = _take_locking

    def _take_wrong(self, message):
        self.wrong = message["text"]

    def _take_unlocked(self, _message):
        if self.cover:
            self.cover = self.wrong = None
            self.deliver({"type": "hello", "view": self.name})

    def _take_found(self, message):
        if message["view"] == self.name:
            self.found = message

    def _take_past(self, message):
        if message["view"] == self.name:
            self.past = message

    def _take_changed(self, message):
        if message["view"] != self.name and message["key"] == self.key:
            self.values |= message["values"]

    def _take_gate(self, message):
        self.gate = message["why"]

    def _take_problems(self, message):
        self.problems, self.told = message["fields"], message["text"]

    def _take_download(self, message):
        """Take a file as the browser does: its bytes come beside the message."""
        self.downloads.append((message["name"], b"".join(self.wire.buffers.pop(0))))

    def _take_said(self, message):
        self.told = message["text"]


def _marked(pieces):
    return "".join(f"[{text}]" if is_match else text for text, is_match in pieces)


class Kernel:
    """One kernel that has run the session notebook, and the page that shows it."""

    def __init__(self, home, name=None, desk=Desk, guard=None, page=None):
        self.desk = desk(Home(home.folder, home.clock) if guard is None else home, name)
        self.forms = SessionForms(self.desk, guard)
        self.page = Page(page)

    def view(self, name):
        """Return a new view of a form."""
        return View(getattr(self.forms, name)(), self.page)


def entries(home, *, name=None):
    """Return the current entries that are on disk, drafts included, by id; read as a new program would."""
    again = Home(home.folder, home.clock)
    workbook = again.find(name) if name else again.workbooks()[0]
    return {entry.id: entry for entry in from_table(current(workbook._ledger.store.read().history))}


def said(home, model, *, name=None, **fields):
    """Return the current entries of one model whose fields have these values."""
    found = (entry for entry in entries(home, name=name).values() if isinstance(entry, model))
    return [entry for entry in found if all(getattr(entry, field) == value for field, value in fields.items())]


def changes(home, before):
    """Return what changed on disk since `before`: by id, the fields and what they were and are."""
    now = entries(home)
    return {
        identity: {field: (old.get(field), new.get(field)) for field in old | new if old.get(field) != new.get(field)}
        for identity in before | now
        if (old := _content(before.get(identity))) != (new := _content(now.get(identity)))
    }


def _content(entry):
    return entry.content() if entry else {}


def notes(home):
    """Return the notes that are not of the demo year's sessions."""
    older = {session.id for session in said(home, Session) if session.number <= 12}
    return [note for note in said(home, Note) if note.session not in older]


def texts(home):
    """Return the words of those notes."""
    return {note.text for note in notes(home)}


def drafts(home):
    """Return the files of drafts."""
    return list(home.folder.glob("*/drafts/*.parquet"))


def shown_again(home, view, form, values):
    """Type values, and return what the same form shows to the next who sits down."""
    view.type(values)
    assert (view.unacknowledged, view.refusals) == ({}, [])
    return told(form.values(Desk(Home(home.folder, home.clock)).open_session()))


def demo_home(folder: Path, clock=None):
    """Return a home folder with the demo year."""
    home = Home(folder, clock or Clock())
    home.demo()
    return home


def copied(home, folder: Path):
    """Return a copy of a home folder."""
    shutil.copytree(home.folder, folder)
    return Home(folder, Clock(home.clock.now))
