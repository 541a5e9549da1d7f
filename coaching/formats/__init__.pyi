from . import bundle, calendar, disclosure, items_csv
from .incoming import Incoming
from .reader import opened, read
from .workbook_json import write

__all__ = ["Incoming", "bundle", "calendar", "disclosure", "items_csv", "opened", "read", "write"]
