"""What a collector does: add up the shares of any number of homes, on Dask, and name what is left out.

Addition modulo 2⁶⁴ is associative, so parts are added up as a tree. What is held in memory is one sum for each cell and
16 bytes for each home, however many files there are.
"""

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from mmap import mmap
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from coaching.errors import CoachingError
from coaching.formats.count_shares import ID, KEYS, SCHEMA, VALUES, WIDTH, Heading, Ids, Total, heading_of
from coaching.i18n import say, to_say
from coaching.l10n import listed
from coaching.metrics.organisation.cells import CELLS
from coaching.metrics.organisation.disclosure import COACHES, Disclosed, disclose
from coaching.metrics.organisation.secret_shares import joined

if TYPE_CHECKING:
    from distributed import Client

Sums = npt.NDArray[np.uint64]
#: For each kind of value the shares of a file: a row for each cell, a column for each submission.
Vectors = list[npt.NDArray[np.uint64]]

_MISSING: Final = to_say("This needs Dask, which is not installed: pip install dask distributed.")
#: How many files one task reads at most, and how many tasks there are for each thread.
_FILES, _TASKS = 64, 4
#: How many parts are joined at once, as a tree.
_SPLIT: Final = 8
#: How many ids a sentence names.
_NAMED: Final = 3
#: How long a scheduler may take to answer.
_WAIT: Final = "10s"
_COLUMNS: Final = [(column.name, column.type) for column in SCHEMA]
_LOCAL: Final = ("file", "local")


@dataclass(frozen=True)
class Addition:
    """A total, and what was left out of it, a sentence each."""

    total: Total
    problems: tuple[str, ...]


@dataclass
class _Part:
    """What was added up: by heading the sums, the files, and the ids in them; and what was wrong with other files."""

    sums: dict[Heading, Sums] = field(default_factory=dict)
    files: dict[Heading, list[str]] = field(default_factory=dict)
    ids: dict[Heading, list[Ids]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def add(self, heading: Heading, sums: Sums, files: Iterable[str], ids: Iterable[Ids]) -> None:
        """Add sums, the files that they are from, and the ids of those that are in them."""
        self.sums[heading] = self.sums.get(heading, _nothing()) + sums
        self.files.setdefault(heading, []).extend(files)
        self.ids.setdefault(heading, []).extend(ids)


def add_up(
    addresses: Sequence[str],
    *,
    scheduler: str | None = None,
    only: Ids | None = None,
    quarter: str | None = None,
    shows_progress: bool = False,
) -> Addition:
    """Add up the shares of one collector.

    Parameters
    ----------
    addresses
        Files, folders with all that is in them, or addresses that fsspec knows, such as ``s3://bucket/folder``.
    scheduler
        The address of a Dask cluster; by default Dask runs in threads of this program, which opens no port.
    only
        The ids of the submissions that the other collector has too; others are left out.
    quarter
        The one to add up, where there are shares of several.
    shows_progress
        Whether to print how far it is.

    Raises
    ------
    CoachingError
        If there is nothing to add up, several quarters are there and none is chosen, Dask is not installed, or no
        scheduler answers.
    """
    files = _files(addresses)
    try:
        from dask import bag  # noqa: PLC0415 - an extra
        from dask.diagnostics.progress import ProgressBar  # noqa: PLC0415 - as above
    except ImportError:
        raise CoachingError(_MISSING) from None

    def summed(threads: int) -> Any:
        size = min(_FILES, math.ceil(len(files) / (threads * _TASKS)))
        bagged = bag.from_sequence(files, partition_size=size)
        return bagged.reduction(partial(_add, only=only), _joined, split_every=_SPLIT)

    if scheduler is None:
        threads = os.cpu_count() or 1
        with ProgressBar() if shows_progress else nullcontext():
            return _addition(summed(threads).compute(scheduler="threads", num_workers=threads), quarter)
    with _cluster(scheduler) as client:
        future = client.compute(summed(max(1, sum(client.nthreads().values()))))
        if shows_progress:
            from distributed import progress  # noqa: PLC0415 - as above

            progress(future, notebook=False)
        return _addition(future.result(), quarter)


def join(one: Total, other: Total) -> Disclosed:
    """Join the totals of both collectors, and return what of it may be shown.

    Raises
    ------
    CoachingError
        If they are of one collector, of different quarters or noise, or not of the same homes; or if fewer homes took
        part than the noise is made for.
    """
    first, second = sorted((one, other), key=lambda total: total.heading.which)
    setting = first.heading.setting
    if first.heading.which == second.heading.which:
        raise CoachingError("Both totals are of collector {which}; one of each is needed.", which=first.heading.which)
    if setting != second.heading.setting:
        raise CoachingError("The two totals are not of one quarter with the same noise: nothing can be shown.")
    if not np.array_equal(first.submissions, second.submissions):
        raise CoachingError(_unequal(first, second))
    homes = len(first.submissions)
    if homes < (least := max(setting.homes, COACHES)):
        raise CoachingError(
            "Only {homes} homes took part, and at least {least} must: nothing may be shown.", homes=homes, least=least
        )
    count, people, coaches = np.array(joined(first.sums, second.sums)).reshape(len(VALUES), -1).tolist()
    values = dict(zip(CELLS, zip(count, people, coaches, strict=True), strict=True))
    return disclose(setting.quarter, homes, setting.epsilon, homes / setting.homes, values)


def _unequal(first: Total, second: Total) -> str:
    alone = (
        (total.heading.which, np.setdiff1d(total.submissions, others.submissions))
        for total, others in ((first, second), (second, first))
    )
    said = " ".join(
        say("Collector {which} alone has {ids}.", which=which, ids=ids_in_words(ids))
        for which, ids in alone
        if len(ids)
    )
    return say(
        "The two totals are not of the same homes, so nothing is shown. {differences} Exchange the lists, and add up "
        "on both sides with --only.",
        differences=said,
    )


def ids_in_words(ids: Ids) -> str:
    """Return ids of submissions as they are written in lists, the first of them only.

    Examples
    --------
    >>> ids_in_words(np.frombuffer(bytes(range(16)) + bytes(16), ID))
    '000102030405060708090a0b0c0d0e0f, 00000000000000000000000000000000'
    """
    shown = [one.tobytes().hex() for one in ids[:_NAMED]]
    named = ", ".join(shown)
    return say("{ids} and {more} more", ids=named, more=len(ids) - _NAMED) if len(ids) > _NAMED else named


@contextmanager
def _cluster(scheduler: str) -> "Iterator[Client]":
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise CoachingError(_MISSING) from None
    try:
        client = Client(scheduler, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise CoachingError(
            "No Dask scheduler answers at '{scheduler}'; look at its address.", scheduler=scheduler
        ) from None
    with client:
        yield client


def _files(addresses: Sequence[str]) -> list[str]:
    """Return the files that are meant, each once, in their order; hidden ones are passed over."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - comes with Dask
    except ImportError:
        raise CoachingError(_MISSING) from None
    files: set[str] = set()
    for address in addresses:
        try:
            system, path = url_to_fs(address)
            names = system.find(path) if system.isdir(path) else system.glob(path)
        except (ImportError, OSError, ValueError) as error:
            raise CoachingError(
                "'{address}' cannot be opened: {kind}.", address=address, kind=type(error).__name__
            ) from None
        if not names:
            raise CoachingError("'{address}' holds no file.", address=address)
        is_local = isinstance(system.protocol, tuple) and set(_LOCAL) & set(system.protocol)
        seen = [name for name in names if not name.rpartition("/")[2].startswith(".")]
        files.update(seen if is_local else map(system.unstrip_protocol, seen))
    if not files:
        raise CoachingError("There is no file to add up.")
    return sorted(files)


def _add(files: Iterable[str], only: Ids | None) -> _Part:
    """Add up some files, one after the other."""
    part = _Part()
    for file in files:
        try:
            heading, sums, ids, problems = _read(file, only)
        except KeyError:  # a column by which Arrow is to find its texts
            part.problems.append((file, say("it is a file of something else")))
            continue
        except (ValueError, OSError, pa.ArrowException) as error:
            is_said = isinstance(error, ValueError) and not isinstance(error, pa.ArrowException)
            part.problems.append((file, str(error) if is_said else say("it is damaged, or no Parquet file")))
            continue
        part.problems += [(file, problem) for problem in problems]
        part.add(heading, sums, [file], [ids])
    part.ids = {heading: [_in_one(ids)] for heading, ids in part.ids.items()}
    return part


def _in_one(ids: Sequence[Ids]) -> Ids:
    """Return ids in one array. Its memory goes back to the system with it; what threads take piece by piece stays."""
    number = sum(map(len, ids))
    if not number:
        return np.empty(0, ID)
    return np.concatenate(ids, out=np.frombuffer(mmap(-1, number * ID.itemsize), ID))


def _joined(parts: Iterable[_Part]) -> _Part:
    whole = _Part()
    for part in parts:
        whole.problems += part.problems
        for heading, sums in part.sums.items():
            whole.add(heading, sums, part.files[heading], part.ids[heading])
    return whole


def _read(file: str, only: Ids | None) -> tuple[Heading, Sums, Ids, list[str]]:
    """Return what a file says of itself, its sums, whose they are, and what was left out of them."""
    sums, all_ids, unlike, missing = _nothing(), [], [], 0
    with _opened(file) as parquet:
        heading = heading_of(parquet.schema_arrow.metadata or {})
        if [(column.name, _plain(column.type)) for column in parquet.schema_arrow] != _COLUMNS:
            raise ValueError(say("its columns are not those of shares"))
        for table in _whole_submissions(parquet):
            ids, vectors, incomplete = _vectors(table)
            unlike += incomplete
            if only is not None:
                shared = np.isin(ids, only)
                missing += int((~shared).sum())
                ids, vectors = ids[shared], [values[:, shared] for values in vectors]
            all_ids.append(ids)
            sums += np.concatenate([values.sum(axis=1, dtype=np.uint64) for values in vectors])
    problems = (
        [say("{ids} has not every cell once; left out", ids=ids_in_words(np.array(unlike, ID)))] if unlike else []
    )
    if missing:
        problems.append(say("{count} of its submissions are not in the other list; left out", count=missing))
    return heading, sums, np.concatenate(all_ids) if all_ids else np.empty(0, ID), problems


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


@contextmanager
def _opened(file: str) -> Iterator[pq.ParquetFile]:
    texts = ["submission", *KEYS]
    if "://" not in file:
        with pq.ParquetFile(file, read_dictionary=texts) as parquet:
            yield parquet
        return
    import fsspec  # noqa: PLC0415 - comes with Dask

    with fsspec.open(file, "rb") as content, pq.ParquetFile(content, read_dictionary=texts) as parquet:
        yield parquet


def _whole_submissions(parquet: pq.ParquetFile) -> Iterator[pa.Table]:
    """Give the rows of a file part by part; a submission at the end of a part goes into the next with all of it."""
    rest = None
    for number in range(parquet.num_row_groups):
        table = parquet.read_row_group(number, use_threads=False)
        if any(column.null_count for column in table.columns):
            raise ValueError(say("a place in it is empty"))
        if rest is not None:
            table = pa.concat_tables([rest, table])
        if any(column.num_chunks > 1 for column in table.columns):
            table = table.unify_dictionaries().combine_chunks()
        if not table.num_rows:
            continue
        if number == parquet.num_row_groups - 1:
            yield table
            return
        codes = _one(table, "submission").indices.to_numpy()
        others = np.flatnonzero(codes != codes[-1])
        whole = int(others[-1]) + 1 if len(others) else 0
        rest = _without_unused(table.slice(whole))
        yield table.slice(0, whole)


def _without_unused(table: pa.Table) -> pa.Table:
    """Return a table whose dictionaries hold what its own rows say, and nothing of those before them."""
    columns = [
        column.cast(_plain(column.type)).dictionary_encode() if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _vectors(table: pa.Table) -> tuple[Ids, Vectors, list[np.void]]:
    """Return the ids of complete submissions, their shares, and the ids of those that are not complete."""
    size = len(CELLS)
    columns = [_one(table, name) for name in VALUES]
    if not table.num_rows:
        return np.empty(0, ID), [column.to_numpy().reshape(size, 0) for column in columns], []
    names = _one(table, "submission").dictionary
    if not pc.all(pc.equal(pc.binary_length(names), ID.itemsize)).as_py():
        raise ValueError(say("a submission in it has no id of 16 bytes"))
    ids = np.frombuffer(b"".join(names.to_pylist()), ID)
    whose, cell = _one(table, "submission").indices.to_numpy(), _cells(table)
    if _is_as_written(whose, cell, len(ids)):
        return ids, [column.to_numpy().reshape(-1, size).T for column in columns], []
    times = np.bincount((whose.astype(np.int64) * size + cell)[cell >= 0], minlength=len(ids) * size).reshape(-1, size)
    present = np.bincount(whose, minlength=len(ids))
    complete = (times == 1).all(axis=1) & (present == size)
    rows = np.flatnonzero(complete[whose])
    order = rows[np.lexsort((whose[rows], cell[rows]))]
    vectors = [column.to_numpy()[order].reshape(size, -1) for column in columns]
    return ids[complete], vectors, list(ids[(present > 0) & ~complete])


def _is_as_written(whose: npt.NDArray[np.int32], cell: npt.NDArray[np.int16], number: int) -> bool:
    """Tell whether one submission comes after the other, each with its cells in their order: as all are written."""
    size = len(CELLS)
    if len(whose) != number * size:
        return False
    places, owners = np.arange(size, dtype=cell.dtype), np.arange(number, dtype=whose.dtype)[:, np.newaxis]
    return bool((cell.reshape(number, size) == places).all() and (whose.reshape(number, size) == owners).all())


def _cells(table: pa.Table) -> npt.NDArray[np.int16]:
    """Return the place of each row's cell; -1 where there is no such cell."""
    places = {tuple(cell): place for place, cell in enumerate(CELLS)}
    side, measure = (_one(table, name) for name in KEYS)
    named = [(one, other) for one in side.dictionary.to_pylist() for other in measure.dictionary.to_pylist()]
    by_codes = np.array([places.get(pair, -1) for pair in named], np.int16)
    found: npt.NDArray[np.int16] = by_codes[
        side.indices.to_numpy() * len(measure.dictionary) + measure.indices.to_numpy()
    ]
    return found


def _one(table: pa.Table, name: str) -> Any:
    """Return a column as one array; a table that was combined has no more than one in each."""
    column = table.column(name)
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _addition(part: _Part, quarter: str | None) -> Addition:
    heading = _chosen(part, quarter)
    problems = part.problems + [
        (file, _unlike(other, heading)) for other, files in part.files.items() if other != heading for file in files
    ]
    ids = _sorted(part.ids.pop(heading))
    sums, ids, doubled = _without_doubles(part.sums[heading], ids, sorted(part.files[heading]))
    said = sorted({f"'{file}': {problem}." for file, problem in problems + doubled})
    if not len(ids):
        raise CoachingError(_nothing_in(said))
    return Addition(Total(heading, ids, tuple(sums.tolist())), tuple(said))


def _chosen(part: _Part, quarter: str | None) -> Heading:
    """Return the heading that most submissions have; of as many, the one with the most noise."""
    numbers = {heading: sum(map(len, ids)) for heading, ids in part.ids.items()}
    of_quarter = {heading: number for heading, number in numbers.items() if quarter in {None, heading.setting.quarter}}
    if not of_quarter:
        problems = part.problems or [
            (file, say("it is of {quarter}", quarter=one.setting.quarter))
            for one, files in part.files.items()
            for file in files
        ]
        raise CoachingError(_nothing_in(sorted({f"'{file}': {problem}." for file, problem in problems})))
    if len(quarters := sorted({heading.setting.quarter for heading in of_quarter})) > 1:
        raise CoachingError("There are shares of {quarters}; say which with --quarter.", quarters=listed(quarters))
    return min(of_quarter, key=lambda one: (-of_quarter[one], one.setting, one.which))


def _nothing_in(problems: Sequence[str]) -> str:
    """Return why there is no share to add up, with the first of what is wrong."""
    more = [say("And {more} more.", more=len(problems) - _NAMED)] if len(problems) > _NAMED else []
    return " ".join([say("There is no share to add up."), *problems[:_NAMED], *more])


def _unlike(other: Heading, heading: Heading) -> str:
    if other.setting.quarter != heading.setting.quarter:
        return say("it is of {quarter}; left out", quarter=other.setting.quarter)
    if other.which != heading.which:
        return say(
            "it is for the other collector ({other}, not {which}); left out, and to be removed",
            other=other.which,
            which=heading.which,
        )
    return say(
        "its noise is of epsilon {epsilon} for {homes} homes, not of {wanted} for {wanted_homes}; left out",
        epsilon=f"{other.setting.epsilon:g}",
        homes=other.setting.homes,
        wanted=f"{heading.setting.epsilon:g}",
        wanted_homes=heading.setting.homes,
    )


def _sorted(parts: list[Ids]) -> Ids:
    """Return ids in one array, in their order; the parts go, so that nothing is held twice."""
    ids, place = np.empty(sum(map(len, parts)), ID), 0
    while parts:
        part = parts.pop()
        ids[place : place + len(part)] = part
        place += len(part)
    ids.sort()
    return ids


def _without_doubles(sums: Sums, ids: Ids, files: Sequence[str]) -> tuple[Sums, Ids, list[tuple[str, str]]]:
    """Take out what is there more than once: of copies all but one, and all of what differs under one id."""
    doubled = np.unique(ids[1:][ids[1:] == ids[:-1]])
    if not len(doubled):
        return sums, ids, []
    seen: dict[bytes, tuple[str, Sums, bool]] = {}
    copies: dict[str, list[bytes]] = {}
    differing: dict[str, list[bytes]] = {}
    for file in files:
        for identity, vector in _vectors_of(file, doubled):
            if identity not in seen:
                seen[identity] = file, vector, True
                continue
            first, before, stays = seen[identity]
            sums = sums - vector
            if np.array_equal(before, vector):
                copies.setdefault(file, []).append(identity)
            else:
                sums = sums - before if stays else sums
                seen[identity] = first, before, False
                for place in (first, file):
                    differing.setdefault(place, []).append(identity)
    gone = [identity for identity, (_, _, stays) in seen.items() if not stays]
    problems = [
        (file, say("{ids} is in another file too; counted once", ids=_named(some))) for file, some in copies.items()
    ]
    problems += [
        (file, say("{ids} is in another file too and says something else there; left out", ids=_named(some)))
        for file, some in differing.items()
    ]
    return sums, np.setdiff1d(ids, np.array(gone, ID)), problems


def _named(identities: Iterable[bytes]) -> str:
    return ids_in_words(np.frombuffer(b"".join(dict.fromkeys(identities)), ID))


def _vectors_of(file: str, wanted: Ids) -> Iterator[tuple[bytes, Sums]]:
    with _opened(file) as parquet:
        for table in _whole_submissions(parquet):
            ids, vectors, _ = _vectors(table)
            for place in np.flatnonzero(np.isin(ids, wanted)):
                yield ids[place].tobytes(), np.concatenate([values[:, place] for values in vectors])


def _nothing() -> Sums:
    return np.zeros(WIDTH, np.uint64)
