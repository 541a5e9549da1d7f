"""The beginning of a line that says how its task stands: a box, a sign, a keyword."""

from dataclasses import dataclass
from re import compile as pattern

from coaching.formats.task_lists.task import State

_STATES: dict[str, State] = {
    **dict.fromkeys(" ><\t\xa0", "open"),
    **dict.fromkeys("xX✓✔☑", "done"),
    **dict.fromkeys("/~", "partly"),
    "-": "let_go",
}
_SIGNS: dict[str, State] = {**dict.fromkeys("☐🔲⬜◻□", "open"), **dict.fromkeys("☑☒✅✓✔🗹", "done")}
_KEYWORDS: dict[str, State] = {
    **dict.fromkeys(("TODO", "LATER", "NOW", "NEXT", "WAITING", "WAIT", "HOLD"), "open"),
    **dict.fromkeys(("DOING", "STARTED", "IN-PROGRESS", "INPROGRESS"), "partly"),
    "DONE": "done",
    **dict.fromkeys(("CANCELED", "CANCELLED"), "let_go"),
}
#: Signs that one writes for done, and another for let go.
_ALMOST_SIGNS = "✗✘❌☓▢◯"
_BULLET = r"(?:(?:[•◦‣▪●○∙·–—⁃]|[-*+]|[0-9]{1,9}[.)])\s*)?"
_BOX = pattern(rf"({_BULLET})\\?(?:\[([^\[\]])\\?\]|\(([ xX])\))(?:\s+(.*)|$)")
_SIGN = pattern(rf"{_BULLET}([{''.join(_SIGNS)}])\ufe0f?[ \t]*(.*)")
_KEYWORD = pattern(rf"(?:[Tt][Oo][Dd][Oo]:|({'|'.join(_KEYWORDS)}))[ \t]+(.*)")
_ALMOST = pattern(rf"{_BULLET}(?:\[[\s xX]*\](?![(\[]|:\s*\S*[/.#])|[{_ALMOST_SIGNS}]\ufe0f?\s|(?:TODO|DONE):?\s)")
#: What may begin without a bullet: other signs in brackets are references there.
_WITHOUT_BULLET = frozenset(" xX/-~")


@dataclass(frozen=True)
class Beginning:
    """How a task stands, its words, and whether the sign in its box is one that is known."""

    state: State
    words: str
    is_known: bool = True


def beginning(line: str, *, is_item: bool) -> Beginning | None:
    """Return how the task of a line stands, and its words; None if it is no task.

    Parameters
    ----------
    line
        A line, without what stands before its words in a list.
    is_item
        Whether it is one of a list: there, any sign in a box, and keywords, make a task.

    Examples
    --------
    >>> beginning("[x] Read", is_item=True)
    Beginning(state='done', words='Read', is_known=True)
    """
    if match := _BOX.match(line):
        sign = match[2] or match[3]
        if is_item or match[1] or (match[2] and sign in _WITHOUT_BULLET):
            return Beginning(_STATES.get(sign, "open"), match[4] or "", sign in _STATES)
    if match := _SIGN.match(line):
        return Beginning(_SIGNS[match[1]], match[2])
    if is_item and (match := _KEYWORD.match(line)):
        return Beginning(_KEYWORDS[match[1] or "TODO"], match[2])
    return None


def is_almost_a_box(line: str) -> bool:
    """Tell whether a line looks as if it was to begin with a box."""
    return bool(_ALMOST.match(line))


def may_hold_tasks(text: str) -> bool:
    """Tell whether anything in a text can be the beginning of a task."""
    return not _MARKERS.isdisjoint(text) or "checkbox" in text or any(word in text for word in _MAY_BEGIN)


_MARKERS = frozenset({*_SIGNS, *_ALMOST_SIGNS, "[", "("})
_MAY_BEGIN = ("Todo:", "todo:", *_KEYWORDS)
