"""The program ``coaching``: its commands, each imported only when it is run.

Most of the time that a command takes to start goes into importing what it stands on. The program therefore knows of
each command its module and its help, and imports nothing else for its own help, its version, or a command that does
not exist. Whoever adds a command names it in `COMMANDS`, and says there what it does; imports stand at the top of the
module of the command, as everywhere.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup, TyperOption

from coaching import __version__
from coaching.cli.help import help_text
from coaching.i18n import say

_Function = TypeVar("_Function", bound=Callable[..., Any])

#: The commands by the modules that they are in, in the order of the help, with what it says of them.
COMMANDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "imports": {
            "import": "Bring in a file. What is there already stays; what is private to the other side is left out.",
        },
        "handover": {
            "handover": "Hand a plan over to a new coach. Nothing goes along unless it is ticked; you see it before it "
            "is written.",
            "leave": "Let a plan go home with its person: all that both may read, opened there, before your copy gets "
            "its last day.",
        },
        "exports": {
            "export": "Write a workbook as a file: for yourself all of it, for others what they may read. A bundle is "
            "sealed.",
            "metrics": "Count: promises, mission statements, sessions. Never a score of a person.",
            "plan": "Write the personal development plan: one HTML file that opens anywhere.",
            "own": "Write the coachee's own copy of the plan: one locked HTML file in which they read and write, on a "
            "phone too, with nothing to install. What they send back comes in with 'coaching import'.",
            "summary": "Write the summary of a period: one HTML file that opens anywhere.",
            "sheet": "Write one A4 page to print, for a conversation with the laptop shut: questions, promises, room "
            "to write.",
        },
        "counts": {
            "counts": "Let numbers of a quarter go out to your organisation: shown to you first, then split in two.",
        },
        "search": {
            "search": "Look for words that were said: all of them, in any form; in quotes, word for word.",
        },
        "organisation": {
            "organisation": "Add up what many homes gave, and make a page of it for everybody.",
        },
        "retention": {
            "check": "Read everything there is, and name every file that cannot be read, is missing, or was put back.",
            "backup": "Write everything in the home folder as one file. What is encrypted stays encrypted.",
            "restore": "Bring everything in a backup into the home folder, all of it or nothing.",
            "history": "Show what an entry said and what was told of it later, newest first: when, by whom, and what "
            "changed.",
            "undo": "Undo the last act that was kept for good. Once more undoes that.",
            "renew": "Keep your private notes for another 90 days from today; otherwise they are erased when their "
            "time is over.",
            "erase": "Erase a whole workbook, or one entry with all its versions; print a receipt.",
        },
        "between": {
            "note": "Keep a note, or something to ask, for yourself: it waits in the preparation of the next session.",
            "question": "Keep a question of your own, which can be chosen in the preparation like the others.",
        },
        "people": {
            "rename": "Say what a person is called by. Until then it is the first word of the name.",
        },
        "lab": {
            "lab": "Open the workbook: JupyterLab with the session notebook. Options after -- go to JupyterLab.",
            "doctor": "Look whether this computer has all that a session needs, and say what to do about the rest.",
            "lock": "Lock all notebooks that have this home open: keys are dropped, and words are covered until the "
            "passphrase.",
        },
        "workbooks": {
            "demo": "Bring in two invented pairs, to look around in: one that meets today, and a year that has ended.",
            "new": "Make a workbook for a person. It is encrypted; a passphrase is asked for.",
            "list": "List the workbooks.",
            "passphrase": "Change the passphrase of a workbook. One that is not encrypted is encrypted.",
            "identity": "Show the recipient for whom others seal files you alone open; its identity is kept under a "
            "workbook's key.",
        },
    }
)
_MODULES = {name: module for module, names in COMMANDS.items() for name in names}
_VERSION = "--version"


class _Command(TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _check_once(self, ctx, args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return help_text(ctx)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _unasked(super().get_help_option(ctx))


class _Group(TyperGroup):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _check_once(self, ctx, args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return help_text(ctx)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _unasked(super().get_help_option(ctx))


class _LazyGroup(_Group):
    """Shows its commands without their modules, and imports the module of the one that is run."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        texts = {name: text for names in COMMANDS.values() for name, text in names.items()}
        self.commands = {name: self.commands.get(name) or TyperCommand(name) for name in texts}
        for name, command in self.commands.items():
            command.help = texts[name]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args[:1] == [_VERSION]:  # to read an option that is there, Typer imports pydantic
            _check_once(self, ctx, args)
            typer.echo(__version__)
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is to run; nothing that it starts gets a secret from the environment."""
        name, (_, _, others) = args[0], super().resolve_command(ctx, args)  # which refuses what is no command
        import_module(f"coaching.cli.{_MODULES[name]}")
        credentials = import_module("coaching.workbook.credentials")
        ctx.call_on_close(credentials.forget)
        credentials.take()
        return name, typer.main.get_group(app).commands[name], others


class App(typer.Typer):
    """A program whose commands have plain help, and refuse an option that is there twice: one would silently win."""

    def __init__(self, cls: type[TyperGroup] = _Group, *, add_completion: bool = False, **settings: Any) -> None:
        super().__init__(cls=cls, add_completion=add_completion, pretty_exceptions_enable=False, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_Function], _Function]:
        """Return what makes a command of a function."""
        return super().command(name, **{"cls": _Command} | settings)


app = App(_LazyGroup, add_completion=True)


@app.callback(
    invoke_without_command=True,
    help="A workbook for managers who coach with compassion. Everything stays on this computer.",
)
def begin(
    context: typer.Context,
    *,
    _version: Annotated[bool, typer.Option(_VERSION, metavar="", help="Say which version this is.")] = False,
) -> None:
    """Show the help where no command is named; nothing was done then."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


def _unasked(option: TyperOption | None) -> TyperOption | None:
    """Return the option of the help with a value for where it is not there: to read none, Typer imports pydantic."""
    if option:
        option.default = False
    return option


def _check_once(command: TyperCommand | TyperGroup, context: Any, args: list[str]) -> None:
    _, _, order = command.make_parser(context).parse_args(list(args))
    times = Counter(id(one) for one in order)
    for one in order:
        if times[id(one)] > 1 and isinstance(one, TyperOption) and not (one.multiple or one.is_eager):  # help is help
            raise typer.BadParameter(say("it is there more than once; give it one value"), ctx=context, param=one)
