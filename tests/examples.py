"""On how many examples a property is tried, where one of them costs more or less than most: shares of the profile's."""

from hypothesis import settings

_USUAL = settings.default.max_examples

#: A case is a few bytes.
CHEAP = settings(max_examples=4 * _USUAL)
#: A case is a workbook, and what is counted from it.
COSTLY = settings(max_examples=max(1, _USUAL // 5))
#: A case is a workbook with all that is made of it to be handed out, or a home.
VERY_COSTLY = settings(max_examples=max(1, _USUAL // 20))
