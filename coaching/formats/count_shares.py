"""Shares of counts as Parquet: what a home gives to each of two collectors, and what these make of them.

A file holds cells, and nothing else: of each submission, which is named at random, one row for each cell with three
shares modulo 2⁶⁴. What they all have in common stands in the metadata of the file.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from coaching.errors import InterchangeError
from coaching.i18n import say
from coaching.metrics.organisation.cells import CELLS

VERSION: Final = 1
#: What is counted in each cell: promises, sessions or people; people who add to it; coaches who do.
VALUES: Final = ("count", "people", "coaches")
KEYS: Final = ("side", "measure")
#: So many shares a submission has for each collector.
WIDTH: Final = len(VALUES) * len(CELLS)
SHARES: Final = "coaching counts"
TOTAL: Final = "coaching counts total"

_KEY: Final = b"coaching.counts"
_IDS: Final = b"coaching.counts.submissions"
_COLUMNS: Final = [(name, pa.string()) for name in KEYS] + [(name, pa.uint64()) for name in VALUES]
SCHEMA: Final = pa.schema([("submission", pa.binary()), *_COLUMNS])
_TOTAL_SCHEMA: Final = pa.schema(_COLUMNS)

#: The id of a submission: 16 random bytes. There may be millions of them.
ID: Final = np.dtype("V16")
Ids = npt.NDArray[np.void]
Which = Literal["a", "b"]
#: The two collectors.
BOTH: Final[tuple[Which, Which]] = ("a", "b")


@dataclass(frozen=True, order=True)
class Setting:
    """What shares must have in common to be added up.

    Attributes
    ----------
    quarter
        Its name.
    epsilon
        What is spent of privacy in one number.
    homes
        Of how many homes the noise is made: the least that has to take part.
    """

    quarter: str
    epsilon: float
    homes: int


@dataclass(frozen=True)
class Heading:
    """What the metadata of a file say: for which collector, and the setting."""

    which: Which
    setting: Setting


@dataclass(frozen=True, eq=False)
class Total:
    """What one collector has added up.

    Attributes
    ----------
    heading
        Which shares they were.
    submissions
        The ids of those that are in it, in their order: an array of `ID`.
    sums
        Of each of `VALUES` in each of `coaching.metrics.organisation.cells.CELLS`, in the order of `flat`.
    """

    heading: Heading
    submissions: Ids
    sums: tuple[int, ...]


def flat(values: Sequence[Sequence[int]]) -> list[int]:
    """Return values by kind, each in the order of the cells, as one list.

    Examples
    --------
    >>> flat([[1, 2], [3, 4]])
    [1, 2, 3, 4]
    """
    return [number for numbers in values for number in numbers]


def write_shares(heading: Heading, submissions: Iterable[tuple[str, Sequence[int]]]) -> bytes:
    """Return a file of shares; the same shares give the same bytes.

    Parameters
    ----------
    heading
        For which collector, and the setting.
    submissions
        The id of each, and its shares in the order of `flat`.
    """
    rows = list(submissions)
    ids = [bytes.fromhex(identity) for identity, _ in rows for _ in CELLS]
    keys = _keys(len(rows))
    values = {
        name: pa.array(
            [share for _, shares in rows for share in shares[at * len(CELLS) : (at + 1) * len(CELLS)]], pa.uint64()
        )
        for at, name in enumerate(VALUES)
    }
    table = pa.table({"submission": pa.array(ids, pa.binary()), **keys, **values}, schema=SCHEMA)
    return _written(table, {_KEY: _heading(SHARES, heading)})


def write_total(total: Total) -> bytes:
    """Return the file of what one collector has added up."""
    size = len(CELLS)
    values = {name: pa.array(total.sums[at * size : (at + 1) * size], pa.uint64()) for at, name in enumerate(VALUES)}
    table = pa.table({**_keys(1), **values}, schema=_TOTAL_SCHEMA)
    return _written(table, {_KEY: _heading(TOTAL, total.heading), _IDS: total.submissions.tobytes()})


def read_total(file: Path) -> Total:
    """Read what one collector has added up.

    Raises
    ------
    InterchangeError
        If it is no such file, a newer program wrote it, or it is damaged; it names the file.
    """
    try:
        table = pq.read_table(file)
    except (OSError, pa.ArrowException):
        raise InterchangeError(
            "'{file}' cannot be read: it is not there, or no Parquet file, or damaged.", file=file
        ) from None
    metadata = table.schema.metadata or {}
    try:
        heading = heading_of(metadata, TOTAL)
    except ValueError as error:
        raise InterchangeError("'{file}' is no total of counts: {problem}.", file=file, problem=error) from None
    if not table.schema.equals(_TOTAL_SCHEMA) or cells_of(table) != list(CELLS):
        raise InterchangeError("'{file}' is no total of counts: its cells are not those of this version.", file=file)
    sums = flat([table.column(name).to_pylist() for name in VALUES])
    return Total(heading, np.frombuffer(metadata.get(_IDS, b""), ID), tuple(sums))


def heading_of(metadata: Any, kind: str = SHARES) -> Heading:
    """Return what the metadata of a file say.

    Raises
    ------
    ValueError
        If it is none of this kind, or a newer program wrote it; it says which of the two.
    """
    try:
        said = json.loads(metadata[_KEY])
        is_kind, version = said["kind"] == kind, int(said["version"])
    except (KeyError, TypeError, ValueError):
        raise ValueError(say("it is a file of something else")) from None
    if not is_kind:
        raise ValueError(say("it is a file of something else"))
    if version > VERSION:
        raise ValueError(
            say("a newer program wrote it (version {version}; this one reads {known})", version=version, known=VERSION)
        )
    try:
        setting = Setting(str(said["quarter"]), float(said["epsilon"]), int(said["homes"]))
        which: Which = {"a": "a", "b": "b"}[said["share"]]  # type: ignore[assignment]
    except (KeyError, TypeError, ValueError):
        raise ValueError(say("what it says of itself is damaged")) from None
    return Heading(which, setting)


def cells_of(table: pa.Table) -> list[tuple[str, str]]:
    """Return the cells of a table, row by row."""
    return list(zip(*(table.column(name).to_pylist() for name in KEYS), strict=True))


def _heading(kind: str, heading: Heading) -> bytes:
    said = {"kind": kind, "version": VERSION, "share": heading.which, **asdict(heading.setting)}
    return json.dumps(said).encode()


def _keys(times: int) -> dict[str, pa.Array]:
    columns = zip(*CELLS, strict=True)
    return {name: pa.array(list(values) * times, pa.string()) for name, values in zip(KEYS, columns, strict=True)}


def _written(table: pa.Table, metadata: dict[bytes, bytes]) -> bytes:
    file = BytesIO()
    # Shares are random: nothing makes them smaller.
    packed = {name: "none" if name in VALUES else "zstd" for name in table.column_names}
    texts = [name for name in table.column_names if name not in VALUES]
    pq.write_table(table.replace_schema_metadata(metadata), file, compression=packed, use_dictionary=texts)
    return file.getvalue()
