"""The invented years: what they say, what they bring in, and their files in the workbook's own form."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from coaching.formats import workbook_json
from coaching.formats.incoming import Incoming
from coaching.model.frames import Frames, frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, share
from coaching.model.validation import parse
from coaching.model.vocabulary import Side
from coaching.workbook.home import Home, Imported
from tests.invented_year import reader

DATA: Final = Path(__file__).with_name("data")
_UNSAVED: Final[Mapping[str, Any]] = {"rev": 0, "saved_at": datetime(1970, 1, 1, tzinfo=UTC)}


def load(name: str) -> dict[str, Any]:
    """Return what a year says, in its nested form."""
    year: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return year


def read_year(name: str, holder: str = "coach") -> Incoming:
    """Return what a year brings into the copy of a holder."""
    return reader.read(f"{name}.json", load(name), holder)


def import_year(home: Home, name: str, holder: str = "coach") -> Imported:
    """Bring a year into a home, by a file in the workbook's own form."""
    with TemporaryDirectory() as folder:
        return home.import_file(write(read_year(name, holder), Path(folder) / f"{name}.json"), Side(holder))


def write(incoming: Incoming, file: Path) -> Path:
    """Write what a year brings in as a file in the workbook's own form, and return the file.

    The entries have neither `rev` nor `saved_at`: they are saved when they are brought in. Those that are private to
    the other side are in it as well; what a copy may hold is decided by the import.
    """
    entries = [parse({**_UNSAVED, **record}) for record in incoming.records]
    shared = share(frames(to_table(entries)), Audience.HOLDER)
    whole = json.loads(workbook_json.write(shared, incoming.workbook, incoming.holder))
    for entry in whole["entries"]:
        for name in _UNSAVED:
            del entry[name]
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return file


def frames_of(name: str) -> Frames:
    """Return what a year says as frames, without a home."""
    return frames(to_table(parse({**_UNSAVED, **record}) for record in read_year(name).records))
