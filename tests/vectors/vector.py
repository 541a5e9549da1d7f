"""One test vector: a file, and beside it what it is and what becomes of it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Where the vectors are.
FOLDER = Path(__file__).parent
_ABOUT = ".about.json"


class RefusedError(Exception):
    """A file is refused; the text is one of the reasons that the README lists."""


@dataclass(frozen=True)
class Vector:
    """A file of some bytes, and what is said of it.

    Parameters
    ----------
    name
        Where it is: ``part/name.ending``.
    data
        Its bytes.
    about
        ``what`` it is, what is needed to open it, and either its ``content`` or the reason why it is ``refused``.
    """

    name: str
    data: bytes
    about: dict[str, Any]

    @property
    def part(self) -> str:
        """Return which part of the format it belongs to."""
        return self.name.partition("/")[0]

    def write(self, folder: Path) -> None:
        """Write both files."""
        file = folder / self.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.data)
        about = json.dumps(self.about, ensure_ascii=False, indent=1)
        file.with_name(file.name + _ABOUT).write_text(about + "\n", encoding="utf-8")


def vectors() -> list[Vector]:
    """Return all that are there, by name."""
    found = []
    for about in sorted(FOLDER.glob(f"*/*{_ABOUT}")):
        file = about.with_name(about.name.removesuffix(_ABOUT))
        name = str(file.relative_to(FOLDER))
        found.append(Vector(name, file.read_bytes(), json.loads(about.read_text(encoding="utf-8"))))
    return found
