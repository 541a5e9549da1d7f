"""The views of a review: one choice of person and period on top, and pieces that are drawn again when it changes.

What is folded is drawn when somebody opens it: whoever opens a review reads its first screen, and waits for no figure.
"""

import threading
from collections.abc import Callable, Container, Mapping, Sequence
from html import escape
from typing import Any

from coaching.errors import WrongKeyError
from coaching.forms.engine.blocks import pick
from coaching.forms.engine.guard import Door
from coaching.forms.engine.messages import KernelMessage
from coaching.forms.engine.question_form import Asked, AskingForm, Questions
from coaching.forms.engine.reason import not_shown
from coaching.forms.engine.widget import FormWidget, ViewWidget
from coaching.forms.handout import HandingOut
from coaching.forms.parts.start import NOBODY, OPENING, UNLOCK, locked, unread
from coaching.i18n import say, to_say
from coaching.workbook.copies import Copies

PERSON, PERIOD = "person", "period"
Options = Sequence[tuple[str, str]]
_EMPTY = to_say(
    "There is no workbook yet. Make one in the session notebook; after the first session there is something to see."
)


class ReviewViews:
    """The views of a review.

    Parameters
    ----------
    people
        Returns the workbooks that can be chosen, id and name, the one to begin with first; with none, or with `NOBODY`
        first, the views are empty.
    unopened
        Returns how many workbooks are locked, and what cannot be read or opened, is missing, or was put back, one
        sentence each.
    unlock
        Opens those that a passphrase opens.
    periods
        Returns the periods that can be chosen for a workbook: name and words; the first is the one to begin with. With
        none, the period is no matter.
    draw
        Returns a piece as HTML: of what name, of which workbook, for which period.
    copies
        Shows what a copy would hold, and hands it out.
    search
        Answers, about the workbook that is chosen, who looks for words; without it nobody can.
    turned
        Called when another workbook is turned to, before anything is shown of it.
    follow
        Called when another workbook or period was chosen, so that what else stands on the page follows.
    door
        The lock of the views; without it there is none.
    """

    def __init__(  # noqa: PLR0913 - all that a review needs of what lies below
        self,
        people: Callable[[], Options],
        unopened: Callable[[], tuple[int, Sequence[str]]],
        unlock: Callable[[str], None],
        periods: Callable[[str], Options],
        draw: Callable[[str, str, str], str],
        copies: Copies,
        *,
        search: Callable[[str, Mapping[str, Any]], KernelMessage | None] = lambda *_: None,
        follow: Callable[[], None],
        turned: Callable[[str], None] = lambda _: None,
        door: Door | None = None,
    ) -> None:
        self._find_people, self._unopened, self._unlock = people, unopened, unlock
        self._periods, self._draw, self._follow = periods, draw, follow
        self._lock = threading.RLock()
        self._pieces: dict[str, ViewWidget] = {}
        self._folds: dict[str, tuple[str, str]] = {}
        self._door = door
        self._search, self._turned = search, turned
        self._picker = AskingForm(self._form, self._answer, door, self._searched)
        self.handing_out = HandingOut(copies, self.chosen, door)
        self.workbook = self.period = ""
        self.take_in()

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the views of a review>"

    def take_in(self) -> None:
        """Stay with whoever is chosen, and else begin with the first of the people who can be."""
        with self._lock:
            self._people = dict(self._find_people())
            if self.workbook not in self._people:
                self._turn_to(next(iter(self._people), NOBODY))

    def shut(self, left: Container[str]) -> None:
        """Drop who can be chosen, but for those whose workbooks are left."""
        with self._lock:
            self._people = {one: name for one, name in self._people.items() if one in left}

    def tell(self, message: KernelMessage) -> None:
        """Tell every page that shows one of the views or forms."""
        for widget in (self._picker.widget, self.handing_out.widget, *self._pieces.values()):
            widget.send(message)

    def _turn_to(self, workbook: str) -> None:
        if workbook:
            self._turned(workbook)
        periods = self._periods(workbook) if workbook else ()
        self.period = periods[0][0] if periods else ""
        self.workbook = workbook

    def choose(self) -> FormWidget:
        """Return the form in which person and period are chosen."""
        return self._picker.widget

    def chosen(self) -> tuple[str, str, str]:
        """Return id and name of the workbook that is chosen, and the period; without a workbook they are empty."""
        return self.workbook, self._people[self.workbook] if self.workbook else "", self.period

    def writer(self) -> FormWidget:
        """Return the form in which copies of the chosen person and period are handed out."""
        return self.handing_out.widget

    def piece(self, name: str) -> ViewWidget:
        """Return the view of one piece."""
        if name not in self._pieces:
            self._pieces[name] = ViewWidget(lambda _message: self._show(name), self._door)
        return self._pieces[name]

    def fold(self, name: str, title: str, about: str) -> ViewWidget:
        """Return the view of a piece that is folded under its title, and drawn when somebody opens it."""
        if name not in self._pieces:
            self._folds[name] = (title, about)
            self._pieces[name] = ViewWidget(
                lambda message: self._show(name, is_open=message.get("type") == "open"), self._door
            )
        return self._pieces[name]

    def _show(self, name: str, *, is_open: bool = False) -> None:
        with self._lock:
            html = self._folded(name, is_open=is_open) if name in self._folds else self._html(name)
            self._pieces[name].send({"type": "page", "html": html})

    def _folded(self, name: str, *, is_open: bool) -> str:
        """Return a fold, with what is drawn in it if it is open."""
        if not self.workbook:
            return ""
        title, about = (escape(say(words)) for words in self._folds[name])
        summary = f"<summary><h3>{title}</h3> <span>{about}</span></summary>"
        state, drawn = ("open", self._html(name)) if is_open else ("data-waits", "")
        return f"<details class='coaching-theme' {state}>{summary}{drawn}</details>"

    def _html(self, name: str) -> str:
        """Return a piece, or why it cannot be drawn; a callback's error would be seen nowhere else."""
        try:
            return self._draw(name, self.workbook, self.period) if self.workbook else ""
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person who waits must see it
            return f"<p role='alert'>{escape(not_shown(error))}</p>"

    def _answer(self, asked: Asked) -> None:
        """Take over what was chosen or unlocked, and draw what comes of it."""
        try:
            with self._lock:
                self._take_over(asked)
        except WrongKeyError as error:
            self._picker.show()
            self._picker.widget.send({"type": "problems", "fields": {OPENING: str(error)}, "text": ""})

    def _take_over(self, asked: Asked) -> None:
        before, changed = self.workbook, asked.changed
        if asked.pressed == UNLOCK:
            self._unlock(asked.secrets.get(OPENING, ""))
            self.take_in()
        elif changed.get(PERSON, self.workbook) != self.workbook and changed[PERSON] in self._people:
            self._turn_to(changed[PERSON])
        elif changed.get(PERIOD, self.period) != self.period and changed[PERIOD] in dict(self._offered_periods()):
            self.period = changed[PERIOD]
        else:
            if changed:  # what is not offered, or not of this person, is not left chosen on the page
                self._picker.show()
            return
        for view in self._pieces.values():  # what is drawn of somebody is not left there for somebody else
            view.send({"type": "busy", "blank": self.workbook != before})
        self._picker.show()
        self.handing_out.show()
        self._follow()
        for name in self._pieces:
            self._show(name)

    def _searched(self, message: Mapping[str, Any]) -> KernelMessage | None:
        return self._search(workbook, message) if (workbook := self.workbook) else None

    def _offered_periods(self) -> Options:
        return self._periods(self.workbook) if self.workbook else []

    def _form(self) -> Questions:
        person = [pick(PERSON, say("With whom?"), list(self._people.items()))] if len(self._people) > 1 else []
        period = [pick(PERIOD, say("Period"), periods)] if (periods := self._offered_periods()) else []
        number, problems = self._unopened()
        closed = [locked(number)] if number else []
        wrong = unread(problems)
        form: Questions = {
            "key": "review/choice",  # of whoever is chosen: a choice stands until the next, whenever it arrives
            "title": say("With whom, and which period"),
            "heading": self.chosen()[1] or None,
            "lead": "" if self._people or closed or wrong else say(_EMPTY),
            "blocks": [*wrong, *person, *period, *closed],
            "values": {PERSON: self.workbook, PERIOD: self.period},
        }
        if self.workbook:
            form["searches"] = "both"
        return form
