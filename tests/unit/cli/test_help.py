"""The help of a command: its lines at one width and another."""

from typing import Annotated

import pytest
import typer

from coaching.cli.app import App
from coaching.cli.help import help_text

WIDE = """\
Usage: post [OPTIONS] {NAME}

  Send a letter. It is sealed.

Arguments:
  NAME  Who it is for. [required]

Options:
  --words WORDS  What it says, to whoever opens it.
                 [default: none]
  --help         Show this message and exit.

The key:
  --key FILE  Take it from this file."""
NARROW = """\
Usage: post [OPTIONS]
    {NAME}

  Send a letter. It is
  sealed.

Arguments:
  NAME
      Who it is for.
      [required]

Options:
  --words WORDS
      What it says, to
      whoever opens it.
      [default: none]
  --help
      Show this message
      and exit.

The key:
  --key FILE
      Take it from this
      file."""
program = App()


@program.command(help="Send a letter. It is sealed.")
def send(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who it is for.")],
    words: Annotated[str, typer.Option(metavar="WORDS", help="What it says, to whoever opens it.")] = "none",
    key: Annotated[
        str | None, typer.Option(metavar="FILE", help="Take it from this file.", rich_help_panel="The key")
    ] = None,
) -> None:
    raise NotImplementedError


@pytest.fixture
def context():
    command = typer.main.get_command(program)
    return command.make_context("post", ["--help"], resilient_parsing=True)


def test_what_is_typed_stands_in_a_column_beside_what_it_does(context):
    assert help_text(context, 60) == WIDE


def test_where_there_is_little_room_it_stands_above(context):
    assert help_text(context, 26) == NARROW


def test_no_line_is_longer_than_can_be_read_with_ease(context):
    assert max(map(len, help_text(context, 1000).splitlines())) <= 100
