"""The command ``coaching``: runs it, and turns every error into one plain sentence."""

import gc
import sys

import typer

from coaching.cli import app
from coaching.cli.output import let_nothing_stop_the_output
from coaching.cli.usage import in_our_words
from coaching.errors import CoachingError
from coaching.i18n import say, speak
from coaching.text import one_line
from coaching.workbook.environment import system_language
from coaching.workbook.memory import keep_out_of_core_files

_USAGE = 2
_STOPPED = 130  # what Typer makes of Ctrl-C


def main() -> int:
    """Run the command line; return its exit code, 0 only when it worked."""
    gc.disable()  # a command is short, and what it leaves behind goes with it: a page takes a tenth less time
    try:
        return _run()
    finally:
        gc.enable()


def _run() -> int:
    keep_out_of_core_files()
    let_nothing_stop_the_output()
    speak(system_language())
    try:
        code = app(prog_name="coaching", standalone_mode=False)
    except CoachingError as error:
        return _tell(str(error), 1)
    except typer.TyperException as error:
        return _tell(_usage(error), _USAGE)
    except typer.Abort:
        code = _STOPPED
    except Exception as error:  # noqa: BLE001 - a traceback could show private words
        kind = type(error).__name__
        return _tell(say("Something went wrong that was not foreseen ({kind}); nothing was lost.", kind=kind), 1)
    if code == _STOPPED:
        return _tell(say("Stopped; nothing more was changed."), _STOPPED)
    return code if isinstance(code, int) else 0


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "coaching"
    problem = in_our_words(error.format_message().replace("Value error, ", ""))
    see = say("See '{command} --help'.", command=command)
    return f"{problem}{'' if problem.endswith(('.', '?')) else '.'} {see}"


def _tell(sentence: str, code: int) -> int:
    sys.stderr.write(f"{one_line(sentence)}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
