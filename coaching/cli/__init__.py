"""The command line: names, options and their help; the work is done behind it."""

from coaching.cli.app import app

__all__ = ["app"]
