"""What the notebooks call: the forms of a session, and the views of a review."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from getpass import getpass
from html import escape
from pathlib import Path
from typing import Any

from IPython.core.error import StdinNotImplementedError

from coaching import pages, store
from coaching.errors import CoachingError, LockedError
from coaching.formats.sealing import Seal, sealed_name
from coaching.forms.bringing import BringingForm
from coaching.forms.engine.guard import Guard
from coaching.forms.engine.messages import KernelMessage
from coaching.forms.engine.widget import FormWidget, ViewWidget
from coaching.forms.handover import HandoverForm
from coaching.forms.own_copy import GivingOwnCopy
from coaching.forms.parts.protection import risk
from coaching.forms.parts.start import NOT_CHOSEN
from coaching.forms.review import ReviewViews
from coaching.forms.search import Searching
from coaching.forms.session.desk import Desk, last_held
from coaching.forms.session.session import SessionForms
from coaching.i18n import say, speak, to_say
from coaching.jupyter.lock import guarded
from coaching.metrics.periods import parse_period, quarter_in_words, quarters
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.copies import Copies, Written, handed
from coaching.workbook.credentials import take_over
from coaching.workbook.environment import default_home, system_language
from coaching.workbook.handover.plan import Plan
from coaching.workbook.home import Home
from coaching.workbook.names import told_apart
from coaching.workbook.workbook import Workbook


@cache
def _home(folder: Path) -> Home:
    """Return the home of this kernel: what was unlocked stays so until it ends, however often cells are run."""
    return Home(folder)


@cache
def _guard(home: Home) -> Guard:
    """Return the lock of this kernel's forms."""
    return guarded(home)


def _own_home() -> Home:
    """Return the home of this kernel, opened with the passphrase that it was given, or the lab, if it is the first."""
    speak(system_language())
    home = _home(default_home())
    _guard(home)
    if passphrase := take_over():
        home.unlocking.take_over(passphrase)
    return home


def warm_up() -> None:
    """Read the workbooks that are not encrypted, so that the first cell finds them read; nobody is asked anything."""
    home = _home(default_home())
    with suppress(CoachingError):  # the first cell will say so
        for folder in store.workbooks(home.folder)[0]:
            if store.key_name(folder) is None:
                home.open(folder).last_kept()  # what a session asks first


def session(name: str | None = None) -> SessionForms:
    """Return the forms of a session.

    Parameters
    ----------
    name
        With whom; by default with whom was written about last. It can be chosen in the first form too.

    Raises
    ------
    UnknownWorkbookError
        If the name does not say which.
    """
    home = _own_home()
    return SessionForms(Desk(home, name), _guard(home))


class Review:
    """A review of one workbook over a period, as views that redraw in place.

    Parameters
    ----------
    home
        Where the workbooks are.
    name
        Whose workbook to begin with; by default that of the latest session.
    guard
        The lock of the kernel; without it there is none.
    of_a_period
        Whether a period is chosen too; it is none of the hand-over's matters.

    Raises
    ------
    UnknownWorkbookError
        If the name does not say which.
    """

    def __init__(
        self, home: Home, name: str | None = None, guard: Guard | None = None, *, of_a_period: bool = True
    ) -> None:
        self._home, self._name = home, name
        door = guard.door(self) if guard else None
        self._workbooks: dict[str, Workbook] = {}
        copies = Copies(lambda workbook: self._workbooks[workbook], home.clock)
        self._handover = HandoverForm(
            lambda: self._views.chosen()[:2],
            lambda workbook: self._workbooks[workbook].handing_over.offered(),
            lambda workbook, wish: self._workbooks[workbook].handing_over.planned(wish),
            self._handed_over,
            lambda: home.clock().date(),
            door,
            own_copy=GivingOwnCopy(copies),
        )
        self._bringing = BringingForm(
            lambda: self._views.chosen()[:2], lambda workbook: self._workbooks[workbook], door
        )
        self._views = ReviewViews(
            self._people,
            lambda: (len(home.locked()), home.problems(names_locked=False)),
            home.unlock,
            self._periods if of_a_period else lambda _: (),
            self._drawn,
            copies,
            turned=lambda workbook: speak(self._workbooks[workbook].language),
            search=Searching(lambda: self._workbooks, lambda: home.clock().date(), "both").answer,
            follow=self._follow,
            door=door,
        )

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<a review>"

    def place(self) -> str | None:
        """Return the id of the workbook that is shown, or was before the review was shut."""
        return self._views.workbook or None

    def is_plain(self) -> bool | None:
        """Tell whether that workbook has no passphrase; one that is not open any more had one."""
        place = self.place()
        return None if place is None else place in self._plain()

    def risk(self) -> str | None:
        """Return what is said of that workbook while it has no passphrase; None if there is none."""
        if (place := self.place()) is None:
            return None
        book = self._workbooks.get(place)
        return risk(is_encrypted=book.is_encrypted, has_passphrase=book.has_passphrase) if book else ""

    def shut(self) -> None:
        """Drop every word of workbooks that have a passphrase."""
        plain = self._plain()
        for form in (self._views.handing_out, self._handover, self._bringing):
            form.put_away(partial(self._with_key, store.seal), plain)
        self._workbooks = plain
        self._views.shut(plain)

    def reopen(self) -> None:
        """Take the words up again of workbooks that are open now."""
        self._views.take_in()
        for form in (self._views.handing_out, self._handover, self._bringing):
            form.answers.take_back(partial(self._with_key, store.unseal))

    def tell(self, message: KernelMessage) -> None:
        """Tell every page that shows something of it."""
        self._views.tell(message)
        for form in (self._handover, self._bringing):
            form.form().send(message)

    def _follow(self) -> None:
        """Let the forms beside the views turn to whoever is chosen now."""
        self._handover.show()
        self._bringing.show()

    def choose(self) -> FormWidget:
        """Return the form in which person and period are chosen."""
        return self._views.choose()

    def letter(self) -> ViewWidget:
        """Return what a review begins with: sentence, becoming, dreams that move, three facts, what to ask next."""
        return self._views.piece("letter")

    def going_on(self) -> ViewWidget:
        """Return a fold with what moved, and all that was told and can move as lines through the sessions."""
        return self._views.fold("going_on", to_say("What goes on"), to_say("Goals, plans, dreams, and who to become."))

    def promises(self) -> ViewWidget:
        """Return a fold with the figures of the promises."""
        return self._views.fold("promises", to_say("Who does what by when"), to_say("What became of each promise."))

    def mission(self) -> ViewWidget:
        """Return a fold with the mission statement, and how it grew."""
        return self._views.fold("mission", to_say("The mission statement"), to_say("Its words, and how they grew."))

    def conversations(self) -> ViewWidget:
        """Return a fold with how the conversations were held, and what was told on which day."""
        about = to_say("Who began, how often you met, what was told.")
        return self._views.fold("conversations", to_say("The conversations"), about)

    def words(self) -> ViewWidget:
        """Return a fold with the review in a few sentences."""
        return self._views.fold("words", to_say("In a few sentences"), to_say("Counted, never judged."))

    def team(self) -> ViewWidget:
        """Return a fold, for the coach alone, with what they promised to whom in all open workbooks that they hold."""
        about = to_say("For you alone, with nobody looking on.")
        return self._views.fold("team", to_say("What you promised, and to whom"), about)

    def timeline(self) -> ViewWidget:
        """Return all sessions as a quiet list, each of which opens to what was told on its day."""
        return self._views.piece("timeline")

    def threads(self) -> ViewWidget:
        """Return what was told and can move, each as a line through the sessions."""
        return self._views.piece("threads")

    def promise_dots(self) -> ViewWidget:
        """Return every action item as one dot."""
        return self._views.piece("promise_dots")

    def lifelines(self) -> ViewWidget:
        """Return the action items of the period, each as a line."""
        return self._views.piece("lifelines")

    def ageing(self) -> ViewWidget:
        """Return the open action items by their age."""
        return self._views.piece("ageing")

    def burnup(self) -> ViewWidget:
        """Return what was agreed and what was done, over time."""
        return self._views.piece("burnup")

    def time_to_done(self) -> ViewWidget:
        """Return how long it takes from agreed to done."""
        return self._views.piece("time_to_done")

    def mission_today(self) -> ViewWidget:
        """Return today's mission statement, tinted by the age of its words."""
        return self._views.piece("mission_today")

    def history_flow(self) -> ViewWidget:
        """Return how the mission statement grew, version by version."""
        return self._views.piece("history_flow")

    def mission_changes(self) -> ViewWidget:
        """Return what changed from each version of the mission statement to the next."""
        return self._views.piece("mission_changes")

    def theme_lanes(self) -> ViewWidget:
        """Return the themes of the mission statement, version by version."""
        return self._views.piece("theme_lanes")

    def convergence(self) -> ViewWidget:
        """Return how much of the mission statement has stayed."""
        return self._views.piece("convergence")

    def conversation(self) -> ViewWidget:
        """Return who shared first, the gaps between sessions, and whose ideas the action items were."""
        return self._views.piece("conversation")

    def page(self) -> FormWidget:
        """Return the form in which copies are looked at, line by line, and handed out."""
        return self._views.writer()

    def handover(self) -> FormWidget:
        """Return the form in which the coachee says what goes along to another coach."""
        return self._handover.form()

    def bring(self) -> FormWidget:
        """Return the form in which lists and meeting notes of other tools are brought in."""
        return self._bringing.form()

    def _handed_over(self, workbook: str, plan: Plan, file: str, seal: Seal | None) -> Written:
        name, handing_over = Path(file.strip()), self._workbooks[workbook].handing_over
        outgoing = sealed_name(name) if seal else name
        return handed(
            outgoing,
            seal,
            lambda target: handing_over.hand_over(plan, target, seal),
            lambda: handing_over.handed_over(plan, outgoing, seal),
        )

    def _plain(self) -> dict[str, Workbook]:
        return {one.id: one for one in self._workbooks.values() if not one.has_passphrase}

    def _with_key(self, act: Callable[..., Any], workbook: str, words: Any) -> Any:
        with suppress(LockedError):
            return act(words, book.key, workbook) if (book := self._workbooks.get(workbook)) else None
        return None

    def _people(self) -> list[tuple[str, str]]:
        """Return the people whose workbooks are open: the one who was asked for first, then by their latest session."""
        books = sorted(self._home.workbooks(), key=last_held, reverse=True)
        self._workbooks = {workbook.id: workbook for workbook in books}
        people = told_apart(books)
        if not self._name:
            return list(people.items())
        try:
            first = self._home.find(self._name, surely=True).id
        except LockedError:  # nobody else's comes up instead
            return [NOT_CHOSEN, *people.items()] if people else []
        return [(first, people.pop(first)), *people.items()]

    def _periods(self, workbook: str) -> list[tuple[str, str]]:
        """Return the quarters in which there were sessions, newest first, and the whole time."""
        sessions = self._workbooks[workbook].closed_frames().rows("session", ["held_on"])
        held_on = [session["held_on"] for session in sessions if session["held_on"]]
        periods = quarters(min(held_on), max(held_on)) if held_on else ()
        return [*((one.name, quarter_in_words(one.name)) for one in reversed(periods)), ("all", say("the whole time"))]

    def _drawn(self, name: str, workbook: str, period: str) -> str:
        if name == "team":
            mine = [book for book in self._workbooks.values() if book.holder is Side.COACH and not book.ended_on]
            books = [(book.name, book.counted()) for book in mine]
            html = pages.team_page(books, self._home.clock().date())
        else:  # two people look at it, and a chart can be saved: what is private to one of them is not in it
            book, chosen = self._workbooks[workbook], parse_period(period)
            html = pages.piece(name, book.counted(Audience.PAIR), book.known_on(chosen), chosen)
            if name == "letter":
                html = "".join(map(_quietly, book.not_counted())) + html
        return f"<style>{pages.style()}</style>{html}"


def _quietly(sentence: str) -> str:
    return f'<div class="coaching-page"><p class="quiet">{escape(sentence)}</p></div>'


def open_workbook(name: str) -> Workbook:
    """Return one workbook, to be read by other programs too: its `folder`, and the `key` of its files.

    Parameters
    ----------
    name
        The coachee's name, a part of it, or the workbook's id. If it is locked, its passphrase is asked for, hidden;
        it is in no notebook and no history.

    Raises
    ------
    LockedError
        If it may be one that is locked, and nobody can be asked.
    UnknownWorkbookError
        If the name does not say which.
    """
    home = _own_home()
    if home.locked() and not home.knows(name):
        with suppress(EOFError, StdinNotImplementedError):  # a notebook that runs by itself
            home.unlock(getpass(say("Passphrase: ")))
    return home.find(name)


def handover(name: str | None = None) -> Review:
    """Return a review of which the hand-over alone is a matter, see `review`: no period is chosen."""
    home = _own_home()
    return Review(home, name, _guard(home), of_a_period=False)


def review(name: str | None = None) -> Review:
    """Return a review.

    Parameters
    ----------
    name
        Whose workbook to begin with; it can be chosen in the first form too.

    Raises
    ------
    UnknownWorkbookError
        If the name does not say which.
    """
    home = _own_home()
    return Review(home, name, _guard(home))
