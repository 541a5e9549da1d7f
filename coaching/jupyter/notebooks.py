"""The program's own notebooks, as they came with it: their code, and their prose in the language that is spoken."""

import json
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coaching.i18n import LANGUAGES, say, speaking

SESSION, REVIEW, HANDOVER = "session.ipynb", "quarterly_review.ipynb", "handover.ipynb"
NAMES = (SESSION, REVIEW, HANDOVER)

#: The kind and the text of each cell.
Cells = Sequence[Sequence[str]]
#: A paragraph: what makes it a heading or a button, and its words between.
_PARAGRAPH = re.compile(r"(?P<before>#+ |<button[^>]*>|)(?P<words>.*?)(?P<after></button>|)", re.DOTALL)


def notebooks() -> Path:
    """Return the folder of the notebooks that came with the program."""
    package = Path(__file__).parent.parent
    installed = package / "notebooks"
    return installed if installed.is_dir() else package.parent / "notebooks"


def as_spoken(name: str) -> bytes:
    """Return one of the program's notebooks with its prose in the language that is spoken."""
    notebook = json.loads((notebooks() / name).read_bytes())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            said = (f"{before}{say(words)}{after}" for before, words, after in _paragraphs("".join(cell["source"])))
            cell["source"] = "\n\n".join(said).splitlines(keepends=True)
    return f"{json.dumps(notebook, ensure_ascii=False, indent=1)}\n".encode()


def prose() -> Iterator[str]:
    """Give the sentences of the program's notebooks, which `as_spoken` looks up."""
    for name in NAMES:
        for kind, text in cells_of(notebooks() / name) or ():
            if kind == "markdown":
                yield from (words for _, words, _ in _paragraphs(text))


def own_cells() -> Mapping[str, Cells]:
    """Return what the cells of the program's notebooks say in every language, by language and name."""
    found: dict[str, Cells] = {}
    for language in LANGUAGES:
        with speaking(language):
            found |= {f"{language}/{name}": _cells(as_spoken(name)) for name in NAMES}
    return found


def is_own(notebook: Path) -> bool:
    """Tell whether a notebook says what the program's own of that name says, in any language."""
    own = own_cells()
    return cells_of(notebook) in [own[f"{language}/{notebook.name}"] for language in LANGUAGES]


def cells_of(notebook: Path) -> Cells | None:
    """Return what the cells of a notebook say, without what they put out; None if that cannot be read."""
    try:
        return _cells(notebook.read_bytes())
    except (KeyError, OSError, RecursionError, TypeError, ValueError):
        return None


def _cells(notebook: bytes) -> Cells:
    return [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(notebook)["cells"]]


def _paragraphs(text: str) -> Iterator[tuple[str, str, str]]:
    for paragraph in text.split("\n\n"):
        if found := _PARAGRAPH.fullmatch(paragraph):
            yield found["before"], found["words"], found["after"]


def holds_modules(folder: Path) -> bool:
    """Tell whether a kernel in this folder would import something from it: that could stand in for the program."""
    modules = pkgutil.iter_modules([str(folder)])
    return any(module.ispkg or not (folder / f"{module.name}.py").is_dir() for module in modules)
