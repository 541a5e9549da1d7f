"""Status talk: words that belong to a project meeting. A gentle guard on the coach's own words, in English alone."""

import re

#: Each is a sign of its own; one alone says nothing, as everybody has deadlines in their lives.
_SIGNS = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"status|progress report|update[sd]?|on track|off track|behind schedule|percent done|\d+ ?% (?:done|complete)",
        r"deadlines?|milestones?|deliver(?:y|ables?)|due dates?|release[sd]?|launch(?:ed)?|go-?live|shipp(?:ed|ing)",
        r"tickets?|jira|backlog|sprints?|stand-?ups?|story points?|epics?|pull requests?|blockers?|blocked by",
        r"projects?|roadmaps?|stakeholders?|scope|budget|headcount|kpis?|okrs?|metrics|targets?|q[1-4]",
        r"steering|committee|sign-?off|approv(?:al|ed)|escalat(?:e|ed|ion)",
    )
)
_NEEDED = 2


def is_status_talk(words: str) -> bool:
    """Tell whether words bear two signs or more of a project meeting.

    Examples
    --------
    >>> is_status_talk("The project is on track for the release"), is_status_talk("I want to be home by six")
    (True, False)
    """
    return sum(bool(sign.search(words)) for sign in _SIGNS) >= _NEEDED
