"""The command that lets numbers of a quarter go out to the coach's organisation, once they are agreed to."""

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import agreed, unlock
from coaching.cli.common import HomeOption, Yes, takes_passphrase, warn, warn_of_clock
from coaching.cli.output import columns
from coaching.errors import CoachingError
from coaching.i18n import say, say_counted
from coaching.metrics.organisation.cells import CLAMP
from coaching.metrics.organisation.wording import measure_in_words, side_in_words
from coaching.text import one_line
from coaching.workbook.counts import EPSILON, HOMES, Proposal, ended_quarter, propose, release
from coaching.workbook.home import Home

#: Below it noise would hide everything, and take hours to draw.
_LEAST_EPSILON = 0.01
_WIDTH = 110


def _epsilon(epsilon: float | None) -> float | None:
    if epsilon is not None and not _LEAST_EPSILON <= epsilon < math.inf:
        raise typer.BadParameter(
            say(
                "write a number from {least} on, such as 1; the smaller, the more noise",
                least=_LEAST_EPSILON,
            )
        )
    return epsilon


@app.command()
@takes_passphrase
def counts(
    quarter: Annotated[
        str, typer.Option(parser=options.period, metavar="QUARTER", help="One that is over, such as 2025Q4.")
    ],
    output: Annotated[
        Path, typer.Option(parser=options.folder, metavar="FOLDER", help="Where to write the two files.")
    ],
    epsilon: Annotated[
        float | None,
        typer.Option(
            metavar="NUMBER",
            callback=_epsilon,
            help=f"What is spent of privacy in one number, the same in all homes: the smaller, the more noise; "
            f"default: {EPSILON:g}.",
        ),
    ] = None,
    homes: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=HOMES,
            help="How many homes will take part at least, as all of them have agreed: each adds so small a part of the "
            f"noise; default: {HOMES}.",
        ),
    ] = None,
    home: HomeOption = None,
    *,
    yes: Yes = False,
) -> None:
    place = Home(home)
    with options.value_of("--quarter"):
        period = ended_quarter(quarter, place.clock().date())
    unlock(place)
    warn(place.problems())
    warn_of_clock(place, *place.workbooks())
    proposal = propose(place, period, epsilon, homes)
    for line in _shown(proposal):
        typer.echo(line)
    if not yes and not agreed(say("Do you agree that these numbers go out so?")):
        raise CoachingError("Nothing was written. Where nobody can be asked, say --yes.")
    first, second = release(proposal, output)
    typer.echo(
        say(
            "Written: {first} for one collector, and {second} for the other.",
            first=one_line(str(first)),
            second=one_line(str(second)),
        )
    )
    typer.echo(say("Each alone is random numbers. Never give both to one: together they are what stands above."))


def _shown(proposal: Proposal) -> Iterator[str]:
    """Give the lines that say what is to go out, all of it."""
    number = say_counted("{count} workbook", "{count} workbooks", len(proposal.workbooks))
    if proposal.is_again:
        yield say(
            "{quarter} was counted before, from {number}: the same go out, noise included.",
            quarter=proposal.setting.quarter,
            number=number,
        )
    else:
        yield say(
            "{quarter}, from {number}; one adds at most {most} to a number.",
            quarter=proposal.setting.quarter,
            number=number,
            most=CLAMP,
        )
    for side, numbers in groupby(proposal.numbers.items(), key=lambda pair: pair[0].side):
        yield ""
        yield f"{side_in_words(side)}:"
        yield from columns([[f"  {measure_in_words(cell.measure)}", str(value)] for cell, value in numbers])
    yield ""
    yield from wrap(
        say(
            "Beside each stands how many people and how many coaches are in it. No name, no word and no day goes out, "
            "and nothing of one person. Noise is added, and each number is split into two random ones, one per "
            "collector: nobody sees yours, as only the sums of all homes are joined. A quarter is counted once, and "
            "never anew."
        ),
        _WIDTH,
    )
