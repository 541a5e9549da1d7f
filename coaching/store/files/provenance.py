"""Where a file comes from: which one it is, however it is called, which ones it came after, and which it replaces.

Each file of entries and each draft says so of itself. So a file that others name and that is not there is missing, and
one that another has replaced, and that is there again, was put back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from coaching.store.disk.layout import IDENTITY

_JSON = json.JSONEncoder(separators=(",", ":"))

#: What the Parquet metadata of a file call it.
PROVENANCE_KEY = b"coaching.provenance"


class Version(NamedTuple):
    """One writing of a file.

    Parameters
    ----------
    file
        ULID of the file: its name when it was saved; it is the same under any other name.
    number
        How often it had been written over before, as drafts are.
    """

    file: str
    number: int = 0

    def __str__(self) -> str:
        """Return it as files and names of files hold it."""
        return f"{self.file}.{self.number}"

    @classmethod
    def read(cls, text: Any) -> Self:
        """Return what `str` has made of one.

        Raises
        ------
        ValueError
            If it is none.
        """
        file, _, number = str(text).partition(".")
        if not IDENTITY.fullmatch(file) or not (number.isascii() and number.isdigit()):
            raise ValueError(text)
        return cls(file, int(number))


@dataclass(frozen=True)
class Provenance:
    """What a file says of itself beside its rows.

    Parameters
    ----------
    version
        Which one it is.
    after
        The newest ones that were there when it was written; these name those before.
    replaces
        The ones whose rows it holds, or whose loss was accepted: for each file the highest number.
    card
        How often ``workbook.json`` had been changed when it was written.
    """

    version: Version
    after: frozenset[Version] = frozenset()
    replaces: Mapping[str, int] = field(default_factory=dict)
    card: int = 0

    def encode(self) -> bytes:
        """Return it as the metadata of a Parquet file hold it."""
        fields: dict[str, Any] = {"version": str(self.version), "card": self.card}
        if self.after:
            fields["after"] = sorted(map(str, self.after))
        if self.replaces:
            fields["replaces"] = sorted(str(Version(*one)) for one in self.replaces.items())
        return _JSON.encode(fields).encode()

    @classmethod
    def decode(cls, data: bytes | None) -> Self | None:
        """Return what the metadata of a file say; nothing for a file of a program that did not say it yet.

        Raises
        ------
        ValueError
            If it makes no sense.
        """
        if data is None:
            return None
        try:
            fields = json.loads(data)
            return cls(
                version=Version.read(fields["version"]),
                after=frozenset(map(Version.read, fields.get("after", ()))),
                replaces=highest(map(Version.read, fields.get("replaces", ()))),
                card=int(fields["card"]),
            )
        except (ArithmeticError, LookupError, TypeError, RecursionError) as error:
            raise ValueError(data) from error


def highest(versions: Iterable[Version]) -> dict[str, int]:
    """Return the highest number of each file."""
    numbers: dict[str, int] = {}
    for file, number in versions:
        if number > numbers.get(file, -1):
            numbers[file] = number
    return numbers
