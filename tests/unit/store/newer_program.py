"""The program as a later version may be: notes have one more column. Run as ``python newer_program.py DO FOLDER``."""

import json
import sys
from pathlib import Path

from coaching.model import entries
from coaching.model.entry import Text
from coaching.model.vocabulary import Kind


class NoteWithMood(entries.Note):
    mood: Text = None


def become_newer():
    """Change the models before anything derives the columns from them."""
    entries.MODELS = {**entries.MODELS, Kind.NOTE: NoteWithMood}
    from coaching.model import schema  # noqa: PLC0415 - now

    schema.VERSION += 1


def main(do, folder):
    """Do something in the folder, and return what is read there."""
    from coaching.model.frames import current  # noqa: PLC0415 - not before this is the newer program
    from coaching.store import Store  # noqa: PLC0415
    from coaching.store.files.parquet import EPOCH  # noqa: PLC0415
    from tests.unit.store.samples import KEY, note  # noqa: PLC0415

    store = Store.open(folder, KEY)
    if do == "save":
        said = note("newer", store.next_rev(EPOCH), "said by the newer program")
        store.save([NoteWithMood(**said.model_dump(), mood="bright")])
    if do == "compact":
        store.compact()
    read = store.read()
    moods = {row["text"]: row["mood"] for row in current(read.history).to_pylist()}
    return {"moods": moods, "problems": [problem.file for problem in read.problems]}


if __name__ == "__main__":
    become_newer()
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
