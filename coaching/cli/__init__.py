"""The command line: names, options and their help; the work is done behind it."""

from coaching.cli import exports as pages
from coaching.cli import handover, workbooks
from coaching.cli import imports as bringing
from coaching.cli import retention as upkeep
from coaching.cli.app import app

__all__ = ["app", "bringing", "handover", "pages", "upkeep", "workbooks"]
