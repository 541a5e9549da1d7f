"""The nested form ``coaching-workbook-data/0.1`` → records."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from coaching.formats.incoming import Incoming
from coaching.formats.invented_year.year_book import Book
from coaching.formats.invented_year.year_form import Year
from coaching.formats.invented_year.year_places import unknown_keys, wrong_labels
from coaching.formats.invented_year.year_plan import add_plan
from coaching.formats.invented_year.year_session import add_session
from coaching.formats.invented_year.year_warnings import oddities
from coaching.formats.problems import place, refusal, said
from coaching.model.ids import derived_id

NAME = "coaching-workbook-data"
VERSION = "0.1"

_ADVICE = "Mend it in the file and bring it in again"


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
        problems = [said(problem) for problem in error.errors(include_input=False, include_url=False)]
        raise refusal(file, problems, _ADVICE) from None
    if problems := [*wrong_labels(year), *_not_theirs(year)]:
        raise refusal(file, problems, _ADVICE)
    return year


def _not_theirs(year: Year) -> list[str]:
    """Return a problem for each item that the coachee calls not theirs and that stands under their name."""
    return [
        f"{place(['items', number, 'owner_says'])} is not_mine, which cannot stand under the coachee's own name"
        for number, item in enumerate(year.items)
        if item.owner_says == "not_mine" and item.owner == year.person.id
    ]
