"""Stable names for workbooks and entries: ULIDs, new or derived from what they stand for, and short names."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

from ulid import ULID, base32

_RANDOM_BYTES = 10
#: Ten bits as two signs of a ULID, which has 26 of them.
_PAIRS = [one + other for one in base32.ENCODE for other in base32.ENCODE]
_LAST_PAIR, _SHIFTS = len(_PAIRS) - 1, range(120, -1, -10)
_MARK = 12
_EPOCH, _MILLISECOND = date(1970, 1, 1), timedelta(milliseconds=1)


def new_id(now: datetime) -> str:
    """Return a new ULID for the moment `now` (time-zone aware)."""
    return str(ULID.from_datetime(now))


def derived_id(on: date | None, *parts: str) -> str:
    """Return the ULID that the same parts always get.

    The time part is midnight UTC of `on` (the epoch if there is none), the random part is a hash of `parts`; so the
    same element of a file, or the same field of a session's form, keeps one id however often it is read or typed.

    Examples
    --------
    >>> derived_id(date(2025, 1, 16), "item", "I01") == derived_id(date(2025, 1, 16), "item", "I01")
    True
    """
    milliseconds = max(0, (on - _EPOCH) // _MILLISECOND) if on else 0
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    number = (milliseconds << 8 * _RANDOM_BYTES) + int.from_bytes(digest[:_RANDOM_BYTES], "big")
    return "".join([_PAIRS[number >> shift & _LAST_PAIR] for shift in _SHIFTS])  # as base32.encode, in half the time


def other_copy(workbook: str) -> str:
    """Return the ULID of the other side's copy of a workbook; that of the copy's copy is the first one again.

    Examples
    --------
    >>> other_copy("01JHQF38000000000000000000")
    '01JHQF38000000000000000001'
    >>> other_copy("01JHQF38000000000000000001")
    '01JHQF38000000000000000000'
    """
    *most, last = ULID.from_str(workbook).bytes
    return str(ULID.from_bytes(bytes([*most, last ^ 1])))


def free_labels(letter: str, labels: Iterable[str], *, is_private: bool) -> Iterator[str]:
    """Yield the short names that are free, one higher than all that are `labels` and so on.

    What is private has a series of its own, which begins with the letter twice: in that of the others, a number left
    out would tell of it.

    Examples
    --------
    >>> next(free_labels("I", ["I01", "II01", "II02"], is_private=False))
    'I02'
    >>> next(free_labels("I", ["I01", "II01", "II02"], is_private=True))
    'II03'
    """
    private = re.compile(rf"{letter}{letter}\d+")
    series = (label for label in labels if bool(private.fullmatch(label)) is is_private)
    numbers = [int(match[1]) for label in series if (match := re.search(r"(\d{1,18})$", label))]
    start = letter * 2 if is_private else letter
    return (f"{start}{number:02d}" for number in count(max(numbers, default=0) + 1))


def mark_of(item: str) -> str:
    """Return the mark by which files that can come in again know an action item; no day and no word is in it.

    Examples
    --------
    >>> mark_of("01JHQF38000000000000000000") == mark_of("01JHQF38000000000000000000")
    True
    """
    return "c" + derived_id(None, "mark", item)[-_MARK:].lower()


def day_of(identity: str) -> date:
    """Return the day, in UTC, that the time part of a ULID stands for."""
    return ULID.from_str(identity).datetime.date()
