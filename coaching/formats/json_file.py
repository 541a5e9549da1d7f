"""A path → its bytes, and bytes → the JSON object in them; or one sentence about why there is none."""

import json
from pathlib import Path
from typing import Any, Final, NoReturn

from coaching.formats.problems import ANOTHER_FILE, OF_A_TASK_TOOL, refusal, shown
from coaching.i18n import say, to_say

#: A workbook of a long life is some megabytes; more is none.
LARGEST: Final = 64 * 1024 * 1024
#: As letters, as mails want them, bytes are longer by a third.
_LONGEST: Final = LARGEST * 3 // 2


class _RefusedError(ValueError):
    """JSON by the parser's lights, and yet nothing that can be kept without loss."""


def content_of(path: Path) -> bytes:
    """Return the bytes of the file at `path`.

    Raises
    ------
    InterchangeError
        If there is no such file, it cannot be opened, or is larger than any workbook.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise refusal(path.name, [to_say("there is no such file")], to_say("Check its name and folder")) from None
    except IsADirectoryError:
        raise refusal(path.name, [to_say("it is a folder")], to_say("Choose a file inside it")) from None
    except (OSError, ValueError):
        raise refusal(path.name, [to_say("it cannot be opened")], to_say("Check that you may open it")) from None
    if len(content) > _LONGEST:
        raise refusal(path.name, [too_large()], ANOTHER_FILE)
    return content


def too_large() -> str:
    """Return what is wrong with what is larger than `LARGEST`."""
    return say("it is larger than {size} MB, as no workbook is", size=LARGEST // 1024 // 1024)


def parsed(name: str, content: bytes) -> dict[str, Any]:
    """Return the JSON object that is the `content` of a file with that name.

    Raises
    ------
    InterchangeError
        If it is not UTF-8, or not one JSON object.
    """
    text = _text(name, content)
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if text.strip() and text.lstrip()[0] not in "{[":
            raise refusal(name, [to_say("it is no workbook")], ANOTHER_FILE) from None
        where = say("it is not JSON at line {line}, column {column}", line=error.lineno, column=error.colno)
        raise refusal(name, [where], to_say("Mend that line, or export the file again")) from None
    except _RefusedError as error:
        raise refusal(name, [str(error)], to_say("Mend it in the file, or export the file again")) from None
    except (RecursionError, ValueError):
        # Nested deeper than Python reads, or a number of more digits than it reads.
        raise refusal(name, [to_say("its JSON is too deep or its numbers are too long")], ANOTHER_FILE) from None
    if not isinstance(document, dict):
        is_list_of_tasks = isinstance(document, list) and any(isinstance(one, dict) for one in document)
        advice = OF_A_TASK_TOOL if is_list_of_tasks else ANOTHER_FILE
        raise refusal(name, [to_say("it is JSON, but not a workbook")], advice)
    return document


def _text(name: str, content: bytes) -> str:
    try:
        # A byte order mark in front is what some editors add, not part of the data.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(name, [to_say("it is not UTF-8 text")], to_say("Save it as UTF-8, or export it again")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(say("the key '{key}' stands twice in one object", key=shown(twice)))
    return members


def _no_number(name: str) -> NoReturn:
    raise _RefusedError(say("{value} is not a JSON value", value=name))
