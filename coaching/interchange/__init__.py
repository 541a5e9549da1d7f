"""The edge to other tools: files in, files out."""

from coaching.interchange.form import write
from coaching.interchange.incoming import Incoming
from coaching.interchange.reading import opened, read

__all__ = ["Incoming", "opened", "read", "write"]
