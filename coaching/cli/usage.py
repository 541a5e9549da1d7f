"""What the libraries that read a command line say by themselves, in the language of whoever has typed it.

They say it in English: their sentences are known by their pattern, and anything else stays as it is.
"""

import re
from functools import cache

from coaching.i18n import LANGUAGES, language, say, to_say

#: What stands in a place may be one of these, too.
_SAID = (
    to_say("No such command {name}. Did you mean {others}?"),
    to_say("No such command {name}."),
    to_say("No such option: {option} (Possible options: {others})"),
    to_say("No such option: {option}"),
    to_say("Got unexpected extra argument(s) ({what})"),
    to_say("Missing argument {what}."),
    to_say("Missing option {what}."),
    to_say("Missing command."),
    to_say("Option {option} requires an argument."),
    to_say("Option {option} does not take a value."),
    to_say("Invalid value for {what}: {problem}"),
    to_say("Invalid value: {problem}"),
    to_say("{value} is not one of {others}."),
    to_say("Input should be greater than or equal to {number}"),
    to_say("Input should be a valid integer, unable to parse string as an integer"),
    to_say("Input should be a valid number, unable to parse string as a number"),
    to_say("Show this message and exit."),
    to_say("Install completion for the current shell."),
    to_say("Show completion for the current shell, to copy it or customize the installation."),
    to_say("[required]"),
    to_say("[default: {value}]"),
)


def in_our_words(text: str) -> str:
    """Return what a library says in the language that is spoken; a text that it does not say as it is.

    Examples
    --------
    >>> from coaching.i18n import speaking
    >>> with speaking("de"):
    ...     in_our_words("Missing argument 'NAME'.")
    "Es fehlt das Argument 'NAME'."
    """
    if language() == LANGUAGES[0]:
        return text
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return say(sentence, **{place: in_our_words(inner) for place, inner in found.groupdict().items()})
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    places = {sentence: re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)) for sentence in _SAID}
    return [(sentence, re.compile(pattern, re.DOTALL)) for sentence, pattern in places.items()]
