"""The command ``coaching``: runs it, and turns every error into one plain sentence."""

import sys

import click

from coaching.cli import app
from coaching.exceptions import CoachingError

_USAGE = 2


def main() -> int:
    """Run the command line; return its exit code, 0 only when it worked."""
    try:
        code = app(standalone_mode=False)
    except CoachingError as error:
        return _say(str(error), 1)
    except click.UsageError as error:
        return _say(f"{error.format_message()} See 'coaching --help'.", _USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped; nothing more was changed.", 130)
    except Exception as error:  # noqa: BLE001 - a traceback could show private words
        return _say(f"Something went wrong that was not foreseen ({type(error).__name__}); nothing was lost.", 1)
    return code if isinstance(code, int) else 0


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
