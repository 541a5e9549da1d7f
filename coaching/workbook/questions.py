"""The questions of a session that come from the catalogue: what was chosen, what was asked, and whose turn it is."""

from collections.abc import Collection, Iterable
from datetime import date

from coaching.metrics.threads import Thread
from coaching.model.entries import Preparation, SegmentState
from coaching.model.prompts import NOT_AGAIN_FOR, Prompt, prompt_of, prompts
from coaching.model.vocabulary import Segment, Visibility
from coaching.workbook.context import Context


def asked_lately(context: Context, segment: str) -> tuple[str, ...]:
    """Return the questions that a part began with in the last sessions, the latest first."""
    states = [entry for entry in context.earlier.values() if isinstance(entry, SegmentState)]
    then = sorted((e for e in states if e.segment == segment), key=lambda e: e.held_on or date.min, reverse=True)
    return tuple(entry.asked for entry in then[:NOT_AGAIN_FOR] if entry.asked)


def prepared_prompt(preparation: Preparation | None, segment: str) -> Prompt | None:
    """Return the question that was chosen for a part, None if none was."""
    catalogue = {prompt.text: prompt for prompt in prompts(segment)}
    chosen = (preparation and preparation.prompts) or ()
    return next((catalogue[text] for text in chosen if text in catalogue), None)


def living(threads: Iterable[Thread]) -> frozenset[str]:
    """Return the kinds of thread of which there is one that goes on, does not rest, and both may read.

    A question is read by both: it tells of nothing that is private to one of them.
    """
    read_by_both = (thread for thread in threads if thread.visibility != Visibility.PRIVATE)
    return frozenset(thread.kind.value for thread in read_by_both if not (thread.is_over or thread.rests))


def prompts_for_both(context: Context, promised: Collection[str], threads: Iterable[Thread]) -> dict[Segment, Prompt]:
    """Return one question for each part that both may read: the one that was chosen, else the one whose turn it is.

    All of them come from the catalogue. What somebody has written for themselves alone, a question of their own as
    well, is in none.

    Parameters
    ----------
    context
        What is known of the session.
    promised
        Who has promised something that is due, as far as both may read it.
    threads
        What was told that can move, as far as both may read it.
    """
    preparation, kinds = context.first(Preparation), living(threads)
    return {
        segment: prepared_prompt(preparation, segment)
        or prompt_of(segment, context.number, asked_lately(context, segment), promised, kinds)
        for segment in Segment
    }
