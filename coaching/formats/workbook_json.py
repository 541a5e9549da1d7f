"""The workbook's own form: flat, complete, the same data always the same bytes."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from coaching.formats.incoming import Incoming, Record
from coaching.formats.problems import place, refusal, shown
from coaching.i18n import say, to_say
from coaching.model.ids import other_copy
from coaching.model.schema import LISTS, SCHEMA
from coaching.model.sharing import Shared

NAME = "coaching-workbook"
VERSION = "1"

_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_AUDIENCES = ("holder", "pair", "open")
_HOLDERS = ("coach", "coachee")
_INT64 = 2**63
_COLUMNS: Mapping[str, pa.DataType] = {field.name: field.type for field in SCHEMA}
# JSON lets these stand as they are; an editor would break the line at them, turn it around, or hide them.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(shared: Shared, workbook: str, holder: str) -> str:
    """Return what an audience may read as text of the form ``coaching-workbook/1``.

    Parameters
    ----------
    shared
        What its audience may read; for the holder, all revisions that the frames hold.
    workbook
        ULID of the workbook.
    holder
        Whose copy it comes from: ``"coach"`` or ``"coachee"``.
    """
    entries = [{name: _to_json(value) for name, value in record.items()} for record in shared.records()]
    whole: dict[str, Any] = {
        "format": f"{NAME}/{VERSION}",
        "workbook": workbook,
        "holder": holder,
        "audience": str(shared.audience),
    }
    if shared.earlier is not None:
        whole["earlier"] = shared.earlier
    whole["entries"] = entries
    text = json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def read(file: str, document: Mapping[str, Any], holder: str) -> Incoming:
    """Return what a JSON object of the form ``coaching-workbook/1`` brings in; records keep `rev` and `saved_at`.

    A file of the other holder becomes a workbook of its own, always the same one.

    Raises
    ------
    InterchangeError
        Naming every value of the wrong type by its place.
    """
    problems = [*_wrong_head(document)]
    entries = document.get("entries")
    if not isinstance(entries, list):
        problems.append(say("{place} must be a list", place="entries"))
        entries = []
    records = [_record(entry, place(["entries", number]), problems) for number, entry in enumerate(entries)]
    earlier = _earlier(document["earlier"], problems) if "earlier" in document else None
    if problems:
        raise refusal(file, problems, to_say("Mend it in the file, or export the file again"))
    workbook = document["workbook"] if document["holder"] == holder else other_copy(document["workbook"])
    return Incoming(workbook, holder, tuple(records), tuple(_left_out(document, entries)), earlier)


def _wrong_head(document: Mapping[str, Any]) -> Iterable[str]:
    workbook = document.get("workbook")
    if not (isinstance(workbook, str) and _ULID.fullmatch(workbook)):
        yield say("{place} must be an id of 26 letters and digits", place="workbook")
    for key, allowed in (("holder", _HOLDERS), ("audience", _AUDIENCES)):
        if document.get(key) not in allowed:
            yield say("{place} must be one of {values}", place=key, values=", ".join(map(repr, allowed)))


def _record(entry: Any, where: str, problems: list[str]) -> Record:
    """Return the entry with days and times as such; what is wrong is added to `problems`."""
    if not isinstance(entry, dict):
        problems.append(say("{place} must be an object", place=where))
        return {}
    record = {}
    for name, value in entry.items():
        if name in _COLUMNS and value is not None:
            try:
                record[name] = _several(value, LISTS[name]) if name in LISTS else _from_json(value, _COLUMNS[name])
            except ValueError as error:
                problems.append(f"{where}.{name} {error}")
    return record


def _earlier(value: Any, problems: list[str]) -> dict[str, tuple[int, ...]]:
    """Return the earlier revisions by id; what is wrong is added to `problems`."""
    if not isinstance(value, dict):
        problems.append(say("{place} must be an object", place="earlier"))
        return {}
    earlier = {}
    for identity, revs in value.items():
        try:
            earlier[identity] = _several(revs, int)
        except ValueError as error:
            problems.append(f"{place(['earlier', identity])} {error}")
    return earlier


def _left_out(document: Mapping[str, Any], entries: list[Any]) -> Iterable[str]:
    head = {"format", "workbook", "holder", "audience", "earlier", "entries"}
    for key in sorted(document.keys() - head):
        yield say("'{key}' is not known and was left out", key=shown(key))
    for key in sorted({key for entry in entries for key in entry} - _COLUMNS.keys()):
        yield say("entries[].{key} is not known and was left out", key=shown(key))


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _from_json(value: Any, wanted: pa.DataType) -> Any:
    """Return `value` as what a column holds.

    Raises
    ------
    ValueError
        Saying what the value must be.
    """
    if pa.types.is_boolean(wanted):
        return _checked(value, isinstance(value, bool), say("must be true or false"))
    if pa.types.is_integer(wanted):
        whole = isinstance(value, int) and not isinstance(value, bool) and -_INT64 <= value < _INT64
        return _checked(value, whole, say("must be a whole number of 64 bits"))
    _checked(value, isinstance(value, str), say("must be text"))
    if pa.types.is_date(wanted):
        return _day(value)
    return _time(value) if pa.types.is_timestamp(wanted) else value


def _several(value: Any, element: type) -> tuple[Any, ...]:
    fits = isinstance(value, list) and all(part is None or type(part) is element for part in value)
    _checked(value, fits, say("must be a list of texts") if element is str else say("must be a list of whole numbers"))
    return tuple(value)


def _checked(value: Any, fits: bool, otherwise: str) -> Any:  # noqa: FBT001 -- the answer, not a switch
    if not fits:
        raise ValueError(otherwise)
    return value


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(say("must be a day of the calendar, like 2025-01-31")) from None


def _time(value: str) -> datetime:
    wanted = say("must be a time with its zone, like 2025-01-31T12:00:00+00:00")
    try:
        moment = datetime.fromisoformat(value)
        _checked(moment, moment.tzinfo is not None, wanted)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(wanted) from None
