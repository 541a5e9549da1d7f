"""The commands of those who add up what many homes gave: two collectors, and whoever joins their totals."""

import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from coaching import pages
from coaching.cli import options
from coaching.cli.app import App, app
from coaching.cli.common import Language, warn
from coaching.errors import CoachingError
from coaching.formats.count_shares import ID, Ids, read_total, write_total
from coaching.i18n import say, say_counted, speaking
from coaching.store import write_file
from coaching.text import one_line
from coaching.workbook.exports import check_not_there
from coaching.workbook.totals import add_up, join

organisation = App()
app.add_typer(organisation, name="organisation")

_LIST = ".txt"


@organisation.callback()
def begin() -> None:
    """Leave it to the commands below to say what is to be done."""


@organisation.command(help="Add up the shares that many homes gave to one collector. Files that do not fit are named.")
def add(
    shares: Annotated[
        list[str],
        typer.Argument(metavar="SHARES…", help="Files, folders, or addresses such as s3://bucket/folder."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            parser=options.total_file,
            metavar="FILE",
            help="The .parquet file to write; beside it stands a .txt file, the list of what is in it.",
        ),
    ],
    only: Annotated[
        Path | None,
        typer.Option(
            parser=options.file, metavar="FILE", help="Leave out what is not in this list of the other collector."
        ),
    ] = None,
    quarter: Annotated[
        str | None,
        typer.Option(parser=options.period, metavar="QUARTER", help="The one to add up, where there are several."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            parser=options.words, metavar="ADDRESS", help="Of a Dask cluster to run on; default: this computer alone."
        ),
    ] = None,
) -> None:
    """Add up the shares of one collector."""
    listed = output.with_suffix(_LIST)
    for file in (output, listed):
        check_not_there(file)
    addition = add_up(
        shares,
        scheduler=scheduler,
        only=None if only is None else _read_list(only),
        quarter=quarter,
        shows_progress=sys.stderr.isatty(),
    )
    warn(addition.problems)
    total = addition.total
    write_file(output, write_total(total))
    write_file(listed, "".join(f"{identity.tobytes().hex()}\n" for identity in total.submissions))
    setting = total.heading.setting
    typer.echo(
        say(
            "{quarter}: {homes} added up in {file}.",
            quarter=setting.quarter,
            homes=say_counted("{count} home", "{count} homes", len(total.submissions)),
            file=one_line(str(output)),
        )
    )
    typer.echo(
        say(
            "Compare {file} with the list of the other collector before the two totals are joined.",
            file=one_line(str(listed)),
        )
    )


@organisation.command(help="Join the totals of both collectors as a page for everybody: one HTML file.")
def page(
    totals: Annotated[
        list[Path], typer.Argument(parser=options.file, metavar="TOTAL TOTAL", help="The files of both collectors.")
    ],
    output: Annotated[Path, typer.Option(parser=options.page_file, metavar="FILE", help="The .html file to write.")],
    *,
    language: Language = None,
) -> None:
    """Join two totals and write the page."""
    if len(totals) != 2:  # noqa: PLR2004 - the two collectors
        raise typer.BadParameter(say("name two files: the total of each collector"), param_hint="'TOTAL TOTAL'")
    check_not_there(output)
    joint = join(*map(read_total, totals))
    with speaking(language):
        write_file(output, pages.organisation_page(joint))
    typer.echo(
        say(
            "Written: {file}. It is for everybody whose numbers are in it, the managers first.",
            file=one_line(str(output)),
        )
    )


def _read_list(file: Path) -> Ids:
    try:
        lines = file.read_text(encoding="ascii").split()
        ids = np.frombuffer(b"".join(map(bytes.fromhex, lines)), ID)
    except (OSError, ValueError):
        raise CoachingError(
            "'{file}' is no list of submissions: the other collector's 'add' writes one.", file=file
        ) from None
    return np.unique(ids)
