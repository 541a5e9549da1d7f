"""The values of a form by the names of its fields: read row by row, and dates with care."""

from datetime import date

from coaching.workbook.context import Values

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def row_keys(values: Values, name: str) -> list[str]:
    """Return the keys of the rows of a group, in the order in which they were begun.

    Examples
    --------
    >>> row_keys({"item.a.what": "x", "item.b.what": "", "item.a.by": ""}, "item")
    ['a', 'b']
    """
    start = f"{name}."
    return list(dict.fromkeys(field[len(start) :].split(".")[0] for field in values if field.startswith(start)))


def rows_in(values: Values, name: str) -> dict[str, dict[str, str]]:
    """Return the fields of all rows of a group, by the key of each row and by their own names.

    Examples
    --------
    >>> rows_in({"item.a.what": "x", "item.b.what": "", "item.a.by": ""}, "item")
    {'a': {'what': 'x', 'by': ''}, 'b': {'what': ''}}
    """
    start, rows = f"{name}.", dict[str, dict[str, str]]()
    for field, value in values.items():
        if field.startswith(start):
            key, _, own = field[len(start) :].partition(".")
            rows.setdefault(key, {})[own] = value
    return rows


def row(values: Values, name: str, key: str) -> dict[str, str]:
    """Return the fields of one row by their own names."""
    start = f"{name}.{key}."
    return {field[len(start) :]: value for field, value in values.items() if field.startswith(start)}


def said(values: Values, name: str) -> str | None:
    """Return the words of a field as they were typed, or None if there are none."""
    text = values.get(name, "")
    return text if text.strip() else None


def day_or_none(typed: str | None) -> date | None:
    """Return the date that was typed, or None while it is not (yet) one that can be meant.

    A browser reports the year 0002 while somebody types 2026; such a date is not taken.

    Examples
    --------
    >>> day_or_none("2026-03-01"), day_or_none("0002-03-01"), day_or_none("")
    (datetime.date(2026, 3, 1), None, None)
    """
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
