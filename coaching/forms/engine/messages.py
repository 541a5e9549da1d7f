"""The messages between the kernel and a page, and what the views of a form have changed, in whatever order they come.

``web/messages.d.ts`` describes the same messages to the page, by the same names; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from coaching.model.entry import storable


class HelloMessage(TypedDict):
    """A page asks for what there is to show; what the kernel asks of itself comes from no page."""

    type: Literal["hello"]
    view: NotRequired[str]
    page: NotRequired[str]


class WordsMessage(TypedDict):
    """What is not kept yet, the number of the last change of each field, and the button that was pressed, if any."""

    type: Literal["words"]
    view: str
    key: str
    values: Mapping[str, str]
    touched: Mapping[str, int]
    act: str | None
    pressed: int | None
    secrets: Mapping[str, str]
    page: NotRequired[str]


class HereMessage(TypedDict):
    """Somebody has the page before them, and moved in it so many seconds ago."""

    type: Literal["here"]
    idle: float
    hidden: bool
    page: NotRequired[str]


class GoodbyeMessage(TypedDict):
    """The page is left."""

    type: Literal["goodbye"]
    page: NotRequired[str]


class LockMessage(TypedDict):
    """Everything is handed over; `blank` stands in place of words where messages are held on their way."""

    type: Literal["lock"]
    everywhere: bool
    blank: str
    page: NotRequired[str]


class UnlockMessage(TypedDict):
    """The passphrase was typed into the cover."""

    type: Literal["unlock"]
    passphrase: str
    page: NotRequired[str]


class TurnMessage(TypedDict):
    """Somebody has turned to another part of the session."""

    type: Literal["turn"]
    part: str
    page: NotRequired[str]


class SearchMessage(TypedDict):
    """Somebody looks for words: where, in what only they may read or in what both may, in all open workbooks or one."""

    type: Literal["search"]
    view: str
    number: int
    words: str
    where: Mapping[str, str]
    private: bool
    everywhere: bool
    page: NotRequired[str]


class OpenMessage(TypedDict):
    """A fold of the review was opened, and asks for what is drawn in it."""

    type: Literal["open"]
    page: NotRequired[str]


class LookBackMessage(TypedDict):
    """Somebody opens what was found, to see what it said before and what was told of it later."""

    type: Literal["look_back"]
    view: str
    number: int
    workbook: str
    entry: str
    private: bool
    page: NotRequired[str]


#: What a page tells the kernel.
PageMessage = (
    HelloMessage
    | WordsMessage
    | HereMessage
    | GoodbyeMessage
    | LockMessage
    | UnlockMessage
    | TurnMessage
    | SearchMessage
    | LookBackMessage
    | OpenMessage
)


#: What a page tells of which a search is to answer.
SEARCHES = frozenset({"search", "look_back"})


#: A field holds something, or one of these; in a row a name that begins with a dot is that of a field of the row.
Condition = TypedDict("Condition", {"name": str, "is": NotRequired[Sequence[str]]})

#: A value, and what is read.
Option = tuple[str, str]


class ProseBlock(TypedDict):
    """A paragraph."""

    type: Literal["prose"]
    text: str
    tone: str
    when: Sequence[Condition] | None


class SectionBlock(TypedDict):
    """Blocks under a heading; while none of the conditions holds, `closed` stands in their place."""

    type: Literal["section"]
    title: str
    hint: str
    blocks: Sequence["Block"]
    when: Sequence[Condition] | None
    closed: str


class FoldBlock(TypedDict):
    """Blocks that are folded; with a name they stay as they were left."""

    type: Literal["fold"]
    title: str
    blocks: Sequence["Block"]
    open: bool
    name: NotRequired[str]
    when: NotRequired[Sequence[Condition]]


class Line(TypedDict):
    """What somebody said: about what, the words, and who may read them."""

    about: str
    words: Sequence[str]
    readers: str


class LinesBlock(TypedDict):
    """A list of what people said."""

    type: Literal["lines"]
    lines: Sequence[Line]


class TextBlock(TypedDict):
    """A field for words; `seen` offers who may read them, and Enter presses `act` in a field of one line."""

    type: Literal["text"]
    name: str
    label: str
    hint: str
    rows: int
    seen: Sequence[Option] | None
    act: str | None
    when: Sequence[Condition] | None


class StartersBlock(TypedDict):
    """Fields in one frame, each begun by its label; the first stands there, or those that hold words."""

    type: Literal["starters"]
    blocks: Sequence[TextBlock]


class SecretBlock(TypedDict):
    """A field whose content is hidden, never kept, and sent with a button alone; Enter presses `act`."""

    type: Literal["secret"]
    name: str
    label: str
    hint: str
    act: str | None
    when: Sequence[Condition] | None


class DayBlock(TypedDict):
    """A field for a date, which lies ahead of today, or today or before."""

    type: Literal["day"]
    name: str
    label: str
    hint: str
    width: str
    lies: Literal["ahead", "back"]
    when: Sequence[Condition] | None


class PickBlock(TypedDict):
    """A field that takes one of many options from a list; a button that says `another` takes the next one."""

    type: Literal["pick"]
    name: str
    label: str
    options: Sequence[Option]
    hint: str
    width: str
    another: str
    when: Sequence[Condition] | None


class ChoiceBlock(TypedDict):
    """A field that takes one of a few options, all in sight."""

    type: Literal["choice"]
    name: str
    label: str
    options: Sequence[Option]
    hint: str
    when: Sequence[Condition] | None


class FlagBlock(TypedDict):
    """A box to tick; while one of the conditions `unless` holds, it is there only if it is ticked."""

    type: Literal["flag"]
    name: str
    label: str
    when: Sequence[Condition] | None
    unless: Sequence[Condition] | None


class FixedRow(TypedDict):
    """A row that stands there from the start."""

    key: str
    title: str


class RowsBlock(TypedDict):
    """Blocks that stand once for each row; those of a `line` are the blanks of one sentence."""

    type: Literal["rows"]
    name: str
    row: str
    blocks: Sequence["Block"]
    fixed: Sequence[FixedRow]
    add: str
    line: bool


class FoldedLines(TypedDict):
    """Lines that are folded; one press gives one answer for all that have none, and the next press takes it back."""

    title: str
    lines: Sequence[FixedRow]
    at_once: Option
    undo: str


class OutcomesBlock(TypedDict):
    """Lines of which each says what it is about and what became of it: the first of `blocks` asks that.

    A line unfolds to its blocks; an answer in `asks` leads on to another field of the line.
    """

    type: Literal["outcomes"]
    name: str
    blocks: Sequence["Block"]
    fixed: Sequence[FixedRow]
    asks: Mapping[str, str]
    others: FoldedLines


class SortingBlock(TypedDict):
    """The lines of the text of a field; each has buttons called by `act`, one of `kinds`, and the place of the line."""

    type: Literal["sorting"]
    name: str
    act: str
    kinds: Sequence[Option]


class ActBlock(TypedDict):
    """A button."""

    type: Literal["act"]
    name: str
    label: str
    quiet: bool


class PageBlock(TypedDict):
    """A whole page, shown as its readers will see it."""

    type: Literal["page"]
    title: str
    html: str


#: What a form is made of.
Block = (
    ProseBlock
    | SectionBlock
    | FoldBlock
    | LinesBlock
    | TextBlock
    | StartersBlock
    | SecretBlock
    | DayBlock
    | PickBlock
    | ChoiceBlock
    | FlagBlock
    | RowsBlock
    | OutcomesBlock
    | SortingBlock
    | ActBlock
    | PageBlock
)


class LockTerms(TypedDict):
    """How a page can lock itself: the lock, after how many seconds, whether there is a passphrase, and what to say."""

    of: str
    after: float
    locks: bool
    plain: bool | None
    risk: str | None


class DayTerms(TypedDict):
    """What days are read and written by: the day it is, the language, and the day the two meet again, if any."""

    today: str
    language: str
    meeting: str | None


class Spoken(TypedDict):
    """The language that is spoken, and what the page says by itself: by the English sentence, all its forms."""

    language: str
    sentences: Mapping[str, Sequence[str]]


class RoomTerms(TypedDict):
    """Where a form stands in its session: what the map calls it, whether it is begun, and which part is open."""

    step: str
    begun: bool
    open: str


class FormMessage(TypedDict):
    """A form as it stands, for one view or for all; while there is a `gate`, it is said in its place."""

    type: Literal["form"]
    view: str | None
    key: str
    title: str
    heading: str | None
    lead: str
    blocks: Sequence[Block]
    values: Mapping[str, str]
    gate: str | None
    kept: str | None
    days: NotRequired[DayTerms]
    held: NotRequired[bool]
    room: NotRequired[RoomTerms]
    searches: NotRequired[Literal["alone", "both"]]
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


class KeptMessage(TypedDict):
    """What a view has sent is on disk, since `at`; in a form of which nothing is kept, it has been heard."""

    type: Literal["kept"]
    view: str
    touched: Mapping[str, int]
    at: str | None
    status_talk: NotRequired[Mapping[str, bool]]
    begun: NotRequired[bool]


class RefusedMessage(TypedDict):
    """What was sent could not be taken in."""

    type: Literal["refused"]
    view: str | None
    reason: str


class ChangedMessage(TypedDict):
    """Fields that another view, or the kernel, has changed."""

    type: Literal["changed"]
    view: str | None
    key: str
    values: Mapping[str, str]


class GateMessage(TypedDict):
    """The form is closed, and why, or open."""

    type: Literal["gate"]
    why: str | None


class DownloadMessage(TypedDict):
    """A file for the browser's downloads; its bytes come beside the message."""

    type: Literal["download"]
    name: str


class ProblemsMessage(TypedDict):
    """What is wrong with fields, by their names, and one sentence for all."""

    type: Literal["problems"]
    fields: Mapping[str, str]
    text: str


class SaidMessage(TypedDict):
    """What came of a button; whether the form is to come into sight."""

    type: Literal["said"]
    text: str
    show: NotRequired[bool]


class DrawnMessage(TypedDict):
    """What was drawn."""

    type: Literal["page"]
    html: str
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


class BusyMessage(TypedDict):
    """Something is being drawn; whether what was drawn before must go at once."""

    type: Literal["busy"]
    blank: bool


class FoundHit(TypedDict):
    """What was found: about what, and its sentences in pieces, of which some are what was looked for."""

    workbook: str
    entry: str
    about: str
    sentences: Sequence[Sequence[tuple[str, bool]]]


class FoundSession(TypedDict):
    """What was found of one session."""

    title: str
    hits: Sequence[FoundHit]


class FoundMessage(TypedDict):
    """What was found, for the view that has asked, by the number of its question; and how much that is, or why not."""

    type: Literal["found"]
    view: str
    number: int
    private: bool
    sessions: Sequence[FoundSession]
    text: str


class PastVersion(TypedDict):
    """What was said of something on one day."""

    about: str
    words: Sequence[str]


class PastMessage(TypedDict):
    """What something said before, and what was told of it later, newest first."""

    type: Literal["past"]
    view: str
    number: int
    versions: Sequence[PastVersion]


class LockingMessage(TypedDict):
    """The kernel is about to lock: what is not kept is to be handed over."""

    type: Literal["locking"]
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


class LockedMessage(TypedDict):
    """It is locked; whether a passphrase opens it."""

    type: Literal["locked"]
    asks: bool
    blank: str
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


class WrongMessage(TypedDict):
    """What was typed into the cover opens nothing."""

    type: Literal["wrong"]
    text: str
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


class UnlockedMessage(TypedDict):
    """The cover goes."""

    type: Literal["unlocked"]
    lock: NotRequired[LockTerms]
    spoken: NotRequired[Spoken]


#: What the kernel tells a page.
KernelMessage = (
    FormMessage
    | KeptMessage
    | RefusedMessage
    | ChangedMessage
    | GateMessage
    | DownloadMessage
    | ProblemsMessage
    | SaidMessage
    | DrawnMessage
    | BusyMessage
    | FoundMessage
    | PastMessage
    | LockingMessage
    | LockedMessage
    | WrongMessage
    | UnlockedMessage
)


class Changes:
    """The changes of all views, each field as the last change of each view left it."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str, str], int] = {}
        self._kept: dict[tuple[str, str, str], int] = {}

    def take(self, name: str, values: dict[str, str], message: WordsMessage) -> dict[str, str]:
        """Take over the fields that a view changed, unless a later change of the same view is here already.

        The same change is taken over again until it is kept. After that, what was moved or erased meanwhile would come
        back with a message that the view has repeated.

        Parameters
        ----------
        name
            The form.
        values
            Its values, which are brought up to date.
        message
            What the view has sent: the `values` that are not kept yet, and as `touched` their fields, each with a
            number that grows.

        Returns
        -------
        dict of str to str
            What was taken over.
        """
        changed = {}
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            if self._taken.get(place, -1) <= sequence and self._kept.get(place, -1) < sequence:
                self._taken[place] = sequence
                changed[field] = values[field] = storable(str(message["values"][field]))
        return changed

    def kept(self, name: str, message: WordsMessage) -> None:
        """Take note that what a message has changed, or a later one before it, is on disk."""
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            self._kept[place] = max(self._kept.get(place, -1), sequence)


class Heard:
    """What was heard of each view of a form, so that nothing is taken over or done twice.

    A view numbers its changes and its presses of buttons; a message repeats all of them that were not answered yet.
    """

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], int] = {}
        self._pressed: set[tuple[str, int]] = set()

    def changed(self, message: WordsMessage) -> dict[str, str]:
        """Return the values of the fields that were changed later than anything that was heard of them before."""
        view, values = message["view"], message["values"]
        news = {name: at for name, at in message["touched"].items() if at > self._latest.get((view, name), -1)}
        self._latest |= {(view, name): at for name, at in news.items()}
        return {name: values[name] for name in news}

    def pressed(self, message: WordsMessage) -> str | None:
        """Return the button that was pressed, unless this press was heard before."""
        act, pressed = message["act"], message["pressed"]
        if act is None or pressed is None or (message["view"], pressed) in self._pressed:
            return None
        self._pressed.add((message["view"], pressed))
        return str(act)
