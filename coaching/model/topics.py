"""What topics are called, in the language that is spoken."""

from coaching.i18n import say


def topic_name(topic: str) -> str:
    """Return what the topic of a note is called, within a sentence."""
    return {
        "arrival": say("arriving"),
        "showed": say("what it showed"),
        "plan": say("plan"),
        "goal": say("goal"),
        "failure": say("failure"),
        "joy": say("what brings joy"),
        "dream": say("dream"),
        "obstacle": say("in the way"),
        "takeaway": say("takes along"),
        "said_back": say("said back"),
        "grown": say("what has grown"),
        "notes": say("notes"),
        "question": say("a question"),
        "win": say("a win"),
    }[topic]
