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
    """

    depth: int
    first: str
    text: str


@cache
def prompts(segment: str) -> tuple[Prompt, ...]:
    """Return the questions of a segment, in their order."""
    found = json.loads(files("coaching.method").joinpath("prompts.json").read_text(encoding="utf-8"))
    sides = {"person": "coachee", "coach": "coach"}
    return tuple(Prompt(each["depth"], sides[each["first"]], each["text"]) for each in found[_PARTS[segment]])


def offered(segment: str, session: int) -> tuple[Prompt, ...]:
    """Return the questions that may be asked in the session of this number."""
    return tuple(p for p in prompts(segment) if p.depth < DEEPEST or session >= DEEPEST_FROM_SESSION)


def prompt_of(segment: str, session: int, asked: Collection[str] = ()) -> Prompt:
    """Return the question whose turn it is in the session of this number, passing over those asked lately.

    Examples
    --------
    >>> first = prompt_of("dreams", 1)
    >>> prompt_of("dreams", 1, asked=[first.text]) == prompt_of("dreams", 2)
    True
    """
    found = offered(segment, session)
    begin = (session - 1) % len(found)
    in_turn = [*found[begin:], *found[:begin]]
    return next((prompt for prompt in in_turn if prompt.text not in asked), in_turn[0])
