"""How hard a new passphrase is to guess, and why; one that opens a workbook already is never asked.

The estimate is zxcvbn's (Wheeler, USENIX Security 2016): the guesses that somebody needs who tries common passwords,
words, names, dates, rows of keys and repetitions first. 10¹⁰ is where it calls a secret strong against guessing offline
behind a slow hash, its highest mark. Of the argon2id of a workbook (64 MiB, three passes) a graphics card of today
tries some thousands a second, and of the PBKDF2 of a page some ten thousands: for 10¹⁰ it needs weeks.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import lazy_loader

from coaching.errors import WeakPassphraseError
from coaching.i18n import say, to_say

#: Its lists of words take a while, and only new passphrases need them.
zxcvbn = lazy_loader.load("zxcvbn")

#: So many guesses a new passphrase must be worth.
GUESSES: Final = 10**10
#: What is estimated of a long one: zxcvbn's time grows with the third power of the length, and this much decides.
_ESTIMATED: Final = 40
#: What stands to reason for whoever knows what the passphrase is for.
_SUBJECT: Final = ("coaching", "workbook")
_WAY_ON: Final = to_say("Four or five words that do not belong together are a good one.")
_EASY: Final = to_say("This passphrase is easy to guess: {why}. {way_on}")
_SHORTEST: Final = 8
#: Shorter words stand in others by chance.
_TELLING: Final = 3
_SHORT: Final = to_say("it is short")
_FEW_WORDS: Final = to_say("it is little more than a few common words")
_REASONS: Final[Mapping[str, str]] = {
    "user_inputs": to_say("it is made of a name or a word that belongs to the workbook"),
    "passwords": to_say("it is little more than a common password"),
    "english_wikipedia": to_say("it is little more than a common word"),
    "us_tv_and_film": to_say("it is little more than a common word"),
    "surnames": to_say("it is little more than a common name"),
    "male_names": to_say("it is little more than a common name"),
    "female_names": to_say("it is little more than a common name"),
    "spatial": to_say("it is little more than a row of keys"),
    "repeat": to_say("it repeats itself"),
    "sequence": to_say("it is little more than a series, such as abc or 6543"),
    "date": to_say("it is little more than a date"),
    "regex": to_say("it is little more than a year"),
    "bruteforce": _SHORT,
}
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def check_passphrase(passphrase: str, related: Iterable[str] = ()) -> None:
    """Refuse a new passphrase that is easy to guess.

    Parameters
    ----------
    passphrase
        Any text; how its accents were typed makes no difference.
    related
        What stands to reason for those who know the workbook: the names of both people, its id.

    Raises
    ------
    WeakPassphraseError
        If it is easy to guess; the sentence says why, and what to take instead, and quotes nothing.
    """
    why = weakness(passphrase, related)
    if why:
        raise WeakPassphraseError(why)


def weakness(passphrase: str, related: Iterable[str] = ()) -> str | None:
    """Return why a passphrase is easy to guess, and what to take instead; None if it is not.

    Examples
    --------
    >>> print(weakness("aaaaaaaa").split(". ")[0])
    This passphrase is easy to guess: it repeats itself
    >>> weakness("otter violin ladder comet")
    """
    typed = unicodedata.normalize("NFKC", passphrase).strip()[:_ESTIMATED]
    if not typed:
        return say("A passphrase is missing. {way_on}", way_on=say(_WAY_ON))
    related_words = sorted(set(_spellings([*_SUBJECT, *related])), key=len, reverse=True)
    estimate = _estimate(typed, related_words)
    if estimate["guesses"] < GUESSES:
        return _easy(_why(typed, estimate["sequence"]))
    return None if _holds_without(related_words, typed) else _easy(_REASONS["user_inputs"])


def _easy(why: str) -> str:
    return say(_EASY, why=say(why), way_on=say(_WAY_ON))


def _estimate(typed: str, related_words: list[str]) -> Mapping[str, Any]:
    try:
        estimate: Mapping[str, Any] = zxcvbn.zxcvbn(typed, user_inputs=related_words)
    finally:
        # It would keep the names for as long as the program runs.
        zxcvbn.matching.RANKED_DICTIONARIES.pop("user_inputs", None)
    return estimate


def _holds_without(related_words: list[str], typed: str) -> bool:
    """Tell whether a passphrase is hard to guess without the words that belong to the workbook, however many it has."""
    telling = "|".join(re.escape(word) for word in related_words if len(word) >= _TELLING)
    rest = re.sub(telling, "", typed.lower()).strip()
    return rest == typed.lower() or (bool(rest) and _estimate(rest, [])["guesses"] >= GUESSES)


def _why(typed: str, parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the reason that holds for most of a passphrase; a name of the workbook is always the one to be said."""
    signs: Counter[str] = Counter()
    words: set[str] = set()
    for part in parts:
        kind = part.get("dictionary_name") or part["pattern"]
        signs[_REASONS[kind]] += len(part["token"])
        words |= {part["token"].casefold()} if "dictionary_name" in part else set()
    if _REASONS["user_inputs"] in signs:
        return _REASONS["user_inputs"]
    if len(typed) < _SHORTEST:
        return _SHORT
    reason = signs.most_common(1)[0][0]
    return _FEW_WORDS if reason == _REASONS["english_wikipedia"] and len(words) > 1 else reason


def _spellings(texts: Iterable[str]) -> Iterator[str]:
    """Return words with and without their accents, each alone and all of a text together."""
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).lower()
        bare = "".join(s for s in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(s))
        for spelt in {plain, bare, plain.translate(_GERMAN)}:
            yield spelt
            yield from re.findall(r"\w+", spelt)
