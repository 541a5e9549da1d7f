"""Invented lists as people keep them: notes with boxes; and the memory that bringing them in takes."""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_WORDS = (
    "oven flour bakery mentor call write plan book room talk review course budget letter read chapter walk swim share "
    "ask paper draft lesson river evening bread table window answer garden"
)
BOXES = 5
TODAY = datetime(2026, 12, 1, tzinfo=UTC)


def write_lists(folder: Path, files: int) -> Path:
    """Write so many notes of five boxes each, of one day after the other; most of the boxes have words of their own."""
    chance, words = random.Random(1), _WORDS.split()  # noqa: S311 - draws words, no keys
    folder.mkdir()
    for number in range(files):
        day = date(2020, 1, 1) + timedelta(days=number)
        boxes = [
            f"- [{chance.choice(' xx')}] {' '.join(chance.choices(words, k=4))} {number} "
            f"{chance.choice(['', '@Tom '])}📅 {day + timedelta(days=chance.randrange(1, 30))}"
            for _ in range(BOXES)
        ]
        prose = [" ".join(chance.choices(words, k=length)) for length in (30, 40)]
        text = "\n".join([f"# One-on-one {day}", "", prose[0], "", "## Actions", *boxes, "", prose[1], ""])
        (folder / f"{day}.md").write_text(text, encoding="utf-8")
    return folder


def peak(home: str, folder: str) -> float:
    """Bring a folder of lists into a new workbook, and return the peak of this program's memory in MB."""
    from coaching.workbook.home import Home  # noqa: PLC0415 - counts as memory of its own

    book = Home(Path(home), lambda: TODAY).create("Ana", "Tom Brandt").workbook
    assert book.bringing.bring(book.bringing.proposed(Path(folder)))
    # Not what getrusage says: that counts the program that has started this one.
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.stdout.write(f"{peak(*sys.argv[1:])}\n")
