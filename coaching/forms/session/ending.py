"""What happens after a session is closed: the plan is looked at, ticked and taken along, and all is done."""

from collections.abc import Mapping
from enum import Enum, auto

from coaching.errors import CoachingError
from coaching.forms.engine.blocks import Block, fold, pick
from coaching.forms.handout import OPEN, UNTOUCHED, ticked_values, ticks
from coaching.forms.own_copy import GIVE, GivingOwnCopy
from coaching.forms.parts import ending
from coaching.forms.sealing import OPENS, PLAIN, RECIPIENT, how_it_opens, seal_of
from coaching.i18n import say, to_say
from coaching.model.vocabulary import Visibility
from coaching.workbook.context import Context, Records
from coaching.workbook.copies import PLAN, Copies, Outgoing, Wanted, Written, plan_file

_LANGUAGE = "language"
_CHANGED = to_say("Something has changed since this page was shown. Look at it once more, and then download it.")


class _Stage(Enum):
    CARD = auto()
    PLAN = auto()
    OWN = auto()
    DONE = auto()


class Ending:
    """The end of one session.

    Parameters
    ----------
    copies
        The workbooks whose plans are handed out.
    """

    def __init__(self, copies: Copies) -> None:
        self._copies, self._own = copies, GivingOwnCopy(copies)
        self.begin()

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the end of a session>"

    def begin(self) -> None:
        """Begin with the card; nothing of a plan that was looked at is left."""
        self._stage, self._shown = _Stage.CARD, ""
        self._answers: dict[str, str] = {}
        self._ticked: dict[str, str] = {}

    @property
    def is_card(self) -> bool:
        """Whether the card stands there, and not the plan or the last line."""
        return self._stage is _Stage.CARD

    @property
    def values(self) -> dict[str, str]:
        """What is chosen of the plan, by field."""
        return self._answers | self._ticked

    def blocks(self, context: Context, records: Records) -> list[Block]:
        """Return what stands there now; a plan that is shown is what may be taken along."""
        if self._stage is _Stage.DONE:
            return ending.last_line()
        if self._stage is _Stage.CARD:
            return ending.card(context, records, self._own.title(context.workbook))
        if self._stage is _Stage.OWN:
            self._answers = self._own.begun(context.workbook) | self._answers
            return ending.own(self._own.title(context.workbook), self._own.blocks(context.workbook))
        offered = self._copies.offered(context.workbook)
        self._answers = {_LANGUAGE: offered.languages[0][0], OPENS: PLAIN, RECIPIENT: ""} | self._answers
        self._shown = self._page(context)
        choosable = self._copies.choosable(context.workbook)
        self._ticked = ticked_values(choosable)
        language = pick(_LANGUAGE, say("Language"), offered.languages, hint=say(UNTOUCHED))
        how = fold(
            say("How it opens, and in which language"), [language, *how_it_opens(ending.TAKE, itself=True)], name="how"
        )
        others = fold(say("What others may read of it"), ticks(choosable, offered.decides), name="others")
        return ending.plan(context, self._shown, [how, *([others] if choosable else [])])

    def ticked(self, context: Context, changed: Mapping[str, str]) -> bool:
        """Let others read the lines that were ticked, or no longer; return whether there are any."""
        lines = {name.removeprefix(OPEN): bool(value) for name, value in changed.items() if name.startswith(OPEN)}
        for identity, to_others in lines.items():
            self._copies.open(context.workbook, identity, to_others=to_others)
        return bool(lines)

    def answered(self, changed: Mapping[str, str]) -> bool:
        """Take over how the plan leaves; return whether the page is another one by that."""
        self._answers |= {name: value for name, value in changed.items() if name in self._answers}
        return self._stage is _Stage.PLAN and _LANGUAGE in changed

    def press(self, context: Context, act: str | None, secrets: Mapping[str, str]) -> Written | None:
        """Do what a button says; return what is given away by it, which is noted then.

        Raises
        ------
        CoachingError
            If the page is another one than was looked at, or cannot be sealed or written as was said.
        """
        stages = {
            ending.LOOK: _Stage.PLAN,
            ending.OWN: _Stage.OWN,
            ending.BACK: _Stage.CARD,
            ending.DONE: _Stage.DONE,
        }
        self._stage = stages.get(act or "", self._stage)
        if act == GIVE and self._stage is _Stage.OWN:
            written = self._own.give(context.workbook, self._answers, secrets)
            self._stage = _Stage.CARD
            return written
        if act != ending.TAKE or self._stage is not _Stage.PLAN:
            return None
        if self._page(context) != self._shown:
            raise CoachingError(say(_CHANGED))
        file = plan_file(context.coachee.name, context.held_on)
        outgoing = Outgoing(file, "", self._answers[_LANGUAGE], seal_of(self._answers, secrets))
        return self._copies.write(_wanted(context), outgoing)

    def _page(self, context: Context) -> str:
        return self._copies.page(_wanted(context), self._answers[_LANGUAGE])


def _wanted(context: Context) -> Wanted:
    return Wanted(context.workbook, "all", PLAN, Visibility.PAIR.value)
