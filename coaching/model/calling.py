"""What people are called by: a name of their own choice, or else the beginning of their full name."""

from typing import Final

from coaching.text import is_blank

#: What stands before a name, is none, and is written without a full stop.
_TITLES: Final = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "madam", "frau", "herr", "señor", "señora"}
)


def known_as(name: str | None, called: str | None) -> str | None:
    """Return what somebody is called by: what is `called`, or else how the name begins; None without either.

    Without a choice of theirs it is the first word that is no title and no initial. Where a comma ends that word, the
    family's name stands first, and it is the word after it. A name of titles alone is taken as it is.

    Examples
    --------
    >>> [known_as(name, None) for name in ("Marisol Quispe Huanca", "Prof. Dr. Ana Lopez", "Quispe, Marisol", "Dr.")]
    ['Marisol', 'Ana', 'Marisol', 'Dr.']
    >>> known_as("Maria José Prado", "Maria José")
    'Maria José'
    """
    if not is_blank(called):
        return called
    return _beginning(name) if name else None


def _beginning(name: str) -> str:
    words = [word for word in name.split() if not is_blank(word)]
    own = [word for word in words if not _is_title(word)]
    if len(own) > 1 and own[0].endswith(","):
        own = own[1:]
    return own[0].rstrip(",") if own else name


def _is_title(word: str) -> bool:
    return word.endswith(".") or word.casefold() in _TITLES
