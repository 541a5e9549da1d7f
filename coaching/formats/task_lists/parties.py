"""The two of a workbook, as lists call them: by name, by address, by a sign before or behind a name.

=====================================================  ==========================================
where                                                  whose it is
=====================================================  ==========================================
``@Tom``, ``@tom.brandt``, ``@[[Tom Brandt]]``         Tom's, wherever it stands; not with an ``@Maha`` as well
``Tom:``, ``**Tom**:``, ``[[Tom]]``, ``[Tom]``, ``Tom –``  Tom's, at the beginning
``→ Tom``, ``(Tom)``, ``– Tom``, ``Owner: Tom``        Tom's, at the end
any other place, such as *Ask Tom when*                not said; one remark names the line
=====================================================  ==========================================
"""

from collections.abc import Mapping
from re import IGNORECASE, Pattern, escape
from re import compile as pattern

from coaching.formats.task_lists.words import even, folded

_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "da", "di", "la", "le", "el", "al", "bin", "the", "of", "and"}
)
_TITLES = frozenset({"and", "und", "zu", "zur", "zum", "dr", "mr", "mrs", "ms", "prof"})
_OF_BOTH = pattern(r"\s*(?:,|;|&|\+|/| and | und )\s*")
_IN_BRACKETS = pattern(r"\s*\([^()]*\)$")
_LEFT_OVER = " \t-–—→|,;:"
_MET_WITH = pattern(r"\b(?:with|mit|1:1|1on1|one-on-one|meeting|gespräch|treffen)\b", IGNORECASE)
_WHO = r"(?:owner|assignee|assigned to|responsible|who|wer|verantwortlich|zuständig)"


class Parties:
    """The two of a workbook, as a list may call them: coach, coachee, me, their names and each part of these.

    Parameters
    ----------
    names
        The name of each side, where there is one.
    holder
        Whose list it is: the side that calls itself *me*.
    """

    def __init__(self, names: Mapping[str, str | None], holder: str) -> None:
        sides: dict[str, str | None] = {}
        for side, name in names.items():
            for called in _calls(name or ""):
                sides[called] = side if sides.get(called, side) == side else None
        self._names = {called: side for called, side in sides.items() if side}
        self._initials = _initials(names)
        self._sides = sides | {"coach": "coach", "coachee": "coachee", "me": holder, "ich": holder}
        self._sides |= {called: None for called, side in sides.items() if side is None}
        first = {called.split()[0] for called in self._sides}
        self._first_words = {word for word in first if not any(word != other and other in word for other in first)}
        self._anywhere, self._rules = _rules(self._sides)
        self._name = _alternatives(self._names) if self._names else None
        self._above: dict[str, str | None] = {}
        self._genitive = _alternatives(self._names, behind="s") if self._names else None

    @property
    def words(self) -> frozenset[str]:
        """Each word that the two are called by."""
        return frozenset(word for called in self._names for word in called.split())

    def side(self, name: str) -> str | None:
        """Return the side that a name means; None if neither, or both.

        Examples
        --------
        >>> parties = Parties({"coach": "Tom Brandt", "coachee": "Maha Darwish"}, "coach")
        >>> [parties.side(name) for name in ("Brandt, Tom", "tom.brandt@example.org", "TB", "[[Maha]]", "Tom and Maha")]
        ['coach', 'coach', 'coach', 'coachee', None]
        """
        plain = folded(name).strip("*_[]@: \t")
        for called in (plain, even(_IN_BRACKETS.sub("", plain))):
            if self._sides.get(called):
                return self._sides[called]
        last, comma, first = plain.partition(",")
        if comma and (side := self._sides.get(even(f"{first} {last}"))):
            return side
        account, at, _ = plain.partition("@")
        if at:
            parts = {self._sides.get(part) for part in (account, *pattern(r"[._-]").split(account))}
            sides = parts - {None}
            return sides.pop() if len(sides) == 1 else None
        return self._initials.get(name.strip()) if name.strip().isupper() else None

    def are_both(self, names: str) -> bool:
        """Tell whether a cell names the two together."""
        parts = {self.side(part) for part in _OF_BOTH.split(names) if part.strip()}
        return {"coach", "coachee"} <= parts

    def above(self, heading: str) -> str | None:
        """Return whose tasks stand under a heading: it has the name of one of the two, and not of the other.

        Examples
        --------
        >>> parties = Parties({"coach": "Tom Brandt", "coachee": "Maha Darwish"}, "coach")
        >>> [parties.above(words) for words in ("Actions for Tom", "Tom & Maha", "Tom (coach)", "One-on-one with Tom")]
        ['coach', None, 'coach', None]
        """
        if heading not in self._above:  # the same stand in list after list
            self._above[heading] = self._side_above(heading)
        return self._above[heading]

    def _side_above(self, heading: str) -> str | None:
        if side := self.side(heading.strip("#*_: \t")):
            return side
        if _MET_WITH.search(heading):
            return None
        found = self._anywhere.findall(heading) or (self._genitive.findall(heading) if self._genitive else [])
        sides = {self._sides[folded(name)] for name in found if folded(name) != "me"}
        return sides.pop() if len(sides) == 1 else None

    def is_only_a_name(self, line: str) -> str | None:
        """Return the side that a line of prose or a bullet is the name of: nothing else stands in it."""
        return self.side(line) if len(line) < len("a name, with all that may stand round it") else None

    def mentioned(self, words: str) -> tuple[str | None, str]:
        """Return the side whose the words say it is, and the words, without its name where that stands at an end.

        Examples
        --------
        >>> parties = Parties({"coach": "Tom Brandt"}, "coach")
        >>> [parties.mentioned(words) for words in ("Book the room @Tom Brandt", "Tom: book it", "Ask Tom")]
        [('coach', 'Book the room'), ('coach', 'book it'), (None, 'Ask Tom')]
        """
        if not (self._may_name(words) and self._anywhere.search(words)):
            return None, words
        for rule in self._rules:
            found = [(match, self._sides.get(folded(match["name"]))) for match in rule.finditer(words)]
            if {"coach", "coachee"} <= {side for _, side in found}:
                return None, words
            for match, side in found:
                if side is None:
                    continue
                before, after = words[: match.start()].strip(), words[match.end() :].strip()
                if before and after:
                    return side, words
                rest = before.rstrip(_LEFT_OVER) if before else after.lstrip(_LEFT_OVER)
                return side, rest or words
        return None, words

    def names_somebody(self, words: str) -> bool:
        """Tell whether the name of one of the two stands in words."""
        return bool(self._name and self._may_name(words) and self._name.search(words))

    def _may_name(self, words: str) -> bool:
        """Tell whether the first word of any name is in words: a look that costs little, as most lines name nobody."""
        plain = words.casefold()
        return any(first in plain for first in self._first_words)


def _calls(name: str) -> set[str]:
    words = folded(name).split()
    parts = {word for word in words if len(word.strip(".")) > 1 and word not in _PARTICLES | _TITLES}
    if len(words) > 1:
        parts |= {sign.join(words) for sign in ("", ".", "-", "_")}  # as accounts are called
        parts |= {f"{words[0][0]}. {words[-1]}", f"{words[0]} {words[-1][0]}."}
    return ({" ".join(words), *parts} if words else set()) - {"coach", "coachee", "me", ""}


def _initials(names: Mapping[str, str | None]) -> dict[str, str]:
    """Return what stands for each side in capitals, where the two differ."""
    letters = {
        side: "".join(word[0] for word in (name or "").replace("-", " ").split() if word[:1].isalpha()).upper()
        for side, name in names.items()
    }
    return {
        short: side for side, short in letters.items() if len(short) > 1 and list(letters.values()).count(short) == 1
    }


def _alternatives(names: Mapping[str, str | None], behind: str = "") -> Pattern[str]:
    called = "|".join(escape(name).replace("\\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    return pattern(rf"(?<![^\W_])({called}){behind}(?![^\W_])", IGNORECASE)


def _rules(sides: Mapping[str, str | None]) -> tuple[Pattern[str], tuple[Pattern[str], ...]]:
    """Return what finds any name, and the forms that say whose a line is, the surest first."""
    called = "|".join(escape(name).replace("\\ ", r"\s+") for name in sorted(sides, key=len, reverse=True))
    name = rf"(?P<name>{called})(?![^\W_])"
    page = rf"\[\[(?:[^\[\]|]*/)?{name}(?:\|[^\[\]]*)?\]\]"
    forms = (
        rf"(?<!\S)\(?@{name}\)?[:,;.!?)]?(?!\S)",
        rf"(?<!\S)@{name}(?![.-]\w)",
        rf"(?<!\S)@{page}[:,]?",
        rf"(?<!\S)@\[{name}\](?:\([^()]*\))?[:,]?",
        rf"^{page}\s*:?",
        rf"^[*_]{{1,3}}{name}\s*:?[*_]{{1,3}}\s*:?\s",
        rf"^\[@?{name}\](?:\([^()]*\))?\s*:?",
        rf"^\({name}\)\s*:?",
        rf"^{name}\s*(?::|\s[-–—]\s)",
        rf"(?:[\[(]|\s[-–—|,]?\s*){_WHO}:{{1,2}}\s*@?{name}[\])]?\.?$",
        rf"\s*(?:→|⇒|->|=>|➡\ufe0f?|\s[-–—|])\s*@?[*_\[]{{0,3}}{name}[*_\]]{{0,3}}\.?$",
        rf"\s*\(@?[*_\[]{{0,3}}{name}[*_\]]{{0,3}}\)\.?$",
    )
    return (
        pattern(rf"(?<![^\W_])({called})(?![^\W_])", IGNORECASE),
        tuple(pattern(form, IGNORECASE) for form in forms),
    )
