"""What the cells of a quarter are called, for coaches before they agree and for readers of the page."""

from itertools import pairwise

from coaching.i18n import say
from coaching.metrics.organisation.cells import BIN_ENDS, CONVERSATION, DAYS_TO_DONE, GAPS


def side_in_words(side: str) -> str:
    """Return the heading under which the cells of a side stand.

    Examples
    --------
    >>> side_in_words("coachee")
    'Promises of the people coached'
    """
    return {
        "coach": say("Promises of the coaches"),
        "coachee": say("Promises of the people coached"),
        CONVERSATION: say("Conversations"),
    }[side]


def measure_in_words(measure: str) -> str:
    """Return what a cell counts.

    Examples
    --------
    >>> measure_in_words("done_by_day"), measure_in_words("gap_within_14")
    ('done by the agreed day', '8 to 14 days after the one before')
    """
    words = {
        "agreed": say("agreed in the quarter"),
        "done_by_day": say("done by the agreed day"),
        "done_later": say("done later"),
        "let_go": say("let go"),
        "open_past_day": say("open past the agreed day"),
        "moved": say("with a day that was moved"),
        "sessions": say("sessions held"),
        "parts_opened": say("parts that the coach opened"),
        "with_statement": say("people with a mission statement"),
        "changed_statement": say("people whose mission statement changed"),
        "moved_dream": say("people with a dream that moved"),
    }
    if measure in DAYS_TO_DONE:
        return say("done after {days}", days=bin_in_words(DAYS_TO_DONE.index(measure)))
    if measure in GAPS:
        return say("{days} after the one before", days=bin_in_words(GAPS.index(measure)))
    return words[measure]


def bin_in_words(place: int) -> str:
    """Return what a bin of days holds.

    Examples
    --------
    >>> [bin_in_words(place) for place in (0, 1, 5)]
    ['7 days or less', '8 to 14 days', 'more than 112 days']
    """
    if place == 0:
        return say("{days} days or less", days=BIN_ENDS[0])
    if place == len(BIN_ENDS):
        return say("more than {days} days", days=BIN_ENDS[-1])
    before, end = list(pairwise(BIN_ENDS))[place - 1]
    return say("{first} to {last} days", first=before + 1, last=end)
