"""Handing out a copy: what, and for whom; what they will see, line by line; and only then the button that writes it."""

from collections.abc import Callable, Container, Mapping, Sequence

from coaching.errors import CoachingError
from coaching.forms.engine.blocks import Block, act, flag, fold, lines, pick, prose, section, shortened, text
from coaching.forms.engine.guard import Door
from coaching.forms.engine.messages import ProblemsMessage, SaidMessage
from coaching.forms.engine.question_form import Answers, Asked, AskingForm, Questions, blocks_or_why
from coaching.forms.engine.reason import reason
from coaching.forms.sealing import BY_PASSPHRASE, IN_THE_BROWSER, OPENS, PLAIN, RECIPIENT, how_it_opens, seal_of
from coaching.i18n import say, say_counted, to_say
from coaching.model.vocabulary import Visibility
from coaching.workbook.copies import Copies, Offered, Outgoing, Seen, Wanted
from coaching.workbook.preview import Group

WHAT, AUDIENCE, FILE, WHOM, WRITE = "what", "audience", "file", "whom", "write"
LANGUAGE = "language"
#: What the names of the boxes begin with by which a line is opened to others.
OPEN = "open."
#: So many lines are in sight at once; more are folded, with their counts in sight.
_IN_SIGHT = 12
_TITLE = to_say("A copy to share")
_LEAD = to_say("A file that opens anywhere. Look at it together before it leaves your hands.")
_NOTHING_OPEN = to_say("Nothing is open to others yet, so nothing would be in it. Tick what they may read.")
_NOTHING = to_say("There is nothing that they could read yet.")
_NOTED = to_say("If you like. It is noted for you alone, in the list below, and is in no file for anybody else.")
UNTOUCHED = to_say("Of the sentences around your words; your words stay as they are.")
_CHANGED = to_say("Something has changed since this was shown. Look at it once more, and then write it.")


class HandingOut:
    """The form in which a copy is looked at, line by line, and handed out.

    Parameters
    ----------
    copies
        The workbooks behind it.
    chosen
        Returns id and name of the workbook, and the period, that are chosen; without a workbook they are empty.
    door
        The lock of the form; without it there is none.
    """

    def __init__(self, copies: Copies, chosen: Callable[[], tuple[str, str, str]], door: Door | None = None) -> None:
        self._copies, self._chosen = copies, chosen
        self.answers = Answers(_begun)
        self._forget()
        self._asking = AskingForm(self._form, self._answer, door)
        self.widget, self.show = self._asking.widget, self._asking.show

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the form in which copies are handed out>"

    def put_away(self, seal: Callable[[str, str], bytes | None], plain: Container[str]) -> None:
        """Drop what was shown, and encrypt what was said."""
        self.answers.put_away(seal, plain)
        self._forget()

    def _forget(self) -> None:
        self._place = "", "", ""
        self._shown: tuple[Wanted, Seen] | None = None
        self._ticks: dict[str, str] = {}

    @property
    def _values(self) -> dict[str, str]:
        """What is said of the workbook that is shown."""
        return self.answers.of(self._place[0])

    def _answer(self, asked: Asked) -> None:
        changed, pressed = asked.changed, asked.pressed
        self._values.update({name: value for name, value in changed.items() if name in self._values})
        ticked = {name: bool(value) for name, value in changed.items() if name.startswith(OPEN)}
        if WHAT in changed:
            self._values.update({n: v for n, v in self._begun(changed[WHAT]).items() if n not in changed})
        if not (ticked or changed.keys() & {WHAT, AUDIENCE} or pressed == WRITE):
            return
        answer = _answered(lambda: self._done(ticked, pressed, asked.secrets))
        self.show()
        self.widget.send(answer)

    def _done(self, ticked: Mapping[str, bool], pressed: str | None, secrets: Mapping[str, str]) -> str:
        """Keep what was ticked, write the copy that was looked at, and return what to say of it."""
        workbook = self._place[0]
        for name, to_others in ticked.items():
            self._copies.open(workbook, name.removeprefix(OPEN), to_others=to_others)
        if pressed == WRITE:
            wanted = self._wanted()
            seen = self._copies.seen(wanted)
            if self._shown != (wanted, seen):
                raise CoachingError(say(_CHANGED))
            if not seen.groups:
                raise CoachingError(_nothing(wanted.audience))
            seal = seal_of(self._values, secrets)
            outgoing = Outgoing(self._values[FILE], self._values[WHOM], self._values[LANGUAGE], seal)
            written = self._copies.write(wanted, outgoing)
            self._values[FILE] = self._copies.offered(workbook).files[wanted.what]
            if written.content is not None:
                self.widget.download(written.name, written.content)
            return written.text
        return say("Kept. What they will see is shown anew.") if ticked else ""

    def _wanted(self) -> Wanted:
        workbook, _, period = self._place
        return Wanted(workbook, period, self._values[WHAT], self._values[AUDIENCE])

    def _begun(self, what: str) -> Mapping[str, str]:
        """Return what a kind of copy begins with: what its file is called, and how it opens."""
        offered = self._copies.offered(self._place[0])
        return {FILE: offered.files[what], OPENS: BY_PASSPHRASE if what in offered.sealed else PLAIN}

    def _form(self) -> Questions:
        workbook, name, period = self._place = self._chosen()
        self._shown, self._ticks = None, {}
        blocks = blocks_or_why(lambda: self._blocks(workbook)) if workbook else []
        return {
            "key": f"review/copy/{workbook}/{period}",
            "title": say(_TITLE),
            "heading": " · ".join(filter(None, (name, period))),
            "lead": say(_LEAD),
            "blocks": blocks,
            "values": self._values | self._ticks,
        }

    def _blocks(self, workbook: str) -> list[Block]:
        """Return the form; from here on what it shows is what may be written."""
        offered = self._copies.offered(workbook)
        if not self._values[WHAT]:
            what = offered.kinds[0][0]
            self._values.update({WHAT: what, LANGUAGE: offered.languages[0][0], **self._begun(what)})
        wanted = self._wanted()
        choosable = self._copies.choosable(workbook) if wanted.audience == Visibility.OPEN else ()
        seen = self._copies.seen(wanted)
        blocks = [
            *_choices(offered, wanted.what),
            *ticks(choosable, offered.decides),
            *_preview(seen, wanted.audience),
            *_handed_out(self._copies.handed_out(workbook)),
        ]
        self._ticks = ticked_values(choosable)
        self._shown = wanted, seen
        return blocks


def _begun() -> dict[str, str]:
    return {WHAT: "", AUDIENCE: Visibility.PAIR.value, FILE: "", WHOM: "", LANGUAGE: "", OPENS: "", RECIPIENT: ""}


def _answered(do: Callable[[], str]) -> SaidMessage | ProblemsMessage:
    """Do what was asked for, and return what to say of it."""
    try:
        return {"type": "said", "text": do()}
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the one who pressed the button must see it
        return {"type": "problems", "fields": {}, "text": reason(error)}


def _choices(offered: Offered, what: str) -> list[Block]:
    audiences = (
        (Visibility.PAIR.value, offered.reader),
        (Visibility.OPEN.value, say("others: only what is open to them")),
    )
    return [
        pick(WHAT, say("What?"), offered.kinds),
        pick(AUDIENCE, say("For whom?"), audiences),
        text(FILE, say("Name of the file"), hint=say(IN_THE_BROWSER)),
        text(WHOM, say("For whom, in words"), hint=say(_NOTED)),
        *([pick(LANGUAGE, say("Language"), offered.languages, hint=say(UNTOUCHED))] if what in offered.spoken else []),
        *how_it_opens(WRITE, itself=what in offered.pages),
    ]


def ticked_values(choosable: Sequence[Group]) -> dict[str, str]:
    """Return which lines others may read, by the names of the boxes of `ticks`."""
    return {f"{OPEN}{line.identity}": "true" * line.is_open for group in choosable for line in group.lines}


def ticks(choosable: Sequence[Group], decides: str) -> list[Block]:
    """Return the boxes by which others may read what belongs to the pair, line by line; nothing without a line."""
    if not choosable:
        return []
    hint = say(
        "Nothing is open to others unless it is ticked here. {decides}, line by line. Each tick is kept at once.",
        decides=decides,
    )
    folds = [
        fold(
            say(
                "{title}: {number} of {count} open",
                title=group.title,
                number=sum(line.is_open for line in group.lines),
                count=len(group.lines),
            ),
            [flag(f"{OPEN}{line.identity}", shortened(" · ".join((line.about, *line.words)))) for line in group.lines],
            name=f"tick.{group.key}",
        )
        for group in choosable
    ]
    return [section(say("What others may read"), folds, hint=hint)]


def _preview(seen: Seen, audience: str) -> list[Block]:
    """Return what will be seen with the button that writes it; without a line there is nothing to write."""
    number = sum(len(group.lines) for group in seen.groups)
    left_out = fold(say("What is not in it"), [prose(sentence) for sentence in seen.left_out], name="left out")
    folds = [
        fold(
            say("{about}: {what}", about=group.title, what=_lines(len(group.lines))),
            [lines((line.about, line.words, line.is_open) for line in group.lines)],
            name=f"see.{group.key}",
            is_open=number <= _IN_SIGHT,
        )
        for group in seen.groups
    ]
    shown = folds or [prose(_nothing(audience))]
    hint = " ".join(filter(None, (_lines(number) + "." if number else "", seen.besides if number else "")))
    return [
        section(say("This is what they will see"), [*shown, left_out], hint=hint),
        *([act(WRITE, say("Write the file"))] if number else []),
    ]


def _nothing(audience: str) -> str:
    return say(_NOTHING_OPEN) if audience == Visibility.OPEN else say(_NOTHING)


def _handed_out(handed_out: Sequence[tuple[str, str]]) -> list[Block]:
    handouts = [(about, (whom,) if whom else (), None) for about, whom in handed_out]
    return [section(say("Handed out so far"), [lines(handouts)])] if handouts else []


def _lines(number: int) -> str:
    return say_counted("{count} line", "{count} lines", number)
