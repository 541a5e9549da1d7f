"""Talk about your dreams: what each loves, and at the end the decision about the mission statement."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from coaching.forms.engine.blocks import (
    Block,
    choice,
    equals,
    filled,
    flag,
    prose,
    readers,
    rows,
    section,
    starters,
    text,
)
from coaching.forms.engine.values import row, row_keys, said
from coaching.forms.parts.coach_first import (
    coach_first,
    coach_first_boxes,
    coach_first_values,
    coach_went_first,
)
from coaching.forms.parts.notes import NoteField, is_said_today, note_records, note_values, segment_record
from coaching.forms.parts.strengths import strength_records, strength_values, strengths
from coaching.forms.parts.themes import theme_records, theme_values, themes
from coaching.forms.parts.threads import thread_lines, thread_records, thread_values, told_of, went_on
from coaching.i18n import say, to_say
from coaching.l10n import in_words
from coaching.metrics.mission.statements import versions
from coaching.model.entries import Dream, Mission, Progress, SegmentState
from coaching.model.vocabulary import DreamStatus, MissionDecision, Segment, Side, ThreadKind, Topic, Visibility
from coaching.text import is_blank
from coaching.workbook.context import Context, Records, Values

_COACH = NoteField("coach_dream", Segment.DREAMS, Topic.DREAM, Side.COACH, to_say("Something you love, or long for"))
_COACHEE = (
    NoteField("coachee_joy", Segment.DREAMS, Topic.JOY, Side.COACHEE, to_say("What {name} loves doing"), rows=3),
    NoteField("coachee_dream", Segment.DREAMS, Topic.DREAM, Side.COACHEE, to_say("What else was said"), rows=3),
)


class Dreams:
    """The form of the part *talk about your dreams*."""

    segment = Segment.DREAMS
    name = segment.value
    title = to_say("Talk about your dreams")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Dreams")

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""
        return say(
            "What do you each love doing? It ends with {name}’s own sentence, or without one.",
            name=context.coachee.name,
        )

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: the coach's side, the coachee's, then the mission decision."""
        name = context.coachee.name
        told = [filled(_COACH.name), *went_on(context, Side.COACH, ThreadKind.DREAM)]
        return [
            section(
                say("Your side"),
                [
                    *thread_lines(context, Side.COACH, ThreadKind.DREAM),
                    _COACH.block(context),
                    *coach_first_boxes(context, told),
                ],
            ),
            section(
                say("{name}’s turn", name=name),
                [
                    *thread_lines(context, Side.COACHEE, ThreadKind.DREAM),
                    starters([note.block(context) for note in _COACHEE]),
                    self._dreams(context),
                    strengths(context),
                ],
                when=coach_went_first(told),
            ),
            section(
                say("The mission statement"),
                self._mission(context),
                hint=say("{name} decides. Every answer is good.", name=name),
            ),
            self._themes(context),
        ]

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""
        state = context.first(SegmentState, segment=self.segment)
        values = note_values([_COACH, *_COACHEE], context) | coach_first_values(state)
        values["decision"] = state.decision.value if state and state.decision else ""
        mission = context.first(Mission)
        if words := mission or _proposed(context):
            values |= {"mission": words.text or "", "why_changed": words.why_changed or ""}
            values["confirmed"] = "true" if mission and mission.confirmed else ""
        for dream in _shown(context.owned(Dream)):
            start = f"dream.{dream.id}"
            values |= {f"{start}.title": dream.title or "", f"{start}.text": dream.text or ""}
            values[f"{start}.no_plan"] = "true" if dream.wants_plan is False else ""
            values[f"{start}.text:seen"] = dream.visibility.value
        return values | thread_values(context, ThreadKind.DREAM) | strength_values(context) | theme_values(context)

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""
        coach = note_records([_COACH], context, values)
        coachee = note_records(_COACHEE, context, values)
        new = self._new_dreams(context, values)
        mission = self._mission_record(context, values)
        lines = thread_records(context, values, ThreadKind.DREAM)
        told = told_of(lines, context, ThreadKind.DREAM, owner=Side.COACHEE)
        told += [identity for identity, record in new.items() if record]
        touched = _touched(context, told, asked=new)
        leaning_on = strength_records(context, values)
        named = theme_records(context, values)
        other_side = any(coachee.values()) or bool(touched) or any(mission.values())
        wrote = any(coach.values()) or bool(told_of(lines, context, ThreadKind.DREAM, owner=Side.COACH))
        state = segment_record(
            self.segment,
            context,
            coach_first=coach_first(values, wrote=wrote, other_side=other_side),
            decision=said(values, "decision"),
            dreams=touched or None,
        )
        return coach | coachee | new | lines | mission | leaning_on | named | state

    def undecided(self, context: Context, values: Values) -> dict[str, str]:
        """Return the mission decision, if the part took place without it."""
        decision = values.get("decision")
        if not decision and is_said_today(self.records(context, values), context):
            return {"decision": say("{name} decides: new, keep, not yet or pass.", name=context.coachee.name)}
        if decision == MissionDecision.NEW and not said(values, "mission"):
            return {"mission": say("Write the statement, or choose another answer.")}
        if decision == MissionDecision.NEW and not values.get("confirmed"):
            return {
                "confirmed": say(
                    "{name} has not confirmed these words: they stay a proposal.", name=context.coachee.name
                )
            }
        return {}

    def _dreams(self, context: Context) -> Block:
        seen = readers(Side.COACHEE, context.holder)
        new = [
            text("title", say("In a few words")),
            text("text", say("In more words"), rows=2, seen=seen),
            flag("no_plan", say("No plan wanted; it may just be there")),
        ]
        return rows("dream", say("Dream"), new, add=say("Write down a dream"))

    def _themes(self, context: Context) -> Block:
        """Return the themes, once there is a statement of which they could be; those that are named stay in sight."""
        has_some = theme_values(context) or versions(context.before, context.held_on)
        dreams = [*_named(_earlier_dreams(context)), *_named(_shown(context.owned(Dream)))]
        return themes(context, dreams, when=None if has_some else [filled("mission")])

    def _mission(self, context: Context) -> list[Block]:
        in_force = versions(context.before, context.held_on)
        name = context.coachee.name
        later = [(MissionDecision.NOT_YET.value, say("not yet")), (MissionDecision.PASSED.value, say("pass"))]
        if in_force:
            today = prose(in_force[-1].text, tone="quote")
            asked, label = say("What does {name} want to do with it?", name=name), say("The new statement")
            options = [
                (MissionDecision.NEW.value, say("a new one")),
                (MissionDecision.KEEP.value, say("keep it")),
                *later,
            ]
            why = [text("why_changed", say("Why it changed"), rows=2, when=[filled("mission")])]
        else:
            unless_new = [equals("decision", *("", *(value for value, _ in later)))]
            today = prose(say("There is none yet, and that is fine."), when=unless_new)
            asked, label = say("Does {name} want to write one?", name=name), say("The first statement")
            options, why = [(MissionDecision.NEW.value, say("yes")), *later], []
        return [
            today,
            *_offered(context),
            choice("decision", asked, options),
            section(
                "",
                [
                    text("mission", label, hint=say("{name}’s own words.", name=name), rows=3),
                    *why,
                    flag("confirmed", say("{name} confirms these words", name=name), when=[filled("mission")]),
                ],
                when=[equals("decision", MissionDecision.NEW.value)],
            ),
        ]

    def _mission_record(self, context: Context, values: Values) -> Records:
        entry = context.first(Mission)
        identity = context.identity(Mission)
        words = said(values, "mission")
        in_force = versions(context.before, context.held_on)
        if not words or (in_force and words.split() == in_force[-1].text.split()):
            return {identity: None}
        chosen, proposed = values.get("decision") == MissionDecision.NEW, _proposed(context)
        if proposed and not chosen and words == proposed.text:  # it stands in their own words already
            return {identity: None}
        numbers = [mission.number or 0 for mission in context.earlier.values() if isinstance(mission, Mission)]
        return {
            identity: context.record(
                Mission,
                identity,
                Side.COACHEE,
                number=entry.number if entry else max(numbers, default=0) + 1,
                text=words,
                why_changed=said(values, "why_changed"),
                confirmed=chosen and bool(values.get("confirmed")),
            )
        }

    def _new_dreams(self, context: Context, values: Values) -> Records:
        labels = context.labels(Dream, "D")
        records: Records = {}
        for key in row_keys(values, "dream"):
            fields = row(values, "dream", key)
            records[key] = None
            if fields.get("removed") or not (said(fields, "title") or said(fields, "text")):
                continue
            visibility = fields.get("text:seen") or Visibility.PAIR
            records[key] = context.record(
                Dream,
                key,
                Side.COACHEE,
                visibility,
                label=labels(key, visibility),
                title=said(fields, "title"),
                text=said(fields, "text"),
                wants_plan=not fields.get("no_plan"),
            )
        return records


def _proposed(context: Context) -> Mission | None:
    """Return the newest statement that the coachee has proposed since the one in force, between two sessions."""
    in_force = versions(context.before, context.held_on)
    since, known = (in_force[-1].held_on, in_force[-1].text.split()) if in_force else (date.min, [])
    proposals = [
        entry
        for entry in context.earlier.values()
        if isinstance(entry, Mission)
        and not (entry.confirmed or entry.session)
        and (entry.held_on or date.min) >= since
        and not is_blank(entry.text)
        and (entry.text or "").split() != known
    ]
    return max(proposals, key=lambda entry: entry.rev, default=None)


def _offered(context: Context) -> list[Block]:
    """Return what the coachee has proposed; nothing once this session has words of its own."""
    proposed = None if context.first(Mission) else _proposed(context)
    if proposed is None:
        return []
    name, day = context.coachee.name, in_words(proposed.held_on or context.held_on, context.held_on)
    about = say("{name} proposed this on {day}. A new one begins with these words.", name=name, day=day)
    return [prose(proposed.text or "", tone="quote"), prose(about, tone="hint")]


def _earlier_dreams(context: Context) -> list[Dream]:
    dreams = _shown(entry for entry in context.earlier.values() if isinstance(entry, Dream))
    return sorted(dreams, key=lambda dream: (dream.held_on is not None, dream.held_on, dream.label or "", dream.id))


def _named(dreams: Iterable[Dream]) -> list[tuple[str, str]]:
    return [(dream.id, dream.title or dream.text or dream.label or "") for dream in dreams]


def _shown(dreams: Iterable[Dream]) -> list[Dream]:
    return [dream for dream in dreams if dream.dream_status is not DreamStatus.ERASED]


def _touched(context: Context, told: Sequence[str], asked: Collection[str]) -> tuple[str, ...]:
    """Return the dreams that came up: those noted so far that the form still tells of or does not ask, and more."""
    state = context.first(SegmentState, segment=Segment.DREAMS)
    lines = {line.about for line in context.owned(Progress) if line.status or line.text}
    ids = (state.dreams if state else None) or ()
    still = [identity for identity in ids if identity in told or identity not in (*asked, *lines)]
    return (*still, *(identity for identity in told if identity not in still))
