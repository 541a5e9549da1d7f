"""The program's own notebooks, as they came with it."""

import json
import pkgutil
from collections.abc import Mapping, Sequence
from pathlib import Path

SESSION, REVIEW, HANDOVER = "session.ipynb", "quarterly_review.ipynb", "handover.ipynb"
NAMES = (SESSION, REVIEW, HANDOVER)

#: The kind and the text of each cell.
Cells = Sequence[Sequence[str]]


def notebooks() -> Path:
    """Return the folder of the notebooks that came with the program."""
    package = Path(__file__).parent.parent
    installed = package / "notebooks"
    return installed if installed.is_dir() else package.parent / "notebooks"


def own_cells() -> Mapping[str, Cells]:
    """Return what the cells of the program's notebooks say, by the notebooks' names."""
    return {name: cells for name in NAMES if (cells := cells_of(notebooks() / name)) is not None}


def cells_of(notebook: Path) -> Cells | None:
    """Return what the cells of a notebook say, without what they put out; None if that cannot be read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (KeyError, OSError, RecursionError, TypeError, ValueError):
        return None


def holds_modules(folder: Path) -> bool:
    """Tell whether a kernel in this folder would import something from it: that could stand in for the program."""
    modules = pkgutil.iter_modules([str(folder)])
    return any(module.ispkg or not (folder / f"{module.name}.py").is_dir() for module in modules)
