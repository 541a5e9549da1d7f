"""A plain record → the entry that it stands for, or what is wrong with it in plain words."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coaching.errors import InvalidEntryError
from coaching.i18n import say, to_say
from coaching.model.earlier_versions import renewed
from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.vocabulary import Kind

_SAYINGS = {
    "missing": to_say("is missing"),
    "extra_forbidden": to_say("is no field of this kind"),
    "string_type": to_say("must be text"),
    "string_pattern_mismatch": to_say("must be an id of 26 letters and digits"),
    "int_type": to_say("must be a whole number"),
    "bool_type": to_say("must be true or false"),
}
_WRONG_TYPE = to_say("is of the wrong type")
_NAME = re.compile(r"[A-Z][0-9]{1,6}|[0-9A-HJKMNP-TV-Z]{26}")


def parse(record: Mapping[str, Any]) -> Entry:
    """Return the entry that a plain record stands for; one of an earlier version is read as one of this.

    Raises
    ------
    InvalidEntryError
        Naming the entry by kind and label, and every field that is wrong; never quoting a value.
    """
    record = renewed(record)
    kind: Any = record.get("kind")
    try:
        model = MODELS[Kind(kind)]
    except ValueError:
        raise InvalidEntryError(_named("entry", record), {"kind": say("is not one that this version knows")}) from None
    try:
        return model.model_validate(record if isinstance(record, dict) else dict(record))
    except ValidationError as error:
        errors = error.errors(include_input=False, include_url=False)
        problems = {".".join(map(str, problem["loc"])) or "entry": _said(problem) for problem in errors}
        raise InvalidEntryError(_named(kind, record), problems) from None


def _said(problem: ErrorDetails) -> str:
    """Return one error of pydantic in plain words that quote no value."""
    context = problem.get("ctx", {})
    match problem["type"]:
        case "enum" | "literal_error":
            values = re.findall("'[^']+'", context["expected"])
            listed = ", ".join(values)
            return (
                say("must be one of {values}", values=listed)
                if len(values) > 1
                else say("must be {value}", value=listed)
            )
        case "value_error":
            return say(str(context["error"]))
        case "greater_than_equal":
            return say("must be {number} or more", number=context["ge"])
        case "less_than_equal":
            return say("must be {number} or less", number=context["le"])
        case kind:
            return say(_SAYINGS.get(kind, _WRONG_TYPE))


def _named(kind: str, record: Mapping[str, Any]) -> str:
    """Return kind and label, or id, of a record; what looks like neither may be anybody's words and is not repeated."""
    names = (record.get("label"), record.get("id"))
    return " ".join([kind, *[str(name) for name in names if _NAME.fullmatch(str(name))][:1]])
