"""The forms of the five parts, in their order, and what each of them can do."""

from collections.abc import Sequence
from typing import Protocol

from coaching.entries import Segment
from coaching.forms.blocks import Block
from coaching.forms.closing import Closing
from coaching.forms.context import Context, Records, Values
from coaching.forms.dreams import Dreams
from coaching.forms.opening import Opening
from coaching.forms.who_what_when import WhoWhatWhen
from coaching.forms.yourself import Yourself


class SegmentForm(Protocol):
    """What each segment's form can do; it holds no state of its own."""

    @property
    def segment(self) -> Segment:
        """The segment."""

    @property
    def title(self) -> str:
        """The form's title."""

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""

    def blocks(self, context: Context) -> list[Block]:
        """Return the form as data."""

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""

    def undecided(self, context: Context, values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed, by field."""


FORMS: Sequence[SegmentForm] = (Opening(), Yourself(), Dreams(), WhoWhatWhen(), Closing())
