"""Invented sessions in any number: of the make of the demo year's, in other words each time."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ulid import ULID

from coaching.model.entry import Entry, Refers, fields_marked
from coaching.model.schema import from_table
from coaching.store import Store
from coaching.workbook.home import Home
from tests.invented_year import load

_FIRST_DAY = date(2000, 1, 3)
#: A line of the demo year that holds no word of anybody.
_WORDLESS = re.compile(r"[A-Z]?\d[\d-]*|[a-z_]+")
_WORDS = ("text", "title", "what", "if_then", "why_changed", "goes_to", "reason")
_EVERY = timedelta(hours=6)
_RANDOM_BYTES = 10


class Chatter:
    """Says sentences in which each word follows the one before as it once did in the demo year.

    So they compress like prose, not like noise, and no sentence stands there twice as it would if the demo year
    were only repeated.
    """

    def __init__(self, lines: list[str], chance: random.Random) -> None:
        self._chance = chance
        self._after: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            for word, following in pairwise(line.split()):
                self._after[word].append(following)
        self._words = [word for line in lines for word in line.split()]

    def say(self, length: int) -> str:
        """Return words of about as many signs together."""
        chance, words = self._chance.random, self._words
        word = words[int(chance() * len(words))]
        said, signs = [word], len(word)
        while signs < length:
            # Now and then a new thought: else the chain falls into long quotations of the few lines it knows.
            following = (self._after.get(word) if chance() < 0.7 else None) or words
            word = following[int(chance() * len(following))]
            said.append(word)
            signs += 1 + len(word)
        return " ".join(said)


def sessions(
    number: int, home: Path, *, first: int = 0, begin: date = _FIRST_DAY, every: timedelta = _EVERY
) -> Iterator[list[Entry]]:
    """Give sessions one after the other, each as the entries that it leaves behind.

    Parameters
    ----------
    number
        How many.
    home
        An empty folder, for the demo year that they are made after.
    first
        How many of them have been before; those of one such number are always the same.
    begin, every
        The day of the very first one, and how long after it each of the others is.
    """
    chance = random.Random(first)  # noqa: S311 - invents words, no keys
    chatter = Chatter(_lines(load("demo_year")), chance)
    patterns = _patterns(home)
    items: list[str] = []
    for at in range(first, first + number):
        began = datetime.combine(begin, datetime.min.time(), UTC) + at * every
        entries = _said_anew(patterns[at % len(patterns)], began, items[-40:], chatter, chance)
        items += [entry.id for entry in entries if entry.kind == "item"]
        yield entries


def _patterns(home: Path) -> list[list[Entry]]:
    """Return the sessions of the demo year."""
    workbook = Home(home).demo().workbook
    by_session: dict[str, list[Entry]] = defaultdict(list)
    for entry in from_table(Store.open(home / workbook.id).read().history):
        if entry.session:
            by_session[entry.session].append(entry)
    return list(by_session.values())


def _said_anew(
    pattern: list[Entry], began: datetime, items: list[str], chatter: Chatter, chance: random.Random
) -> list[Entry]:
    """Return the entries of one session: other ids, days, moments and words."""
    ids = {entry.id: _identity(began, chance) for entry in pattern}
    ids |= {entry.session: _identity(began, chance) for entry in pattern if entry.session not in ids}
    moment, entries = began, []
    for entry in pattern:
        moment += timedelta(microseconds=chance.randrange(10**6, 10**8))
        changes: dict[str, Any] = {"id": ids[entry.id], "session": ids[entry.session], "held_on": began.date()}
        changes |= {"rev": round(moment.timestamp() * 1_000_000), "saved_at": moment}
        for name, value in vars(entry).items():
            if value is None or name in changes:
                continue
            if isinstance(value, date):
                changes[name] = value + (began.date() - (entry.held_on or began.date()))
            elif name in _WORDS:
                changes[name] = chatter.say(len(value))
            elif name == "levels":
                changes[name] = tuple(line and chatter.say(len(line)) for line in value)
            elif name in _references(type(entry)):
                other = {"item": items, "until": items}.get(name)
                known = ids.get(value) if isinstance(value, str) else tuple(ids.get(one, one) for one in value)
                changes[name] = known or (chance.choice(other) if other else value)
        entries.append(entry.model_copy(update=changes))
    return entries


@cache
def _references(model: type[Entry]) -> frozenset[str]:
    return fields_marked(model, Refers)


def _identity(moment: datetime, chance: random.Random) -> str:
    return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(_RANDOM_BYTES)))


def _lines(said: Any) -> list[str]:
    """Return what people say in the demo year."""
    if isinstance(said, dict):
        said = [value for name, value in said.items() if name != "expected"]
    if isinstance(said, list):
        return [line for part in said for line in _lines(part)]
    return [said] if isinstance(said, str) and not _WORDLESS.fullmatch(said) else []
