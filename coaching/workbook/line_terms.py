"""What the lines of a copy call what they tell, in the language that is spoken."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coaching.i18n import language, say, say_counted
from coaching.model.topics import topic_name
from coaching.model.vocabulary import Kind, Topic


@dataclass(frozen=True)
class Terms:
    """The terms of one language, by the values that entries hold.

    Attributes
    ----------
    kinds
        What each kind of entry is called.
    topics
        What a note is about.
    parts
        How a part of a session went.
    first
        Who went first in it.
    states
        Where something stands, or what became of it.
    threads
        That something was told later, by what it is told of.
    """

    kinds: Mapping[str, str]
    topics: Mapping[str, str]
    parts: Mapping[str, str]
    first: Mapping[str, str]
    states: Mapping[str, str]
    threads: Mapping[str, str]


def terms() -> Terms:
    """Return the terms of the language that is spoken."""
    return _terms(language())


@cache
def _terms(_spoken: str) -> Terms:
    return Terms(_kinds(), _topics(), _parts(), _first(), _states(), _threads())


def _kinds() -> Mapping[str, str]:
    return {
        Kind.CANCELLATION: say("session that did not take place"),
        Kind.THEME: say("theme"),
        Kind.STRENGTH: say("strength"),
        Kind.SUPPORTER: say("supporter"),
    }


def _topics() -> Mapping[str, str]:
    return {topic.value: topic_name(topic.value) for topic in Topic}


def _parts() -> Mapping[str, str]:
    return {
        "opening": say("how the opening went"),
        "yourself": say("how “talk about yourself” went"),
        "dreams": say("how “talk about your dreams” went"),
        "who_what_when": say("how “who does what by when” went"),
        "closing": say("how the closing went"),
    }


def _first() -> Mapping[str, str]:
    return {
        "written": say("the coach went first, in writing"),
        "spoken_not_recorded": say("the coach went first, not recorded"),
        "coachee_chose_to_start": say("the person coached chose to start"),
        "coach_did_not": say("the coach did not go first"),
    }


def _states() -> Mapping[str, str]:
    return {
        # of the agreement
        "proposed": say("proposed"),
        "agreed": say("agreed"),
        "renewed": say("renewed"),
        "paused": say("paused"),
        "resumed": say("resumed"),
        "ended": say("ended"),
        # of what is followed from session to session
        "alive": say("alive"),
        "changed": say("changed"),
        "on_the_way": say("on the way"),
        "told": say("told"),
        "resting": say("resting"),
        "came_true": say("came true"),
        "reached": say("reached"),
        "let_go": say("let go"),
        "erased": say("erased"),
        # of a promise
        "due_moved": say("due moved"),
        "partly": say("partly"),
        "not_yet": say("not yet"),
        "done": say("done"),
        "showed": say("showed something"),
        "reopened": say("opened again"),
        "handed_over": say("handed over"),
    }


def _threads() -> Mapping[str, str]:
    return {
        "goal": say("told later of a goal"),
        "plan": say("told later of a plan"),
        "failure": say("told later of a failure"),
        "dream": say("told later of a dream"),
        "becoming": say("told later of a becoming"),
    }


def counted(kind: Kind, count: int) -> str:
    """Return how many entries of a kind there are."""
    return {
        Kind.PERSON: lambda: say_counted("{count} person", "{count} people", count),
        Kind.AGREEMENT: lambda: say_counted("{count} agreement", "{count} agreements", count),
        Kind.SESSION: lambda: say_counted("{count} session", "{count} sessions", count),
        Kind.CANCELLATION: lambda: say_counted(
            "{count} session that did not take place", "{count} sessions that did not take place", count
        ),
        Kind.SEGMENT: lambda: say_counted("{count} part of a session", "{count} parts of sessions", count),
        Kind.NOTE: lambda: say_counted("{count} note", "{count} notes", count),
        Kind.MISSION: lambda: say_counted("{count} mission statement", "{count} mission statements", count),
        Kind.DREAM: lambda: say_counted("{count} dream", "{count} dreams", count),
        Kind.BECOMING: lambda: say_counted("{count} becoming", "{count} becomings", count),
        Kind.PROGRESS: lambda: say_counted("{count} line of progress", "{count} lines of progress", count),
        Kind.THEME: lambda: say_counted("{count} theme", "{count} themes", count),
        Kind.STRENGTH: lambda: say_counted("{count} strength", "{count} strengths", count),
        Kind.SUPPORTER: lambda: say_counted("{count} supporter", "{count} supporters", count),
        Kind.ITEM: lambda: say_counted("{count} promise", "{count} promises", count),
        Kind.ITEM_EVENT: lambda: say_counted("{count} event of a promise", "{count} events of promises", count),
        Kind.REVIEW: lambda: say_counted("{count} answer about a promise", "{count} answers about promises", count),
        Kind.CHECK: lambda: say_counted(
            "{count} answer about the conversation", "{count} answers about the conversation", count
        ),
        Kind.HANDOVER: lambda: say_counted("{count} hand-over", "{count} hand-overs", count),
        Kind.HANDOUT: lambda: say_counted("{count} copy handed out", "{count} copies handed out", count),
    }[kind]()
