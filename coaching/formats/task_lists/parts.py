"""Headings of meeting notes, as people name the parts of a session, in English or German."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from re import compile as pattern
from types import MappingProxyType

from coaching.formats.task_lists.dates import months, weekdays
from coaching.formats.task_lists.task import Part
from coaching.formats.task_lists.words import folded


def _words(several: str) -> frozenset[str]:
    return frozenset(several.split())


#: What each is called, without the words that are passed over (`_BESIDE`); several of one part may stand together.
_CALLED: Mapping[Part, str] = {
    "yourself": "yourself, you, me, us, myself, ourselves, self, yourselves, personal, personally, private life, "
    "dich, mich, uns, dir, mir, euch, sich, sie, ihn, selbst, persönliches, privates, "
    "goal, goals, plan, plans, failure, failures, ziel, ziele, pläne, misserfolg, misserfolge, scheitern, rückschläge",
    "dreams": "dream, dreams, passion, passions, wish, wishes, hopes, aspiration, aspirations, dream job, "
    "what love, what loves, what you love, love doing, loves doing, you love doing, i love doing, what makes happy, "
    "traum, träume, träumen, wunsch, wünsche, leidenschaft, leidenschaften, sehnsucht, sehnsüchte, herzenswünsche, "
    "was liebe, was liebst, was liebt, was ich liebe, was du liebst",
    "who_what_when": "who what when, what who when, who what, actions, action items, action, action points, "
    "next steps, next step, action plan, to do, to dos, todo, todos, tasks, commitments, promises, agreements, "
    "follow ups, follow up, agreed, "
    "wer was wann, wer was, was wer wann, aufgaben, aufgabe, nächste schritte, nächster schritt, schritte, maßnahmen, "
    "massnahmen, vereinbarungen, vereinbarung, vereinbart, zusagen, versprechen, abmachungen, absprachen",
    "mission": "mission, mission statement, missions statement, mission sentence, leitsatz, leitbild, "
    "lebensmotto, leitspruch, leitgedanke, purpose statement, missionssatz",
}
_PHRASES: Mapping[Part, frozenset[str]] = MappingProxyType(
    {part: frozenset(names.split(", ")) for part, names in _CALLED.items()}
)
_LONGEST_PHRASE = 3
#: What the method tells of in the first part: such a heading is kept with the words below it.
_TOPICS = _words("goal goals plan plans failure failures ziel ziele pläne misserfolg misserfolge scheitern rückschläge")
_BESIDE = _words(
    "a an the of on in for to and or by is are does do did doing let lets talk talking speak speaking tell telling "
    "about your yours my our ours her his their its new current today todays personal part section block step "
    "min minutes "
    "der die das den dem des ein eine einen einer von vom zu zum zur für und oder bis im in am wir über sprechen "
    "sprich spricht sprechen reden rede redet erzähl erzähle erzählen gespräch macht tut mache machen dein deine "
    "deinen deiner deines mein meine meinen meiner meines unser unsere unseren ihr ihre ihren ihrer seine seinen "
    "seiner neu neue neuer neues neuen aktuell aktuelle aktueller aktuelles persönlich persönliche persönlicher "
    "persönliches persönlichen heute heutige teil abschnitt minuten"
)
_OF_A_TITLE = _words(
    "one on 1 1on1 o3 meeting meetings with mit und and session sessions coaching gespräch gespräche treffen notes "
    "note notizen notiz protokoll sync weekly check in jour fixe vier augen the of a from vom am der den "
    "wöchentlich wöchentliches mitarbeitergespräch einzelgespräch zweiergespräch 121"
)
_LETTERS = pattern(r"[^\W_]+(?:['’][^\W_]+)?")
_BRACKETS = pattern(r"\([^()]*\)|\[[^\[\]]*\](?!\()")
_NUMBER = pattern(r"[0-9ivx]{1,3}|[0-9]{1,3}(?:min|m)")
_ORDINAL = pattern(r"[0-9]{1,8}(?:st|nd|rd|th)?|(?:w|kw)[0-9]{1,2}")
_LONGEST = 80


def part_named(words: str, names: Collection[str] = ()) -> Part | None:
    """Return the part of a session that a heading names; None if it names none, or more than that.

    Parameters
    ----------
    words
        The heading.
    names
        What the two are called, each word of it.

    Examples
    --------
    >>> [part_named(words) for words in ("2. Talk about *your dreams*", "Wer macht was bis wann?", "Maha’s Leitsatz:")]
    ['dreams', 'who_what_when', None]
    >>> part_named("Maha’s Leitsatz:", ["maha"]), part_named("Dreams of the new server")
    ('mission', None)
    """
    said = _said(words)
    for passed_over in (frozenset[str](), _BESIDE, _BESIDE | _possessive(names)):
        plain = [word for word in said if word not in passed_over]
        if part := next((part for part, phrases in _PHRASES.items() if _are(plain, phrases)), None):
            return part
    is_about_somebody = said[:1] in (["about"], ["über"]) and set(said[1:]) <= _possessive(names)
    return "yourself" if is_about_somebody and said[1:] else None


def is_topic(words: str) -> bool:
    """Tell whether a heading is one of the topics of the first part, which says more than the name of the part.

    Examples
    --------
    >>> is_topic("My goals"), is_topic("Talk about yourself")
    (True, False)
    """
    return _are([word for word in _said(words) if word not in _BESIDE], _TOPICS)


def is_title(words: str, names: Iterable[str]) -> bool:
    """Tell whether a heading says only that the two met, and when.

    Examples
    --------
    >>> is_title("One-on-one with Maha, 4 March 2026", ["maha"]), is_title("After the reorganisation", ["maha"])
    (True, False)
    """
    known = {*_OF_A_TITLE, *months(), *weekdays(), *_possessive(names)}
    return all(word in known or _ORDINAL.fullmatch(word) for word in _LETTERS.findall(folded(words)))


def _are(words: Sequence[str], phrases: Collection[str]) -> bool:
    """Tell whether words are such phrases, one after the other, and nothing else."""
    at = 0
    while at < len(words):
        lengths = range(_LONGEST_PHRASE, 0, -1)
        length = next((n for n in lengths if " ".join(words[at : at + n]) in phrases), 0)
        if not length:
            return False
        at += length
    return bool(words)


def _said(words: str) -> list[str]:
    if len(words) > _LONGEST:
        return []
    said = _LETTERS.findall(_BRACKETS.sub(" ", folded(words)))
    return [word for at, word in enumerate(said) if not (_NUMBER.fullmatch(word) and at in {0, 1, len(said) - 1})]


def _possessive(names: Iterable[str]) -> frozenset[str]:
    """Return what the two are called, also where something is theirs."""
    return frozenset(f"{name}{end}" for name in names for end in ("", "s", "'s", "’s", "'", "’"))
