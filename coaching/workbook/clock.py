"""Whether the clock of this computer can be believed, judged by when something was kept before.

A clock that is a year ahead for one session would let every private note of that year be past its time. Nothing tells
such a clock from a workbook that rested, but for what was kept elsewhere meanwhile; so a long silence is said, nothing
is erased, and the next day confirms the clock, or whoever looks at the date does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from coaching.i18n import in_words

#: After a longer silence the clock is asked about.
_SILENCE = timedelta(days=30)
#: Clocks of two computers that share a folder differ by less.
_SLACK = timedelta(minutes=10)
#: A clock that goes on from a jump for so long is taken to be right.
_CONFIRMED = timedelta(days=1)


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
        now = f"By this computer's clock it is {_in_words(self.now)}"
        if self.is_back:
            return f"{now}, but something was kept here on {before}, later than that: the clock is wrong, or was then."
        days = (self.now - self.before).days
        return f"{now}, {days} days after anything was kept here before ({before})."


def unconfirmed_jump(saves: Sequence[datetime], now: datetime, elsewhere: Iterable[datetime] = ()) -> ClockJump | None:
    """Return the last jump of the clock, if nothing confirms yet that it is right since.

    Parameters
    ----------
    saves
        When something was kept, one after the other, whatever the clock said.
    now
        What the clock says now, in local time.
    elsewhere
        When something was kept in other workbooks: a silence with such moments in it is none.
    """
    unusual = [
        (before, after)
        for before, after in pairwise([*saves, now])
        if after - before > _SILENCE or before - after > _SLACK
    ]
    others = sorted(elsewhere) if unusual else []  # of two hundred workbooks they are many
    jumps = [(before, after) for before, after in unusual if _is_jump(before, after, others)]
    if not jumps:
        return None
    before, after = jumps[-1]
    return ClockJump(before, now) if now - after < _CONFIRMED else None


def _is_jump(before: datetime, after: datetime, others: Sequence[datetime]) -> bool:
    if after - before <= _SILENCE:
        return before - after > _SLACK
    between = [before, *(moment for moment in others if before < moment < after), after]
    return any(later - earlier > _SILENCE for earlier, later in pairwise(between))


def _in_words(moment: datetime) -> str:
    return f"{in_words(moment.date())}, {moment:%H:%M}"
