"""The edge to other tools: files in, files out."""

from coaching.formats.incoming import Incoming
from coaching.formats.reader import opened, read
from coaching.formats.workbook_json import write

__all__ = ["Incoming", "opened", "read", "write"]
