"""What was written in two places at once: both are shown, and the holder chooses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coaching.forms.engine.blocks import Block, act, prose, section
from coaching.forms.parts.all_parts import FORMS
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.workbook.context import Context, Values

_STAY, _TAKE = "stay", "take"


@dataclass(frozen=True, repr=False)
class Conflict:
    """One entry that says different things in two places.

    Parameters
    ----------
    entry
        Its id.
    rev
        The revision that stands in the other place.
    revs
        The revisions that the choice settles.
    form
        The form in which it shows, or none if no field of any form differs.
    there
        The fields that differ, as they stand in the other place.
    at
        When it was written there.
    """

    entry: str
    rev: int
    revs: tuple[int, ...]
    form: str | None
    there: Mapping[str, str]
    at: str


def found(context: Context, values: Mapping[str, Values]) -> list[Conflict]:
    """Return the conflicts of a session, in the order of the forms.

    Parameters
    ----------
    context
        What is known of the session.
    values
        What the forms hold, by the name of the segment.
    """
    conflicts = [conflict for identity in sorted(context.elsewhere) for conflict in _of(context, values, identity)]
    order = [form.name for form in FORMS]
    return sorted(conflicts, key=lambda conflict: order.index(conflict.form) if conflict.form else -1)


def blocks(conflicts: Sequence[Conflict], form: str, values: Values, form_blocks: Sequence[Block]) -> list[Block]:
    """Return what one form asks about its conflicts.

    Parameters
    ----------
    conflicts
        All conflicts of the session.
    form
        The form.
    values
        What it holds.
    form_blocks
        Its blocks, to call fields by their labels.
    """
    return [
        section(
            say("Written in two places"),
            [
                *_sides(conflict, values, form_blocks),
                # Named by what they are about, not by a place in a list: another form may be older than the list.
                act(_button(_STAY, conflict), say("Keep what stands here")),
                act(_button(_TAKE, conflict), say("Take what was written there"), quiet=True),
            ],
            hint=say("Nothing is lost: what you do not choose stays in the history."),
        )
        for conflict in conflicts
        if conflict.form == form
    ]


def chosen(act: str | None, conflicts: Sequence[Conflict]) -> tuple[Conflict, bool] | None:
    """Return which conflict a button settles, and whether the other place's words are to be taken."""
    choices = {_button(how, conflict): (conflict, how == _TAKE) for conflict in conflicts for how in (_STAY, _TAKE)}
    return choices.get(act or "")


def _button(how: str, conflict: Conflict) -> str:
    return f"{how}:{conflict.entry}:{conflict.rev}"


def _of(context: Context, values: Mapping[str, Values], identity: str) -> Iterator[Conflict]:
    revs = tuple(other.rev for other in context.elsewhere[identity])
    for other in context.elsewhere[identity]:
        own = [entry for entry in context.own if entry.id != identity]
        there = replace(context, own=tuple(own if other.withdrawn else [*own, other]), elsewhere={})
        saved_at = other.saved_at.astimezone()
        at = f"{in_words(saved_at.date(), context.held_on)}, {saved_at:%H:%M}"
        differing = {form.name: _differing(values[form.name], form.values(there)) for form in FORMS}
        shown = [Conflict(identity, other.rev, revs, name, fields, at) for name, fields in differing.items() if fields]
        yield from shown[:1] or [Conflict(identity, other.rev, revs, None, {}, at)]


def _differing(here: Values, there: Values) -> dict[str, str]:
    return {name: there.get(name, "") for name in {**here, **there} if here.get(name, "") != there.get(name, "")}


def _sides(conflict: Conflict, values: Values, form_blocks: Sequence[Block]) -> Iterator[Block]:
    for name, there in conflict.there.items():
        label = _label(name, form_blocks)
        yield prose(say("{label}, here: {words}", label=label, words=_quoted(values.get(name, ""))), tone="quote")
        yield prose(
            say("{label}, there on {at}: {words}", label=label, at=conflict.at, words=_quoted(there)), tone="quote"
        )


def _quoted(words: str) -> str:
    return f"“{words}”" if words.strip() else say("nothing")


def _label(name: str, form_blocks: Sequence[Block]) -> str:
    """Return how a field is called; one of a row by the last part of its name."""
    last = name.rpartition(".")[2].partition(":")[0]
    for block in form_blocks:
        if block.get("name") in {name, last} and block.get("label"):
            return str(block.get("label"))
        inside = _label(name, _inside(block))
        if inside != last:
            return inside
    return last


def _inside(block: Block) -> Sequence[Block]:
    """Return the blocks that stand in another one."""
    match block["type"]:
        case "section" | "fold" | "rows" | "starters" | "outcomes":
            return block["blocks"]
        case _:
            return ()
