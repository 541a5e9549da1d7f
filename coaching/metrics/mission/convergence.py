"""What each version of the mission statement has in common with earlier ones; a description, never a measure."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from coaching.metrics.mission.similarity import QUARTER, dice
from coaching.metrics.mission.statements import Version, in_force

_KINDS = {
    "number": "int64",
    "session_number": "Int64",
    "held_on": "datetime64[ms]",
    "with_first": "float64",
    "with_earlier": "float64",
    "with_previous": "float64",
}


def convergence(versions: Sequence[Version], lag: timedelta = QUARTER) -> pd.DataFrame:
    """Return the shares in common of every version with earlier texts.

    Parameters
    ----------
    versions
        `coaching.metrics.mission.statements.versions`.
    lag
        How much earlier the text was in force that `with_earlier` compares with.

    Returns
    -------
    pandas.DataFrame
        One row per version in their order: `number` (int64), `session_number` (Int64), `held_on` (datetime64), and,
        each a Dice coefficient of content words (`coaching.metrics.mission.similarity.dice`; float64, 0 to 1, NaN where
        there is nothing to compare): `with_first`, the very first version, itself included; `with_earlier`, the text in
        force `lag` before the day of the version; `with_previous`, the version before it.
    """
    rows = [
        (
            version.number,
            version.session_number,
            version.held_on,
            dice(versions[0].text, version.text),
            _shared(_in_force_before(versions, version.held_on, lag), version),
            _shared(versions[place - 1] if place else None, version),
        )
        for place, version in enumerate(versions)
    ]
    return pd.DataFrame(rows, columns=list(_KINDS)).astype(_KINDS)


def _shared(earlier: Version | None, version: Version) -> float | None:
    return None if earlier is None else dice(earlier.text, version.text)


def _in_force_before(versions: Sequence[Version], day: date, lag: timedelta) -> Version | None:
    """Return the version in force `lag` before a day; None where the calendar has no such day."""
    return in_force(tuple(versions), day - lag) if day - date.min >= lag else None
