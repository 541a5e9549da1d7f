"""What is wrong with a file, as one sentence: names of files, keys and places, never the words that stand there."""

from collections.abc import Iterable, Sequence

from coaching.errors import InterchangeError
from coaching.i18n import say, to_say
from coaching.text import beginning

#: So many problems are spelled out; the others are counted.
SPELLED_OUT = 20
#: What to do where a file is none of ours.
ANOTHER_FILE = to_say("Choose a .json or .zip file that the workbook has exported")
#: What to do where it is what a task tool keeps its lists in.
OF_A_TASK_TOOL = to_say(
    "It looks like the list of a task tool: export it there as CSV or Markdown, and bring that in with --into NAME"
)
_LONGEST_NAME = 60


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


def refusal(file: str, problems: Sequence[str], advice: str) -> InterchangeError:
    """Return the error that says why a file cannot be read and what to do next.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    problems
        All that is wrong, without a full stop; as the catalogue has it, or said already.
    advice
        What to do next, a sentence without its full stop.
    """
    spelled_out = [say(problem) for problem in problems[:SPELLED_OUT]]
    if more := len(problems) - len(spelled_out):
        spelled_out.append(say("and {more} more", more=more))
    return InterchangeError(
        "{file} cannot be read: {problems}. {advice}.",
        file=shown(file),
        problems="; ".join(spelled_out),
        advice=say(advice),
    )
