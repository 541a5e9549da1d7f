"""Whether the clock of this computer can be believed, judged by when something was kept before.

A clock that is a year ahead for one session would let every private note of that year be past its time. Nothing tells
such a clock from a workbook that rested, but for what was kept elsewhere meanwhile; so a long silence is said, nothing
is erased, and the next day confirms the clock, or whoever looks at the date does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from coaching.i18n import say
from coaching.l10n import in_words
from coaching.model.revisions import moment_of, revision_at

#: Moments in microseconds, as revisions count them: of two hundred workbooks they are too many to look at one by one.
Moments = npt.NDArray[np.int64]

_MICROSECOND: Final = timedelta(microseconds=1)
#: After a longer silence the clock is asked about.
_SILENCE: Final = timedelta(days=30) // _MICROSECOND
#: Clocks of two computers that share a folder differ by less.
_SLACK: Final = timedelta(minutes=10) // _MICROSECOND
#: A clock that goes on from a jump for so long is taken to be right.
_CONFIRMED: Final = timedelta(days=1) // _MICROSECOND


@dataclass(frozen=True)
class ClockJump:
    """A jump of the clock that nothing confirms yet.

    Parameters
    ----------
    before
        When something was last kept before it, by the clock of then.
    now
        What the clock says now, in local time.
    """

    before: datetime
    now: datetime

    @property
    def is_back(self) -> bool:
        """Whether what was kept lies in the future."""
        return self.now < self.before

    def __str__(self) -> str:
        """Say it in one sentence."""
        before = _in_words(self.before.astimezone(self.now.tzinfo))
        now = _in_words(self.now)
        if self.is_back:
            return say(
                "By this computer's clock it is {now}, but something was kept here on {before}, later than that: the "
                "clock is wrong, or was then.",
                now=now,
                before=before,
            )
        days = (self.now - self.before).days
        return say(
            "By this computer's clock it is {now}, {days} days after anything was kept here before ({before}).",
            now=now,
            days=days,
            before=before,
        )


def unconfirmed_jump(saves: Moments, now: datetime, elsewhere: Iterable[Moments] = ()) -> ClockJump | None:
    """Return the last jump of the clock, if nothing confirms yet that it is right since.

    Parameters
    ----------
    saves
        When something was kept, one after the other, whatever the clock said.
    now
        What the clock says now, in local time.
    elsewhere
        When something was kept in other workbooks: a silence with such moments in it is none. Not asked for while
        the day before now confirms the clock.
    """
    moments = np.append(saves, revision_at(now))
    steps = np.diff(moments)
    unusual = np.flatnonzero((steps > _SILENCE) | (steps < -_SLACK))
    if not np.any(moments[-1] - moments[unusual + 1] < _CONFIRMED):
        return None
    others = np.sort(np.concatenate([saves[:0], *elsewhere]))
    jumps = [at for at in unusual.tolist() if steps[at] < -_SLACK or _is_silent(moments[at], moments[at + 1], others)]
    if not jumps or moments[-1] - moments[jumps[-1] + 1] >= _CONFIRMED:
        return None
    return ClockJump(moment_of(int(moments[jumps[-1]])), now)


def _is_silent(before: np.int64, after: np.int64, others: Moments) -> bool:
    """Tell whether nothing was kept in other workbooks either for longer than a silence may be."""
    between = others[np.searchsorted(others, before, "right") : np.searchsorted(others, after)]
    return bool(np.max(np.diff([before, *between, after])) > _SILENCE)


def _in_words(moment: datetime) -> str:
    return f"{in_words(moment.date())}, {moment:%H:%M}"
