"""The nested form ``coaching-workbook-data/0.1`` → records."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coaching.formats.incoming import Incoming
from coaching.formats.problems import place, refusal
from coaching.model.ids import derived_id
from tests.invented_year.book import Book
from tests.invented_year.form import Year
from tests.invented_year.oddities import oddities
from tests.invented_year.places import unknown_keys, wrong_labels
from tests.invented_year.plan import add_plan
from tests.invented_year.session import add_session

_ADVICE = "Mend it in the file and bring it in again"
_SENTENCES = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def read(file: str, found: Mapping[str, Any], holder: str) -> Incoming:
    """Return what a JSON object of the nested form brings in.

    Parameters
    ----------
    file
        Name of the file, for its errors.
    found
        The JSON object.
    holder
        Whose copy it will be; a copy of each holder is a workbook of its own.

    Raises
    ------
    InterchangeError
        Naming every value that is missing, of the wrong type, or names nothing, by its place.
    """
    year = _validated(file, found)
    first_coach = year.coaches[0].id if year.coaches else ""
    workbook = derived_id(None, "workbook", year.person.id, year.person.display_name or "", first_coach, holder)
    book = Book(year, workbook)
    add_plan(book)
    for session in year.sessions:
        add_session(book, session)
    warnings = [*oddities(book, holder), *unknown_keys(year)]
    return Incoming(workbook, holder, tuple(book.records), tuple(warnings))


def _validated(file: str, found: Mapping[str, Any]) -> Year:
    try:
        year = Year.model_validate(dict(found))
    except ValidationError as error:
        problems = [_problem(details) for details in error.errors(include_input=False, include_url=False)]
        raise refusal(file, problems, _ADVICE) from None
    if problems := [*wrong_labels(year), *_not_theirs(year)]:
        raise refusal(file, problems, _ADVICE)
    return year


def _problem(error: ErrorDetails) -> str:
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
            words = _SENTENCES.get(kind, error["msg"])
    return f"{place(error['loc'])} {words}"


def _not_theirs(year: Year) -> list[str]:
    """Return a problem for each item that the coachee calls not theirs and that stands under their name."""
    return [
        f"{place(['items', number, 'owner_says'])} is not_mine, which cannot stand under the coachee's own name"
        for number, item in enumerate(year.items)
        if item.owner_says == "not_mine" and item.owner == year.person.id
    ]
