"""What the tests of lists share: the two whose lists these are, and how to say what was found in a line."""

from datetime import date

from coaching.formats.task_lists.parties import Parties

PARTIES = Parties({"coach": "Tom Brandt", "coachee": "Maha Al-Sham"}, "coach")
SEEN_ON = date(2026, 3, 4)


def day(text):
    return date.fromisoformat(text)


def remarks(listed):
    """Return the remarks as lines and sentences."""
    return [(remark.place.line, remark.said) for remark in listed.remarks]


def accounted_for(listed):
    """Return the lines that were understood or remarked on."""
    return {task.place.line for task in listed.tasks} | {remark.place.line for remark in listed.remarks}
