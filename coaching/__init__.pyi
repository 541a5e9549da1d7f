from .jupyter.api import handover, open_workbook, review, session

__all__ = ["handover", "open_workbook", "review", "session"]
__version__: str
