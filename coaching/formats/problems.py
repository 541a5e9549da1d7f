"""What is wrong with a file, as one sentence: names of files, keys and places, never the words that stand there."""

from collections.abc import Iterable, Sequence

from pydantic_core import ErrorDetails

from coaching.errors import InterchangeError
from coaching.text import beginning

#: So many problems are spelled out; the others are counted.
SPELLED_OUT = 20
#: What to do where a file is none of ours.
ANOTHER_FILE = "Choose a .json or .zip file that the workbook has exported"
_LONGEST_NAME = 60

_SAYINGS = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def shown(name: str) -> str:
    r"""Return a name from outside so that it can stand in a sentence: shortened, nothing invisible, on one line.

    Examples
    --------
    >>> shown("a\nb.json")
    'a�b.json'
    """
    visible = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    return visible if len(visible) <= _LONGEST_NAME else beginning(visible, _LONGEST_NAME - 1) + "…"


def place(steps: Iterable[str | int]) -> str:
    """Return the way to a value inside a file.

    Examples
    --------
    >>> place(["items", 3, "by"])
    'items[3].by'
    """
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in steps)
    return path.removeprefix(".")


def said(error: ErrorDetails) -> str:
    """Return one error of pydantic as place and plain words."""
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            words = f"must be one of {context['expected'].replace(' or ', ', ')}"
        case "greater_than_equal":
            words = f"must be {context['ge']} or more"
        case "less_than_equal":
            words = f"must be {context['le']} or less"
        case kind:
            words = _SAYINGS.get(kind, error["msg"])
    return f"{place(error['loc'])} {words}"


def refusal(file: str, problems: Sequence[str], advice: str) -> InterchangeError:
    """Return the error that says why a file cannot be read and what to do next.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    problems
        All that is wrong, without a full stop.
    advice
        What to do next, a sentence without its full stop.
    """
    spelled_out = list(problems[:SPELLED_OUT])
    if more := len(problems) - len(spelled_out):
        spelled_out.append(f"and {more} more")
    return InterchangeError(f"{shown(file)} cannot be read: {'; '.join(spelled_out)}. {advice}.")
