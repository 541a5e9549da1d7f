"""Who does what by when: it starts from who the coachee wants to become."""

from collections.abc import Callable

from coaching.forms.engine.blocks import (
    BETWEEN_US,
    OTHERS_TOO,
    Block,
    choice,
    day,
    equals,
    filled,
    flag,
    fold,
    pick,
    rows,
    section,
    shortened,
    text,
    worded,
)
from coaching.forms.engine.values import day_or_none, row, row_keys, said
from coaching.forms.parts.drafts import draft_lines, draft_records, draft_values, undecided_drafts
from coaching.forms.parts.notes import NoteField, is_said_today, note_records, note_values, segment_record
from coaching.forms.parts.strengths import supporter_records, supporter_values, supporters
from coaching.forms.parts.threads import lines_and_folds, living, thread_records, thread_values
from coaching.i18n import say, to_say
from coaching.metrics.threads import Thread
from coaching.model.entries import LEVELS, Becoming, Dream, Item, ItemEvent, Note, SegmentState
from coaching.model.vocabulary import (
    ItemEventKind,
    Origin,
    Ownership,
    Segment,
    Side,
    ThreadKind,
    Topic,
    Visibility,
)
from coaching.workbook.context import Context, Records, Values

_NEW, _OPEN = "new", "open"
#: What leads from a wish to the first move, in the order in which it is asked.
_PATH = ("wish", "best_outcome", "obstacle", "if_then")
_LEVELS = tuple(f"level_{number}" for number in range(LEVELS))
_OBSTACLE = NoteField(
    "obstacle",
    Segment.WHO_WHAT_WHEN,
    Topic.OBSTACLE,
    Side.COACHEE,
    to_say("What will pull the other way?"),
    to_say("In you or around you."),
    1,
)


class WhoWhatWhen:
    """The form of the part *who does what by when*."""

    segment = Segment.WHO_WHAT_WHEN
    name = segment.value
    title = to_say("Who does what by when")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Who, what, when")

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""
        return say("Start from who {name} wants to become; what to do comes after.", name=context.coachee.name)

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: becoming first, then the action items."""
        becomings = [(becoming.id, shortened(becoming.words)) for becoming in self._becomings(context)]
        options = [
            ("", say("choose …")),
            *becomings,
            (_NEW, say("somebody else: say who")),
            (_OPEN, say("leave it open today")),
        ]
        items = rows("item", say("Promise"), self._item(context), add=say("Another promise"), line=True)
        lines, folded = lines_and_folds(context, Side.COACHEE, ThreadKind.BECOMING)
        lying = draft_lines(context)
        return [
            *lines,
            pick("becoming", say("Who does {name} want to become?", name=context.coachee.name), options),
            text("becoming_text", say("In their own words"), rows=2, when=[equals("becoming", _NEW)]),
            section(
                say("Then: who does what by when"),
                [items, _OBSTACLE.block(context), *([lying] if lying else [])],
                hint=say("A promise of your own belongs here too. Without a what, a who or a day it stays a draft."),
                when=[filled("becoming")],
                closed=say("Opens when you have said who, or left it open."),
            ),
            supporters(context),
            *([section(say("Also on the way"), folded)] if folded else []),
        ]

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""
        state = context.first(SegmentState, segment=self.segment)
        new = context.first(Becoming)
        values = note_values([_OBSTACLE], context) | thread_values(context, ThreadKind.BECOMING)
        values |= supporter_values(context) | draft_values(context)
        chosen = (state.becoming or _OPEN) if state else ""
        values["becoming"] = _NEW if new and new.id == chosen else chosen
        values["becoming_text"] = (new.text or "") if new else ""
        for item in context.owned(Item):
            fields = {
                "what": item.what,
                "what:seen": item.visibility,
                "owner": item.owner,
                "by": item.by and item.by.isoformat(),
                **{name: getattr(item, name) for name in _PATH},
                "experiment": "true" if item.experiment else "",
                "serves": item.dream or item.goal,
                "origin": item.origin,
                "ownership": item.ownership,
                **dict(zip(_LEVELS, item.levels or (), strict=False)),
            }
            values |= {f"item.{item.id}.{name}": value or "" for name, value in fields.items()}
        return values

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""
        becoming = self._becoming_record(context, values)
        new = next((identity for identity, record in becoming.items() if record), None)
        chosen = values.get("becoming")
        towards = new if chosen == _NEW else chosen if chosen not in {_OPEN, "", None} else None
        items: Records = {}
        labels = context.labels(Item, "I")
        for key in row_keys(values, "item"):
            items |= self._item_records(context, key, row(values, "item", key), towards, labels)
        items |= draft_records(context, values, towards)
        notes = note_records([_OBSTACLE], context, values)
        lines = thread_records(context, values, ThreadKind.BECOMING)
        counted_on = supporter_records(context, values)
        present = bool(chosen) or is_said_today(items | notes | lines | counted_on, context)
        return (
            becoming
            | items
            | notes
            | lines
            | counted_on
            | segment_record(self.segment, context, present=present, becoming=towards)
        )

    def undecided(self, context: Context, values: Values) -> dict[str, str]:
        """Return the action items that are drafts, and those under the coachee's name that say *not mine*."""
        not_theirs = say(
            "What is not {name}’s cannot stand under that name: take it yourself, or remove it.",
            name=context.coachee.name,
        )
        missing = {
            "what": say("Without a what it stays a draft: nobody has promised it yet."),
            "owner": say("Without a who it stays a draft: nobody has promised it yet."),
            "by": say("Without a day it stays a draft: nobody has promised it yet."),
        }
        undecided = undecided_drafts(context, values)
        for key in row_keys(values, "item"):
            fields = row(values, "item", key)
            if fields.get("removed") or not any(said(fields, name) for name in ("what", "by", *_PATH, *_LEVELS)):
                continue
            undecided |= {f"item.{key}.{name}": words for name, words in missing.items() if not said(fields, name)}
            if _is_not_theirs(fields):
                undecided[f"item.{key}.owner"] = not_theirs
        return undecided

    def _becomings(self, context: Context) -> list[Thread]:
        return living(context, ThreadKind.BECOMING, owner=Side.COACHEE)

    def _item(self, context: Context) -> list[Block]:
        owners = [(Side.COACHEE.value, context.coachee.name), (Side.COACH.value, context.coach.name)]
        origins = [
            (Origin.COACHEE.value, context.coachee.name),
            (Origin.TOGETHER.value, say("both")),
            (Origin.COACH.value, context.coach.name),
        ]
        theirs = [equals(".owner", Side.COACHEE.value)]
        mine = [
            (Ownership.MINE.value, say("mine")),
            (Ownership.CAN_LIVE_WITH_IT.value, say("can live with it")),
            (Ownership.NOT_MINE.value, say("not mine")),
        ]
        serves = [("", say("none")), *_served(context)]
        more = [
            text("wish", say("The wish behind it")),
            text("best_outcome", say("The best that could come of it")),
            text("obstacle", say("What will be in the way, in you most of all")),
            text("if_then", say("If … then …"), hint=say("The moment it will be hard, and the first move then.")),
            flag("experiment", say("An experiment: try it, and see what it shows")),
            pick("serves", say("The dream or goal it serves"), serves),
            choice("ownership", say("{name} says", name=context.coachee.name), mine, when=theirs),
            choice("origin", say("Whose idea was it?"), origins),
            fold(
                say("From much less to much more, in words"),
                [text(name, label) for name, label in zip(_LEVELS, _level_names(), strict=True)],
                name=".levels",
            ),
        ]
        return [
            text("what", say("What"), rows=2, seen=worded([BETWEEN_US, OTHERS_TOO])),
            pick("owner", say("Who"), [("", say("who …")), *owners]),
            day("by", say("By")),
            fold(say("more"), more, name=".more"),
        ]

    def _becoming_record(self, context: Context, values: Values) -> Records:
        identity = context.identity(Becoming)
        words = said(values, "becoming_text")
        if not words:
            return {identity: None}
        label = context.labels(Becoming, "B")(identity, Visibility.PAIR)
        return {identity: context.record(Becoming, identity, Side.COACHEE, label=label, text=words)}

    def _item_records(
        self, context: Context, key: str, fields: dict[str, str], towards: str | None, labels: Callable[[str, str], str]
    ) -> Records:
        agreed = {"item": key, "event": ItemEventKind.AGREED}
        event = context.identity(ItemEvent, key, ItemEventKind.AGREED, **agreed)
        by = day_or_none(fields.get("by"))
        path = {name: said(fields, name) for name in _PATH}
        levels = tuple(said(fields, name) for name in _LEVELS)
        what, serves = said(fields, "what"), said(fields, "serves")
        if fields.get("removed") or not (what or by or any(path.values()) or any(levels)):
            return {key: None, event: None}
        owner = None if _is_not_theirs(fields) or not fields.get("owner") else Side(fields["owner"])
        visibility = fields.get("what:seen") or Visibility.PAIR
        author = owner or Side.COACHEE
        is_goal = isinstance(context.earlier.get(serves or ""), Note)
        item = context.record(
            Item,
            key,
            author,
            visibility,
            label=labels(key, visibility),
            what=what,
            owner=owner,
            person=context.party(owner).id if owner else None,
            by=by,
            becoming=towards,
            dream=None if is_goal else serves,
            goal=serves if is_goal else None,
            **path,
            experiment=bool(fields.get("experiment")) or None,
            levels=levels if any(levels) else None,
            origin=said(fields, "origin"),
            ownership=said(fields, "ownership"),
        )
        complete = what and owner and by
        happened = context.record(ItemEvent, event, author, visibility, **agreed, due_to=by)
        return {key: item, event: happened if complete else None}


def _is_not_theirs(fields: dict[str, str]) -> bool:
    return fields.get("ownership") == Ownership.NOT_MINE and fields.get("owner") == Side.COACHEE


def _served(context: Context) -> list[tuple[str, str]]:
    """Return the dreams, goals and plans that an action item may serve, and what they are called by."""
    today = (dream for dream in context.own if isinstance(dream, Dream) and not dream.erased)
    dreams = [(dream.id, dream.title or dream.text or "") for dream in today]
    threads = living(context, ThreadKind.DREAM, ThreadKind.GOAL, ThreadKind.PLAN)
    readable = (thread for thread in threads if thread.visibility != Visibility.PRIVATE)
    return [*((thread.id, shortened(thread.words)) for thread in readable), *dreams]


def _level_names() -> tuple[str, ...]:
    return say("Much less"), say("Less"), say("As agreed"), say("More"), say("Much more")
