"""Write all vectors anew: ``python -m tests.vectors [FOLDER]``."""

import sys
from pathlib import Path

from tests.vectors import bundles, cards, entry_files, folders, joining, pages
from tests.vectors.randomness import counted
from tests.vectors.vector import FOLDER, Vector


def made() -> list[Vector]:
    """Return all vectors, made anew; each part draws its own numbers, so that one more changes no other part."""
    vectors = []
    for part in (cards, entry_files, folders, bundles, pages):
        with counted():
            vectors += part.made()
    return vectors


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    for vector in made():
        vector.write(folder)
    (folder / joining.FILE.name).write_text(joining.written(), encoding="utf-8")
