"""Hypothesis strategies for what people, and browsers, put into fields."""

from datetime import date

from hypothesis import strategies as st

from coaching.model.entry import storable
from tests.strategies import HOSTILE

TICKED = st.sampled_from(["", "true"])
SEEN_BY_EITHER = st.sampled_from(["pair", "open"])
SEEN_BY_AUTHOR_TOO = st.sampled_from(["", "pair", "private", "open"])

#: Dates, half of them not (yet) any.
DAYS = st.sampled_from(["", "2026-01-05", "2026-01-12", "2025-12-20", "2027-03-01", "2099-12-31"]) | st.sampled_from(
    ["2026-1", "2026-02-30", "0002-03-01", "9999-12-31", "12 January", "\x00", "2026-01-05T00:00"]
)


def typed():
    """Text as it may come out of a field: hostile, blank, with NUL, with halves of a surrogate pair."""
    alphabet = st.characters() | st.characters(categories=["Cs", "Cc", "Zs"])
    return st.sampled_from([*HOSTILE, "\ud83d", "half \udd25 a fire"]) | st.text(alphabet, max_size=12)


def shown(text):
    """Return what of typed text is shown again: what a file can hold, and nothing if it is blank."""
    return storable(text) if text.strip() else ""


def day(text, *, latest="2099-12-31", earliest="2000-01-01"):
    """Return what of a typed date is shown again: a real one in these bounds."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return text if earliest <= found.isoformat() <= latest else ""


def told(values):
    """Return the values that say something; an absent one and an empty one are the same."""
    return {name: value for name, value in values.items() if value}
