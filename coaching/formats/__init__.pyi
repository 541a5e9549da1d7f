from . import bundle, calendar, items_csv
from .incoming import Incoming
from .reader import opened, read
from .workbook_json import write

__all__ = ["Incoming", "bundle", "calendar", "items_csv", "opened", "read", "write"]
