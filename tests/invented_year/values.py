"""The nested form's values: days, labels and what names them, and what every object of the file is."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


@dataclass(frozen=True)
class Labels:
    """Marks the field in which an element of the file gets its label; no other of its kind may have the same."""

    kind: str


@dataclass(frozen=True)
class Names:
    """Marks a field that names another element of the file by its label."""

    kind: str


def _calendar_day(typed: object) -> date:
    if isinstance(typed, date):
        return typed
    if isinstance(typed, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            pass
    raise PydanticCustomError("calendar_day", "must be a day of the calendar, like 2025-01-31")


Day = Annotated[date, BeforeValidator(_calendar_day)]
Label = Annotated[str, Field(min_length=1)]
PersonRef = Annotated[str, Names("person")]
SessionRef = Annotated[str, Names("session")]
ItemRef = Annotated[str, Names("item")]
DreamRef = Annotated[str, Names("dream")]
BecomingRef = Annotated[str, Names("becoming")]
#: Bounded, so that every number and every day made from one can be stored.
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Days = Annotated[int, Field(ge=0, le=36_500)]
Score = Annotated[int, Field(ge=1, le=5)]
Visible = Literal["shared", "person_private", "coach_private"]
ByCoach = Literal["shared", "coach_private"]
ByPerson = Literal["shared", "person_private"]
First = Literal["written", "spoken_not_recorded", "person_chose_to_start", "coach_did_not"]


class Part(BaseModel):
    """An object of the file; keys that it does not know are kept aside in `model_extra`."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)

    def __repr__(self) -> str:
        """Name the part without its words."""
        return f"<{type(self).__name__}>"

    __str__ = __repr__
