"""A file → what it brings in; the format is recognised by what the file says, not by its name."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from coaching.errors import InterchangeError
from coaching.formats import bundle
from coaching.formats import workbook_json as form
from coaching.formats.incoming import Incoming
from coaching.formats.json_file import content_of, parsed
from coaching.formats.problems import ANOTHER_FILE, OF_A_TASK_TOOL, refusal, shown
from coaching.formats.sealing import SealKeys, UnopenedError, is_sealed, is_sealed_name, unseal
from coaching.i18n import either, say, to_say
from coaching.model.ids import other_copy

_HOLDERS = ("coach", "coachee")
#: By these the JSON of Trello, Taskwarrior, Todoist, TickTick, Asana, Google's tasks and others is known.
_OF_TASK_TOOLS: Final = frozenset({"cards", "tasks", "items", "todos", "lists", "data", "issues", "projects"})
_NOTHING_TO_OPEN_WITH: Final = SealKeys()


def read(path: Path, holder: str | None = None, keys: SealKeys = _NOTHING_TO_OPEN_WITH) -> Incoming:
    """Return what the file at `path` brings into a workbook held by `holder`.

    Parameters
    ----------
    path
        A file in one of the forms that FORMATS.md describes, sealed or not.
    holder
        Whose copy it will be: ``"coach"`` or ``"coachee"``; by default that of the holder the file names, or else the
        coach's. A bundle becomes the coachee's.
    keys
        What there is to open a sealed file with.

    Raises
    ------
    InterchangeError
        If the file cannot be read or is wrong; it names the file and all that is wrong, never quoting the words.
    """
    if holder not in (None, *_HOLDERS):
        raise InterchangeError("A workbook is held by {holders}; say which.", holders=either(_HOLDERS))
    path = path.absolute()  # "." has no name
    content = opened(path, keys)
    if bundle.is_bundle(content):
        return _bundled(path.name, content, holder)
    document = parsed(path.name, content)
    is_of_a_task_tool = "format" not in document and not _OF_TASK_TOOLS.isdisjoint(document)
    _check_form(path.name, document, OF_A_TASK_TOOL if is_of_a_task_tool else ANOTHER_FILE)
    incoming = form.read(path.name, document, holder or _own_holder(document))
    return _going_back(incoming, document) if holder is None and document["audience"] == "pair" else incoming


def opened(path: Path, keys: SealKeys) -> bytes:
    """Return what a file holds, sealed or not; what was sealed is in memory alone.

    Raises
    ------
    InterchangeError
        If it cannot be read, or nothing that is there opens it.
    """
    content = content_of(path)
    if is_sealed(content):
        try:
            return unseal(content, keys)
        except UnopenedError as error:
            raise refusal(path.name, [error.problem], error.advice) from None
    if is_sealed_name(path):
        raise refusal(
            path.name, [to_say("it is no sealed file, or damaged")], to_say("Have it sent again, or choose another")
        )
    return content


def _bundled(name: str, content: bytes, holder: str | None) -> Incoming:
    """Return what a bundle brings in; it holds the workbook's own form alone."""
    document, file = bundle.load(name, content), f"{bundle.WORKBOOK} in {name}"
    _check_form(file, document, to_say("Choose a bundle that the workbook has exported"))
    incoming = form.read(file, document, holder or "coachee")
    return _going_back(incoming, document) if holder is None else incoming


def _going_back(incoming: Incoming, document: dict[str, Any]) -> Incoming:
    """Return what the coachee shares with their coach as something that may go back to the coach's copy."""
    if document["holder"] != "coachee":
        return incoming
    return replace(incoming, goes_back_to=other_copy(incoming.workbook))


def _check_form(file: str, document: dict[str, Any], advice: str) -> None:
    """Refuse what does not say that it is of the workbook's own form, in the version that this program reads."""
    name, slash, version = str(document.get("format", "")).partition("/")
    if name != form.NAME or not slash:
        raise refusal(file, [to_say("it is JSON, but not a workbook")], advice)
    if version != form.VERSION:
        other = say(
            "it is {form} in version {version}, and this program reads version {known}",
            form=form.NAME,
            version=shown(version),
            known=form.VERSION,
        )
        raise refusal(file, [other], to_say("Update the program, or export the file again in that version"))


def _own_holder(document: dict[str, Any]) -> str:
    holder = document.get("holder")
    return str(holder) if holder in _HOLDERS else _HOLDERS[0]
