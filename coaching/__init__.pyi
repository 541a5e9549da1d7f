from .jupyter.api import open_workbook, review, session

__all__ = ["open_workbook", "review", "session"]
__version__: str
