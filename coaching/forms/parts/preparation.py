"""Preparation: what to have in mind before a session, for the holder of this copy alone."""

from collections.abc import Iterable
from datetime import date

from coaching.forms.engine.blocks import Block, Options, pick, prose, section, text
from coaching.forms.engine.values import said
from coaching.forms.parts.notes import who_may_read
from coaching.forms.parts.promises import is_due, open_items
from coaching.forms.parts.questions import FOR, OWN, chosen, in_turn
from coaching.i18n import in_words, say
from coaching.metrics.mission.statements import versions
from coaching.model.entries import PRIVATE_FOR, Note, Preparation, Session
from coaching.model.prompts import offered
from coaching.model.vocabulary import Segment, Side, Topic, Visibility
from coaching.workbook.context import Context, Records, Values
from coaching.workbook.questions import asked_lately, living, prepared_prompt

_DEPTHS = {1: "light", 2: "deeper", 3: "deepest"}
_PARTS = (
    (Segment.OPENING, "Opening"),
    (Segment.YOURSELF, "Talk about yourself"),
    (Segment.DREAMS, "Talk about your dreams"),
    (Segment.WHO_WHAT_WHEN, "Who does what by when"),
    (Segment.CLOSING, "Closing"),
)


class PreparationForm:
    """The form in which a session is prepared."""

    name = "preparation"
    title = "Preparation"

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Prepare")

    def lead(self, _context: Context) -> str:
        """Return the sentence under the title."""
        return "For you alone, before you sit down together. It is out of sight while you talk."

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: what was promised and said, what to keep in mind, and the questions."""
        mind = text("mind", "What I want to keep in mind", hint=who_may_read(context), rows=2)
        return [*_known(context), mind, _questions(context), _own_question()]

    def values(self, context: Context) -> dict[str, str]:
        """Return what is prepared for this session."""
        entry = context.first(Preparation)
        if entry is None:
            return {}
        values = {"mind": entry.text, "pushing": entry.pushing, OWN: entry.question, FOR: entry.segment}
        for segment, _ in _PARTS:
            prompt = prepared_prompt(entry, segment)
            values[chosen(segment)] = prompt.text if prompt else None
        return {name: value or "" for name, value in values.items()}

    def records(self, context: Context, values: Values) -> Records:
        """Return what is prepared."""
        identity = context.identity(Preparation)
        questions = tuple(words for segment, _ in _PARTS if (words := said(values, chosen(segment))))
        fields = {
            "text": said(values, "mind"),
            "prompts": questions or None,
            "pushing": said(values, "pushing"),
            "question": said(values, OWN),
            "segment": said(values, FOR),
        }
        if not any(fields.values()):
            return {identity: None}
        expires_on = context.held_on + PRIVATE_FOR if context.holder is Side.COACH else None
        own = Visibility.PRIVATE
        return {identity: context.record(Preparation, identity, context.holder, own, **fields, expires_on=expires_on)}

    def undecided(self, _context: Context, _values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed: nothing here."""
        return {}


def _known(context: Context) -> list[Block]:
    """Return what stands from before: promises, the last takeaway, the mission statement in force."""
    items, name = open_items(context), context.coachee.name
    own = [item for item in items if item["owner"] == Side.COACH]
    mine = [f"{item['what']} · by {in_words(item['due'], context.held_on)}" for item in own]
    due = [item["what"] for item in items if item["owner"] != Side.COACH and is_due(item, context)]
    taken = [entry for entry in context.earlier.values() if isinstance(entry, Note) and entry.topic == Topic.TAKEAWAY]
    last = max(taken, key=lambda entry: entry.held_on or context.held_on, default=None)
    in_force = versions(context.before, context.held_on)
    agreed = _agreed_day(context)
    return [
        *([prose(f"You said you would meet on {in_words(agreed, context.held_on)}.")] if agreed else []),
        section("You promised", _listed(mine, "Nothing is open.")),
        section(f"Due by today, {name}", _listed(due, "Nothing is due.")),
        *(
            [section("What went out of the door last time", [prose(last.text, tone="quote")])]
            if last and last.text
            else []
        ),
        *([section("The mission statement in force", [prose(in_force[-1].text, tone="quote")])] if in_force else []),
    ]


def _agreed_day(context: Context) -> date | None:
    """Return the day on which the last session said that the two would meet again."""
    sessions = [one for one in context.earlier.values() if isinstance(one, Session) and one.held_on]
    last = max(sessions, key=lambda session: (session.held_on, session.number or 0), default=None)
    return last.next_on if last else None


def _listed(words: Iterable[str], nothing: str) -> list[Block]:
    return [prose(each) for each in words] or [prose(nothing)]


def _questions(context: Context) -> Block:
    picks = [pick(chosen(segment), title, _options(context, segment)) for segment, title in _PARTS]
    return section("Questions for today", picks, hint="One for each part. Any of them can be passed without a reason.")


def _options(context: Context, segment: Segment) -> Options:
    """Return the questions of a part by depth; those asked lately come last, and say so."""
    lately = asked_lately(context, segment)
    choices = offered(segment, context.number, living(context.threads))
    by_depth = sorted(choices, key=lambda prompt: (prompt.text in lately, prompt.depth))
    again = "asked lately, "
    options = [(p.text, f"{again if p.text in lately else ''}{_DEPTHS[p.depth]}: {p.text}") for p in by_depth]
    return [("", f"in turn: {in_turn(context, segment)}"), *options]


def _own_question() -> Block:
    parts = [("", "not today"), *((segment.value, title) for segment, title in _PARTS)]
    return section(
        "A question of your own",
        [
            text(
                "pushing", "As it first comes to mind", hint="Does it push? Why did you not, would it not be better …"
            ),
            text(OWN, "Turned into an open one", hint="Begin with what, how, when or who, and leave the answer open."),
            pick(FOR, "Ask it in", parts),
        ],
    )
