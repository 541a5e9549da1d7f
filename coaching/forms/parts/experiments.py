"""The experiments that go on: what each showed, and nothing of done or late."""

from typing import Any

from coaching.forms.engine.blocks import Block, choice, filled, folded_lines, outcomes, section, text
from coaching.i18n import say
from coaching.metrics.promises.experiments import experiments
from coaching.model.vocabulary import ReviewOutcome, Side
from coaching.workbook.context import Context


def open_experiments(context: Context) -> list[dict[str, Any]]:
    """Return the experiments that went on when the session began, the coach's own first, as rows like `item_rows`."""
    going_on = [one for one in experiments(context.before, context.held_on) if not one.is_over and one.owner]
    return [
        {"id": one.id, "what": one.what, "owner": one.owner, "due": one.by, "agreed": one.begun_on}
        for one in sorted(going_on, key=lambda one: one.owner != Side.COACH)
    ]


def tried(context: Context) -> Block | None:
    """Return a line for each experiment that goes on; nothing where there is none."""
    going_on = open_experiments(context)
    if not going_on:
        return None
    answers = [
        (ReviewOutcome.SHOWED.value, say("it showed something")),
        (ReviewOutcome.NOT_YET.value, say("not tried yet")),
        (ReviewOutcome.LET_GO.value, say("let go")),
    ]
    lines = outcomes(
        "review",
        choice("outcome", say("What did it show?"), answers),
        [text("text", say("What did it show?"), rows=2, when=[filled(".outcome")])],
        fixed=[(one["id"], one["what"] or "") for one in going_on],
        asks={ReviewOutcome.SHOWED.value: "text"},
        others=folded_lines([]),
    )
    return section(say("What is being tried"), [lines])
