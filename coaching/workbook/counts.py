"""What a home gives to the counts of its organisation: numbers of a quarter, with noise, split into two shares.

Nothing else leaves, and once is all: of a quarter that was counted, the same numbers go out again, and no others.
Otherwise the difference of two releases would tell what the noise is there to hide.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import Final

from coaching.errors import CoachingError
from coaching.formats.count_shares import BOTH, WIDTH, Heading, Setting, flat, write_shares
from coaching.i18n import say_counted
from coaching.metrics.organisation.cells import CELLS, Cell, clamped, quarter_counts
from coaching.metrics.organisation.noise import polya_noise
from coaching.metrics.organisation.secret_shares import added, joined, split
from coaching.metrics.periods import Period, ends_on, parse_period
from coaching.model.entries import Release
from coaching.model.vocabulary import Side
from coaching.places import is_there
from coaching.store import write_file
from coaching.workbook.home import Home
from coaching.workbook.releases import Splitting
from coaching.workbook.workbook import Workbook

#: The noise is made of so many homes unless somebody says more: fewer coaches are shown to nobody.
HOMES: Final = 3
EPSILON: Final = 1.0
FILES: Final = ("counts-a.parquet", "counts-b.parquet")


@dataclass(frozen=True, repr=False)
class Proposal:
    """What is to go out from a home, for the coach to look at.

    Attributes
    ----------
    setting
        The quarter, and how much noise is, or will be, in the numbers.
    workbooks
        Those that are counted, in the order of their ids.
    numbers
        What they have in each cell together: before the noise comes in, or of what went out before, with it.
    released
        What was kept of them already; all of it, where the quarter was counted before.
    """

    setting: Setting
    workbooks: tuple[Workbook, ...]
    numbers: Mapping[Cell, int]
    released: tuple[Release, ...] = ()

    @property
    def is_again(self) -> bool:
        """Whether the quarter was counted before: the same numbers go out, and no others."""
        return len(self.released) == len(self.workbooks)


def ended_quarter(name: str, today: date) -> Period:
    """Return the quarter that a name stands for.

    Raises
    ------
    CoachingError
        If it is none, or is not over on this day.
    """
    period = parse_period(name)
    if "Q" not in period.name:
        raise CoachingError("period: write a quarter, such as 2025Q4.")
    if today <= ends_on(period):
        raise CoachingError(
            "period: {period} ends on {day}, and is counted once, when it is over.",
            period=period.name,
            day=ends_on(period),
        )
    return period


def propose(home: Home, quarter: Period, epsilon: float | None = None, homes: int | None = None) -> Proposal:
    """Return what is to go out for a quarter; nothing is written.

    Parameters
    ----------
    home
        Its workbooks that the coach holds are counted; all must be open.
    quarter
        From `ended_quarter`.
    epsilon, homes
        How much noise there is to be; 1 and 3 by default, or as they were when the quarter was counted.

    Raises
    ------
    CoachingError
        If a workbook is locked, there is none to count, or the quarter was counted in another way, or with a workbook
        that is not here any more.
    """
    workbooks = _held_by_coach(home)
    released = tuple(one for workbook in workbooks if (one := workbook.releases.of(quarter.name)))
    setting = Setting(quarter.name, EPSILON if epsilon is None else epsilon, HOMES if homes is None else homes)
    if released:
        workbooks = _members(released, workbooks, quarter)
        setting = _same_setting(released[0], setting, epsilon, homes)
    again = Proposal(setting, workbooks, {}, released)
    if again.is_again:
        numbers = joined(*_shares(released))[: len(CELLS)]
    else:  # also where keeping it was cut short, before any file was written
        numbers = _sums([clamped(quarter_counts(workbook.closed_frames(), quarter)) for workbook in workbooks])
    return replace(again, numbers=dict(zip(CELLS, numbers, strict=True)))


def release(proposal: Proposal, folder: Path) -> tuple[Path, Path]:
    """Let the numbers of a proposal go out: keep them in each workbook, then write one file for each collector.

    Parameters
    ----------
    proposal
        What the coach agreed to.
    folder
        Where; made if it is not there. `FILES` has the names.

    Returns
    -------
    tuple
        The files for the first and for the second collector. Either alone holds nothing but random numbers.

    Raises
    ------
    CoachingError
        If one of the files is there and holds something else, would lie in the folder of the workbooks, or cannot be
        written. What was kept is then written the next time.
    """
    first, second = (folder / name for name in FILES)
    for file in (first, second):
        proposal.workbooks[0].handouts.check_place(file)
        if is_there(file) and not proposal.is_again:
            raise CoachingError("'{file}' is there already; name another folder.", file=file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise CoachingError("'{folder}' cannot be made; name another folder.", folder=folder) from None
    released = proposal.released if proposal.is_again else _keep(proposal)
    for which, file, shares in zip(BOTH, (first, second), _shares(released), strict=True):
        content = write_shares(Heading(which, proposal.setting), [(released[0].submission or "", shares)])
        if is_there(file) and file.read_bytes() != content:
            raise CoachingError("'{file}' is there already and holds something else; name another folder.", file=file)
        write_file(file, content)
    return first, second


def _held_by_coach(home: Home) -> tuple[Workbook, ...]:
    workbooks = home.workbooks()
    if locked := home.locked():
        raise CoachingError(
            say_counted(
                "{count} workbook is locked; a quarter is counted once, so open all of them first.",
                "{count} workbooks are locked; a quarter is counted once, so open all of them first.",
                len(locked),
            )
        )
    if not workbooks:
        raise CoachingError(home.without_workbooks())
    held = sorted((workbook for workbook in workbooks if workbook.holder is Side.COACH), key=lambda one: one.id)
    if not held:
        raise CoachingError("No workbook here is a coach's; the counts are made of those alone.")
    return tuple(held)


def _members(released: Sequence[Release], workbooks: Sequence[Workbook], period: Period) -> tuple[Workbook, ...]:
    """Return the workbooks that a quarter was counted from; one that was made since is not among them."""
    members = {member for one in released for member in one.members or ()}
    if len({one.submission for one in released}) > 1 or not members <= {workbook.id for workbook in workbooks}:
        raise CoachingError(
            "{period} was counted from {count} workbooks that are not all here any more, or came from "
            "several homes: the same numbers cannot go out again, and others must not.",
            period=period.name,
            count=len(members),
        )
    return tuple(workbook for workbook in workbooks if workbook.id in members)


def _same_setting(released: Release, wanted: Setting, epsilon: float | None, homes: int | None) -> Setting:
    setting = replace(wanted, epsilon=float(released.epsilon or EPSILON), homes=released.homes or HOMES)
    if epsilon not in {None, setting.epsilon} or homes not in {None, setting.homes}:
        raise CoachingError(
            "{quarter} was counted with epsilon {epsilon} for {homes} homes: the same numbers can go out again, and no "
            "others.",
            quarter=setting.quarter,
            epsilon=f"{setting.epsilon:g}",
            homes=setting.homes,
        )
    return setting


def _keep(proposal: Proposal) -> tuple[Release, ...]:
    """Add the noise, split each number, and keep what goes out in each workbook that has not kept it yet."""
    setting, released = proposal.setting, proposal.released
    members = tuple(workbook.id for workbook in proposal.workbooks)
    submission = (released[0].submission if released else None) or secrets.token_hex(16)
    splitting = Splitting(setting.quarter, submission, members, setting.epsilon, setting.homes)
    period, shape = parse_period(setting.quarter), 1 / (setting.homes * len(members))
    rng, seen, kept = SystemRandom(), [0] * len(CELLS), []
    for workbook in proposal.workbooks:
        counts = clamped(quarter_counts(workbook.closed_frames(), period))
        people = [min(1, count) for count in counts]
        # A coach stands in a cell once, whatever the number of people.
        coach = [max(0, one - before) for one, before in zip(people, seen, strict=True)]
        seen = [max(one, before) for one, before in zip(people, seen, strict=True)]
        before = workbook.releases.of(setting.quarter)
        if before is None:
            noisy = [number + polya_noise(setting.epsilon, shape, rng) for number in flat([counts, people, coach])]
            before = workbook.releases.keep(splitting, tuple(flat(split(noisy))))
        kept.append(before)
    return tuple(kept)


def _shares(released: Sequence[Release]) -> tuple[list[int], list[int]]:
    """Return the two shares of a home: the sums of those of its workbooks."""
    vectors = [one.shares or () for one in released]
    return added(shares[:WIDTH] for shares in vectors), added(shares[WIDTH:] for shares in vectors)


def _sums(vectors: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*vectors, strict=True)]
