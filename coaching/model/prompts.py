"""Questions for each part of a session, written for this workbook; any can be passed without a reason."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEEPEST = 3
#: A question of the deepest kind is not asked before this session.
DEEPEST_FROM_SESSION = 3
#: A question is not offered again in this many sessions, unless somebody chooses it.
NOT_AGAIN_FOR = 3
_PARTS = {
    "opening": "opening",
    "yourself": "talk_about_yourself",
    "dreams": "talk_about_your_dreams",
    "who_what_when": "who_does_what_by_when",
    "closing": "closing",
}
#: The part in which a thread is told, and asked about.
_TOLD_IN = {
    "goal": "yourself",
    "plan": "yourself",
    "failure": "yourself",
    "dream": "dreams",
    "becoming": "who_what_when",
}
_EVERY_KIND = frozenset(_TOLD_IN)


@dataclass(frozen=True)
class Prompt:
    """A question for one part.

    Attributes
    ----------
    depth
        1 is light, 3 is deep.
    first
        Whom it is put to first: ``coach`` or ``coachee``.
    text
        The question.
    promise
        Whose promise it speaks of, so that there must be one: ``coach`` or ``coachee``; empty if of none.
    begins
        The kind of thread that it asks for, such as ``dream`` (see `coaching.model.vocabulary.ThreadKind`).
    follows
        The kind of thread of which it asks how it moves, so that there must be one. What asks for a dream does not ask
        how one is.
    """

    depth: int
    first: str
    text: str
    promise: str = ""
    begins: str = ""
    follows: str = ""


@cache
def prompts(segment: str) -> tuple[Prompt, ...]:
    """Return the questions of a segment, in their order."""
    catalogue = json.loads(files("coaching.model").joinpath("prompts.json").read_text(encoding="utf-8"))
    sides = {"person": "coachee", "coach": "coach", "": ""}
    return tuple(
        Prompt(
            each["depth"],
            sides[each["first"]],
            each["text"],
            sides[each.get("promise", "")],
            each.get("begins", ""),
            each.get("follows", ""),
        )
        for each in catalogue[_PARTS[segment]]
    )


def offered(segment: str, session: int, threads: Collection[str] = _EVERY_KIND) -> tuple[Prompt, ...]:
    """Return the questions that may be asked in the session of this number.

    Parameters
    ----------
    segment, session
        The part, and the number of the session.
    threads
        The kinds of thread of which there is one that goes on: nothing is asked about others.
    """
    return tuple(
        prompt
        for prompt in prompts(segment)
        if (prompt.depth < DEEPEST or session >= DEEPEST_FROM_SESSION) and prompt.follows in {"", *threads}
    )


def prompt_of(
    segment: str,
    session: int,
    asked: Collection[str] = (),
    promised: Collection[str] = ("coach", "coachee"),
    threads: Collection[str] = _EVERY_KIND,
) -> Prompt:
    """Return the question whose turn it is in the session of this number.

    Those asked lately are passed over, and as long as there are others those that speak of promises nobody has made.

    Parameters
    ----------
    segment, session
        The part, and the number of the session.
    asked
        What was asked lately.
    promised
        Who has promised something that is to be told of today.
    threads
        The kinds of thread of which there is one that goes on.

    Examples
    --------
    >>> first = prompt_of("dreams", 1)
    >>> prompt_of("dreams", 1, asked=[first.text]) == prompt_of("dreams", 2)
    True
    >>> prompt_of("dreams", 40, threads=[]).follows
    ''
    """
    choices = offered(segment, session, threads)
    begin = (session - 1) % len(choices)
    in_turn = [*choices[begin:], *choices[:begin]]
    new = [prompt for prompt in in_turn if prompt.text not in asked] or in_turn[:1]
    return next((prompt for prompt in new if prompt.promise in {"", *promised}), new[0])


def thread_prompt(thread: str, session: int) -> Prompt:
    """Return the question that asks how threads of a kind move, beside their lines in the session of this number.

    The deepest are left to whoever chooses them.

    Examples
    --------
    >>> thread_prompt("dream", 1).follows, thread_prompt("dream", 1) == thread_prompt("dream", 2)
    ('dream', False)
    """
    following = [prompt for prompt in prompts(_TOLD_IN[thread]) if prompt.follows == thread and prompt.depth < DEEPEST]
    return following[(session - 1) % len(following)]


def first_words(coachee: str, coach: str) -> str:
    """Return the words that are proposed to two people who have agreed on nothing yet."""
    return _FIRST.format(name=coachee, coach=coach)


_FIRST = (
    "We talk about {name}, not about the state of projects. {name} can pass on any question without a reason, and end "
    "this at any time. Nothing written here goes into pay, ratings or reviews. What is written, {name} may read, and "
    "have erased. {coach} must act if somebody is in danger; everything else stays between us. The plan belongs to "
    "{name}, and goes along when {name} or {coach} leaves."
)
