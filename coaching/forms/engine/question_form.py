"""Forms that only ask, and keep nothing: what is said there is acted on, once, and belongs to what was shown."""

import json
import threading
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict, cast

from coaching.forms.engine.blocks import Block, prose
from coaching.forms.engine.guard import Door
from coaching.forms.engine.messages import SEARCHES, DayTerms, FormMessage, Heard, KernelMessage, WordsMessage
from coaching.forms.engine.reason import not_shown
from coaching.forms.engine.widget import FormWidget


class Asked(NamedTuple):
    """What somebody has said in a form: the fields that changed, the button, and passphrases that came with it."""

    changed: Mapping[str, str]
    pressed: str | None
    secrets: Mapping[str, str]


class Questions(TypedDict):
    """A form as it stands."""

    key: str
    title: str
    heading: str | None
    lead: str
    blocks: Sequence[Block]
    values: Mapping[str, str]
    days: NotRequired[DayTerms]
    searches: NotRequired[Literal["alone", "both"]]


class AskingForm:
    """A form of which nothing is kept.

    Parameters
    ----------
    form
        Returns the form as it stands: key, title, heading, lead, blocks and values. Another key is another form: what
        was said in the one before is not taken for an answer to this one.
    answer
        Acts on what was said.
    door
        The lock of the form; without it there is none.
    search
        Answers those who look for words; without it nobody can.
    """

    def __init__(
        self,
        form: Callable[[], Questions],
        answer: Callable[[Asked], None],
        door: Door | None = None,
        search: Callable[[Mapping[str, Any]], KernelMessage | None] = lambda _: None,
    ) -> None:
        self._form, self._answer, self._search = form, answer, search
        self._lock = threading.RLock()
        self._heard = Heard()
        self._key = ""
        self.widget = FormWidget(self._on_message, door)

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<a form that asks>"

    def show(self) -> None:
        """Show the form anew."""
        with self._lock:
            form = self._form()
            self._key = form["key"]
            message: FormMessage = {
                "type": "form",
                "view": None,
                "key": form["key"],
                "title": form["title"],
                "heading": form["heading"],
                "lead": form["lead"],
                "blocks": form["blocks"],
                "values": form["values"],
                "gate": None,
                "kept": None,
            }
            if "days" in form:
                message["days"] = form["days"]
            if "searches" in form:
                message["searches"] = form["searches"]
            self.widget.send(message)

    def tell(self, text: str) -> None:
        """Show the form anew, and say what was done."""
        self.show()
        self.widget.send({"type": "said", "text": text})

    def refuse(self, field: str, problem: str, text: str) -> None:
        """Say at a field what is wrong, and that nothing was done; the form stays as it stands."""
        self.widget.send({"type": "problems", "fields": {field: problem}, "text": text})

    def _on_message(self, message: Mapping[str, Any]) -> None:
        if message.get("type") in SEARCHES:
            if found := self._search(message):
                self.widget.send(found)
            return
        with self._lock:
            if message.get("type") != "words" or message["key"] != self._key:
                self.show()
                return
            words = cast("WordsMessage", message)
            # Before it is acted on, which may take long: the page need not repeat it.
            self.widget.send({"type": "kept", "view": words["view"], "touched": words["touched"], "at": ""})
            changed, pressed = self._heard.changed(words), self._heard.pressed(words)
            self._answer(Asked(changed, pressed, words.get("secrets") or {}))


class Answers:
    """What is said of each workbook in a form that keeps nothing: what is said of one does not come into another's.

    Parameters
    ----------
    begun
        Returns what stands there to begin with.
    """

    def __init__(self, begun: Callable[[], dict[str, str]]) -> None:
        self._begun = begun
        self._said: dict[str, dict[str, str]] = {}
        self._sealed: dict[str, bytes] = {}

    def of(self, workbook: str) -> dict[str, str]:
        """Return what is said of one; it stands there again when somebody returns to it."""
        return self._said.setdefault(workbook, self._begun())

    def begin_again(self, workbook: str) -> None:
        """Drop what is said of one."""
        self._said[workbook] = self._begun()

    def put_away(self, seal: Callable[[str, str], bytes | None], plain: Container[str]) -> None:
        """Encrypt what is said of workbooks, or drop it if the key is gone; of plain ones there is nothing to hide."""
        for workbook in [workbook for workbook in self._said if workbook not in plain]:
            said = self._said.pop(workbook)
            if sealed := seal(workbook, json.dumps(said)):
                self._sealed[workbook] = sealed

    def take_back(self, unseal: Callable[[str, bytes], str | None]) -> None:
        """Take back what is said of workbooks that are open again."""
        for workbook, sealed in list(self._sealed.items()):
            words = unseal(workbook, sealed)
            if words is not None:
                self._said[workbook] = json.loads(words)
                del self._sealed[workbook]


def blocks_or_why(blocks: Callable[[], list[Block]]) -> list[Block]:
    """Return the blocks of a form, or why they cannot be shown: of the one before nothing may be left on the screen."""
    try:
        return blocks()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the person who waits must see it
        return [prose(not_shown(error))]
