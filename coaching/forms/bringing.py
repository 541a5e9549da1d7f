"""The form in which lists and meeting notes come in: looked at first, then agreed to, taken back if wanted."""

from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from coaching.errors import CoachingError
from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.sessions import Noted, NotedSession, in_order
from coaching.formats.task_lists.summary import OfOne, by_kind, files_read, news_of, of_each, source_in_words
from coaching.formats.task_lists.task import Part, Remark
from coaching.forms.engine.blocks import Block, act, choice, flag, fold, lines, pick, prose, section, shortened, text
from coaching.forms.engine.guard import Door
from coaching.forms.engine.question_form import Answers, Asked, AskingForm, Questions, blocks_or_why
from coaching.forms.engine.reason import reason
from coaching.forms.engine.widget import FormWidget
from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.model.vocabulary import Visibility
from coaching.workbook.workbook import Workbook

PATH, READERS, SESSIONS, GONE = "path", "readers", "sessions", "gone"
LOOK, BRING, UNDO = "look", "bring", "undo"
_OPEN, _LET_GO = "open", "let_go"
#: So many lines of a kind are shown; the others are counted.
_SHOWN = 20
#: Reading that takes longer says how far it is, so often.
_PATIENCE, _EVERY = 1.0, 0.3


class BringingForm:
    """The form in which lists are brought in. Nothing of them is written until somebody agrees.

    Parameters
    ----------
    chosen
        Returns id and name of the workbook that is chosen; without a workbook they are empty.
    book
        Returns an open workbook by its id.
    door
        The lock of the form; without it there is none.
    """

    def __init__(
        self, chosen: Callable[[], tuple[str, str]], book: Callable[[str], Workbook], door: Door | None = None
    ) -> None:
        self._chosen, self._book = chosen, book
        self._workbook, self.answers = "", Answers(_begun)
        self._proposal: Proposal | None = None
        self._asking = AskingForm(self._form, self._take_in, door)

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the form in which lists are brought in>"

    def form(self) -> FormWidget:
        """Return the form."""
        return self._asking.widget

    def show(self) -> None:
        """Show the form of the workbook that is chosen now."""
        self._asking.show()

    def put_away(self, seal: Callable[[str, str], bytes | None], plain: Container[str]) -> None:
        """Drop what was looked at, and encrypt what was said."""
        self.answers.put_away(seal, plain)
        self._workbook, self._proposal = "", None

    @property
    def _values(self) -> dict[str, str]:
        """What is said of the workbook that is chosen."""
        return self.answers.of(self._workbook)

    def _take_in(self, asked: Asked) -> None:
        had_proposal = self._proposal is not None
        self._values.update({name: value for name, value in asked.changed.items() if name in self._values})
        if asked.changed.keys() & {PATH, READERS, SESSIONS}:  # what was seen is not what would come in
            self._proposal = None
        try:
            told = self._done(asked, had_proposal=had_proposal)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the one who pressed the button must see it
            self._asking.refuse(PATH, reason(error), say("Nothing was brought in."))
            return
        if told is not None:
            self._asking.tell(told)

    def _done(self, asked: Asked, *, had_proposal: bool) -> str | None:
        """Do what was asked for, and return what to say of it; None if nothing has to be shown anew."""
        book = self._book(self._workbook)
        if asked.pressed == BRING and self._proposal is not None:
            count = book.bringing.bring(self._proposal)
            self._proposal = None
            return say_counted("Brought in: {count} entry.", "Brought in: {count} entries.", count)
        if asked.pressed == UNDO and book.bringing.is_last_act():
            count = len(book.upkeep.undo())
            return say_counted("Taken back: {count} entry.", "Taken back: {count} entries.", count)
        if asked.pressed == LOOK or (GONE in asked.changed and self._proposal is not None):
            self._proposal = None
            self._proposal = self._looked_at(book)
            return say("Nothing is written yet. Look at it, down here.")
        return "" if had_proposal and self._proposal is None else None

    def _looked_at(self, book: Workbook) -> Proposal:
        values = self._values
        typed = values[PATH].strip().strip("\"'")
        if not typed:
            raise CoachingError(say("Say which file or folder."))
        began = last = monotonic()

        def progress(read: int, of: int) -> None:
            nonlocal last
            now = monotonic()
            if now - began > _PATIENCE and now - last > _EVERY:
                last = now
                told = say("Read {read} of {of} files", read=read, of=of)
                self._asking.widget.send({"type": "said", "text": told})

        proposal = book.bringing.proposed(
            Path(typed).expanduser(),
            Visibility(values[READERS]),
            let_go=values[GONE] == _LET_GO,
            as_sessions=bool(values[SESSIONS]),
            progress=progress,
        )
        if not (proposal.items or proposal.sessions or proposal.remarks):
            raise CoachingError(say("Nothing in it is understood as an action item."))
        return proposal

    def _form(self) -> Questions:
        workbook, name = self._chosen()
        if workbook != self._workbook:
            self._workbook, self._proposal = workbook, None
        return {
            "key": f"review/bring/{workbook}",
            "title": say("Bring what you have"),
            "heading": name or None,
            "lead": say(
                "Lists and meeting notes of other tools. Nothing is written before you have seen it and agreed."
            ),
            "blocks": blocks_or_why(lambda: self._blocks(self._book(workbook))) if workbook else [],
            "values": self._values,
        }

    def _blocks(self, book: Workbook) -> list[Block]:
        readers = [(Visibility.PRIVATE.value, say("you alone")), (Visibility.PAIR.value, say("both of you"))]
        return [
            text(
                PATH,
                say("A file or a folder on this computer"),
                hint=say("Lists in Markdown, org, CSV or todo.txt, such as notes/one-on-ones."),
            ),
            pick(READERS, say("Who will read what comes in?"), readers),
            flag(SESSIONS, say("They are meeting notes: make sessions of them, part by part")),
            act(LOOK, say("Look at it"), quiet=self._proposal is not None),
            *(_seen(self._proposal, book) if self._proposal else ()),
            *([act(UNDO, say("Take back what came in"), quiet=True)] if book.bringing.is_last_act() else []),
        ]


def _begun() -> dict[str, str]:
    return {PATH: "", READERS: Visibility.PRIVATE.value, SESSIONS: "", GONE: _OPEN}


def _seen(proposal: Proposal, book: Workbook) -> Iterator[Block]:
    """Yield what would come in, and the button that brings it in if anything would."""
    news = news_of(proposal)
    has_news = bool(news) or any(session.has_news for session in proposal.sessions)
    yield section(
        say("This is what would come in"),
        [
            *_files(proposal),
            lines((_owner(one, book), [_counts(one)], None) for one in of_each(proposal)),
            *_items(news),
            *_sessions(proposal.sessions),
            *_gone(proposal.gone),
            *_remarks(proposal.remarks),
        ],
    )
    if has_news:
        yield act(BRING, say("Bring it in"))
    else:
        yield prose(say("Nothing of it is new."))


def _files(proposal: Proposal) -> Iterator[Block]:
    read = files_read(proposal)
    sentences = [say_counted("{count} file was read.", "{count} files were read.", read.files)]
    if read.first and read.last:
        first, last = say_day(read.first), say_day(read.last)
        sentences.append(
            say("It is of {day}.", day=first)
            if first == last
            else say("They are of {first} to {last}.", first=first, last=last)
        )
    if read.sources:
        sources = ", ".join(f"{source_in_words(source)} ({count})" for source, count in read.sources)
        sentences.append(say("Their days are from: {sources}.", sources=sources))
    if read.undated:
        sentences.append(
            say_counted(
                "{count} file says no day: what is new there counts from today.",
                "{count} files say no day: what is new there counts from today.",
                read.undated,
            )
        )
    yield prose(" ".join(sentences))


def _owner(one: OfOne, book: Workbook) -> str:
    return {"coachee": book.called, "coach": say("The coach")}.get(one.side or "", say("Nobody yet"))


def _counts(one: OfOne) -> str:
    return say(
        "{new} new, {carried} carried over; {done} done, {let_go} let go, {open} still open",
        new=one.new,
        carried=one.carried,
        done=one.done,
        let_go=one.let_go,
        open=one.open,
    )


def _items(news: Sequence[Carried]) -> Iterator[Block]:
    if news:
        told = [(shortened(item.what), [_state(item)], None) for item in news]
        title = say_counted("{count} action item with news", "{count} action items with news", len(news))
        yield fold(title, _first(told), name="items")


def _state(item: Carried) -> str:
    state = {"done": say("done"), "let_go": say("let go"), "draft": say("a draft")}.get(item.state, say("open"))
    due = say("by {day}", day=say_day(item.due)) if item.due else ""
    news = say("new") if item.is_new else say("carried over")
    return ", ".join(filter(None, [news, state, due, str(item.places[0]) if item.places else ""]))


def _sessions(held: Sequence[NotedSession]) -> Iterator[Block]:
    if not held:
        return
    new = sum(session.is_new for session in held)
    title = say_counted("{count} session, {new} new", "{count} sessions, {new} new", len(held), new=new)
    told = [
        (f"{say_day(session.day)} · {_part(one)}", [shortened(one.passage.words)], None)
        for session in held
        for one in in_order(session.noted)
        if one.is_new
    ]
    yield fold(title, _first(told), name="sessions")


def _part(one: Noted) -> str:
    parts: MappingProxyType[Part | None, str] = MappingProxyType(
        {
            "yourself": say("Yourself"),
            "dreams": say("Dreams"),
            "who_what_when": say("Who does what by when"),
            "mission": say("The mission statement"),
            None: say("a note for you alone"),
        }
    )
    return parts[one.passage.part]


def _gone(gone: Sequence[Carried]) -> Iterator[Block]:
    if gone:
        title = say_counted(
            "{count} open line stands in no later list",
            "{count} open lines stand in no later list",
            len(gone),
        )
        yield fold(title, _first([(shortened(item.what), [], None) for item in gone]), name="gone")
        options = [(_OPEN, say("still open")), (_LET_GO, say("let go then"))]
        yield choice(GONE, say("What became of them?"), options)


def _remarks(remarks: Sequence[Remark]) -> Iterator[Block]:
    folds = []
    for number, ((is_read, said), of_kind) in enumerate(by_kind(remarks).items()):
        told = [(str(remark.place), [shortened(remark.words)] if remark.words else [], None) for remark in of_kind]
        shown = _first(told) if is_read else [lines(told)]
        folds.append(fold(f"{len(of_kind)}: {said}", shown, name=f"remark.{number}"))
    if folds:
        yield section(say("To be looked at"), folds)


def _first(told: Sequence[tuple[str, Sequence[str], bool | None]]) -> list[Block]:
    """Return the first lines, and how many there are besides."""
    more = len(told) - _SHOWN
    rest = [prose(say_counted("and {count} more", "and {count} more", more))] if more > 0 else []
    return [lines(told[:_SHOWN]), *rest]
