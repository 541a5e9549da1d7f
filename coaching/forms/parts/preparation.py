"""Preparation: what to have in mind before a session, for the holder of this copy alone."""

from collections.abc import Sequence
from datetime import date

from coaching.forms.engine.blocks import (
    Block,
    Options,
    act,
    filled,
    flag,
    fold,
    pick,
    prose,
    rows,
    section,
    text,
    worded,
)
from coaching.forms.engine.values import row, row_keys, said
from coaching.forms.parts.notes import who_may_read
from coaching.forms.parts.old_words import old_words
from coaching.forms.parts.promises import is_due, open_items
from coaching.forms.parts.questions import FOR, OWN, chosen, in_turn
from coaching.i18n import say, say_prompt, to_say
from coaching.l10n import in_words
from coaching.metrics.mission.statements import versions
from coaching.model.entries import Note, Preparation, Question, Reminder, Session
from coaching.model.prompts import offered
from coaching.model.vocabulary import Segment, Side, Topic, Visibility
from coaching.workbook.between import NOTE, QUESTION, expiry, own_questions, waiting
from coaching.workbook.context import Context, Record, Records, Values
from coaching.workbook.questions import asked_lately, living, prepared_prompt

#: Begins the name of a button that takes away a note, or a question of one's own.
AWAY = "away."
_NOTES = "reminder"
_KEEP = "question_kept"
#: So many promises of one side stand in sight; the others are folded.
_IN_SIGHT = 20
_PARTS = (
    (Segment.OPENING, to_say("Opening")),
    (Segment.YOURSELF, to_say("Talk about yourself")),
    (Segment.DREAMS, to_say("Talk about your dreams")),
    (Segment.WHO_WHAT_WHEN, to_say("Who does what by when")),
    (Segment.CLOSING, to_say("Closing")),
)
_TITLES = dict(_PARTS)
_WHERE = [("", to_say("nowhere, it is a note")), *_PARTS]


class PreparationForm:
    """The form in which a session is prepared."""

    name = "preparation"
    title = to_say("Preparation")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Prepare")

    def lead(self, _context: Context) -> str:
        """Return the sentence under the title."""
        return say("For you alone, before you sit down together. It is out of sight while you talk.")

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: what was promised and said, what to keep in mind, and the questions."""
        mind = text("mind", say("What I want to keep in mind"), hint=who_may_read(context), rows=2)
        known = [*_waiting(context), *_known(context), *old_words(context)]
        return [*known, mind, _for_later(), _questions(context), *_own_questions(context)]

    def values(self, context: Context) -> dict[str, str]:
        """Return what is prepared for this session."""
        values: dict[str, str | None] = {}
        for note in context.owned(Reminder):
            start = f"{_NOTES}.{note.id}"
            values |= {f"{start}.text": note.text, f"{start}.segment": note.segment}
        entry = context.first(Preparation)
        if entry:
            values |= {"mind": entry.text, "pushing": entry.pushing, OWN: entry.question, FOR: entry.segment}
            values |= {chosen(segment): _chosen(context, entry, segment) for segment, _ in _PARTS}
        if context.first(Question):
            values[_KEEP] = "true"
        return {name: value or "" for name, value in values.items()}

    def records(self, context: Context, values: Values) -> Records:
        """Return what is prepared, the notes beside it, and a question of one's own that is to be kept."""
        notes = {key: _note(context, key, row(values, _NOTES, key)) for key in row_keys(values, _NOTES)}
        return notes | _kept_question(context, values) | self._prepared(context, values)

    def _prepared(self, context: Context, values: Values) -> Records:
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
        expires_on = expiry(context.holder, context.held_on)
        own = Visibility.PRIVATE
        return {identity: context.record(Preparation, identity, context.holder, own, **fields, expires_on=expires_on)}

    def undecided(self, _context: Context, _values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed: nothing here."""
        return {}


def _note(context: Context, key: str, fields: Values) -> Record:
    words = said(fields, "text")
    if fields.get("removed") or not words:
        return None
    label = context.labels(Reminder, NOTE)(key, Visibility.PRIVATE)
    told = {"text": words, "segment": said(fields, "segment"), "label": label}
    expires_on = expiry(context.holder, context.held_on)
    return context.record(Reminder, key, context.holder, Visibility.PRIVATE, **told, expires_on=expires_on)


def _kept_question(context: Context, values: Values) -> Records:
    identity, words, segment = context.identity(Question), said(values, OWN), said(values, FOR)
    if not (values.get(_KEEP) and words and segment):
        return {identity: None}
    label = context.labels(Question, QUESTION)(identity, Visibility.PRIVATE)
    fields = {"text": words, "segment": segment, "label": label}
    return {identity: context.record(Question, identity, context.holder, Visibility.PRIVATE, **fields)}


def _of_ones_own(context: Context, segment: str) -> dict[str, str]:
    """Return what is not of the catalogue and can be chosen for a part: what each is, by its words."""
    notes = waiting(context.earlier.values(), context.held_on)
    to_ask = {note.text: say("you wanted to ask") for note in notes if note.segment == segment}
    own = {one.text: say("your own") for one in own_questions(context.earlier.values(), Segment(segment))}
    return {words: what for words, what in (own | to_ask).items() if words}


def _chosen(context: Context, prepared: Preparation, segment: Segment) -> str | None:
    prompt = prepared_prompt(prepared, segment)
    if prompt:
        return prompt.text
    own = _of_ones_own(context, segment)
    return next((words for words in prepared.prompts or () if words in own), None)


def _waiting(context: Context) -> list[Block]:
    """Return the notes that were kept since the last session."""
    shown: list[Block] = []
    for note in waiting(context.earlier.values(), context.held_on):
        shown += [prose(note.text or "", tone="quote"), prose(_kept_on(context, note), tone="hint")]
        shown.append(act(f"{AWAY}{note.id}", say("Take it away"), quiet=True))
    return [section(say("Kept for this time"), shown, hint=who_may_read(context))] if shown else []


def _kept_on(context: Context, note: Reminder) -> str:
    if not note.held_on:
        return ""
    day = in_words(note.held_on, context.held_on)
    if not note.segment:
        return say("Kept on {day}.", day=day)
    return say("Kept on {day}, to ask in “{part}”.", day=day, part=say(_TITLES[note.segment]))


def _for_later() -> Block:
    fields = [text("text", say("What to come back to"), rows=2), pick("segment", say("Ask it in"), worded(_WHERE))]
    return fold(say("Notes, and things to ask"), [rows(_NOTES, say("Note"), fields, add=say("Add a note"))])


def _known(context: Context) -> list[Block]:
    """Return what stands from before: promises, the last takeaway, the mission statement in force."""
    items, name = open_items(context), context.coachee.name
    own = [item for item in items if item["owner"] == Side.COACH]
    mine = [" · ".join([item["what"], say("by {day}", day=in_words(item["due"], context.held_on))]) for item in own]
    due = [item["what"] for item in items if item["owner"] != Side.COACH and is_due(item, context)]
    taken = [entry for entry in context.earlier.values() if isinstance(entry, Note) and entry.topic == Topic.TAKEAWAY]
    last = max(taken, key=lambda entry: entry.held_on or context.held_on, default=None)
    in_force = versions(context.before, context.held_on)
    agreed = _agreed_day(context)
    return [
        *([prose(say("You said you would meet on {day}.", day=in_words(agreed, context.held_on)))] if agreed else []),
        section(say("You promised"), _listed(mine, say("Nothing is open."))),
        section(say("Due by today, {name}", name=name), _listed(due, say("Nothing is due."))),
        *(
            [section(say("What {name} took along last time", name=name), [prose(last.text, tone="quote")])]
            if last and last.text
            else []
        ),
        *(
            [section(say("The mission statement in force"), [prose(in_force[-1].text, tone="quote")])]
            if in_force
            else []
        ),
    ]


def _agreed_day(context: Context) -> date | None:
    """Return the day on which the last session said that the two would meet again."""
    sessions = [one for one in context.earlier.values() if isinstance(one, Session) and one.held_on]
    last = max(sessions, key=lambda session: (session.held_on, session.number or 0), default=None)
    return last.next_on if last else None


def _listed(words: Sequence[str], nothing: str) -> list[Block]:
    more = [prose(each) for each in words[_IN_SIGHT:]]
    rest = [fold(say("{count} more", count=len(more)), more)] if more else []
    return [*(prose(each) for each in words[:_IN_SIGHT]), *rest] or [prose(nothing)]


def _questions(context: Context) -> Block:
    picks = [
        pick(chosen(segment), say(title), _options(context, segment), another=say("Another"))
        for segment, title in _PARTS
    ]
    return section(
        say("Questions for today"), picks, hint=say("One for each part. Any of them can be passed without a reason.")
    )


def _options(context: Context, segment: Segment) -> Options:
    """Return the questions of a part: the one whose turn it is, one's own, then the others from light to deep.

    Those asked lately come last, and say so.
    """
    lately, own = asked_lately(context, segment), _of_ones_own(context, segment)
    choices = offered(segment, context.number, living(context.threads))
    by_depth = sorted(choices, key=lambda prompt: (prompt.text in lately, prompt.depth))
    turn, prepared = in_turn(context, segment), context.first(Preparation)
    is_kept = prepared is not None and _chosen(context, prepared, segment) == turn
    others = [prompt.text for prompt in by_depth if is_kept or prompt.text != turn]
    asked = {words: say("{question} (asked lately)", question=say_prompt(words)) for words in lately}
    told = {words: say("{question} ({what})", question=words, what=what) for words, what in own.items()}
    return [("", say_prompt(turn)), *told.items(), *((one, asked.get(one, say_prompt(one))) for one in others)]


def _own_questions(context: Context) -> list[Block]:
    parts = [("", say("not today")), *worded(_PARTS)]
    own = section(
        say("A question of your own"),
        [
            text(
                "pushing",
                say("As it first comes to mind"),
                hint=say("Does it push? Why did you not, would it not be better …"),
            ),
            text(
                OWN,
                say("Turned into an open one"),
                hint=say("Begin with what, how, when or who, and leave the answer open."),
            ),
            pick(FOR, say("Ask it in"), parts),
            flag(_KEEP, say("Keep it among my own questions, to be chosen again"), when=[filled(FOR)]),
        ],
    )
    kept = own_questions(context.earlier.values())
    shown: list[Block] = []
    for one in kept:
        where = say(_TITLES[one.segment]) if one.segment else ""
        shown += [prose(one.text or "", tone="quote"), prose(where, tone="hint")]
        shown.append(act(f"{AWAY}{one.id}", say("Take it away"), quiet=True))
    return [own, *([fold(say("Your own questions ({count})", count=len(kept)), shown)] if kept else [])]
