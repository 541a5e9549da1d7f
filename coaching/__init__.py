"""A workbook for managers who coach with compassion.

The notebooks call `session` and `review`; who reads a workbook with other tools calls `open_workbook`. Everything
else is behind them and behind the command ``coaching``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coaching.jupyter.api import open_workbook, review, session

__all__ = ["open_workbook", "review", "session"]


def __getattr__(name: str) -> Any:
    """Bring in what a notebook calls only when it is called: the server's extension needs none of it."""
    if name in __all__:
        from coaching.jupyter import api as notebook  # noqa: PLC0415 - see above

        return getattr(notebook, name)
    raise AttributeError(f"module 'coaching' has no attribute '{name}'")
