"""The index of one workbook's words: SQLite's full-text index in memory, which follows the rows of the store.

SQLite is part of Python, writes nothing where it has no file, and takes words that are cut already: so any script, and
the forms of words of several languages, are a matter of `coaching.workbook.search.words` alone. DuckDB's index cannot
change with the rows and has to be fetched; tantivy is one more library, and cuts words itself.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, repeat, zip_longest
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from coaching.model.entries import MODELS
from coaching.model.entry import Entry, Leaves, fields_marked, storable
from coaching.model.schema import LISTS, SCHEMA, several
from coaching.model.vocabulary import Kind
from coaching.workbook.search.query import Query
from coaching.workbook.search.reading import Numbers, Reading
from coaching.workbook.search.words import Vocabulary

Ranks = npt.NDArray[np.float64]
#: Words that name or set something, and are nothing that somebody told.
_NOT_TOLD: Final = frozenset({"label", "language", "time_zone", "form", "bundle", "pronouns"})
#: Stands between the fields of an entry, so that no phrase reaches from one into the next; nobody can look for it.
_BETWEEN: Final = " \ue000 "
#: So many of the newest that have the words are ranked: of a word that most entries have, none fits better than others.
_RANKED: Final = 4_000
#: So many rows that have changed are looked at one by one; of more, all are read anew.
_FEW: Final = 5_000
_KEYS: Final = ("rev", "id", "saved_at")


class TextIndex:
    """The words of the current entries, which can be asked for from several threads, one at a time.

    Each entry has two sides: what leaves the workbook with it, and what never does.

    Attributes
    ----------
    reading
        The rows that it follows, whether they have words or not.
    """

    def __init__(self) -> None:
        self.reading = Reading(SCHEMA.empty_table(), np.empty(0, np.int64))
        self._start()

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<TextIndex of {np.count_nonzero(self._rows >= 0)} entries>"

    def _start(self) -> None:
        self.vocabulary = Vocabulary()
        self._rows: Numbers = np.empty(0, np.int64)  # which row of the history the entry of each number is; -1: none
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("pragma temp_store = memory")  # nothing of it is ever on the disk
        self._database.execute("create virtual table words using fts5(leaving, own, content='', tokenize='ascii')")

    def close(self) -> None:
        """Let go of all words."""
        self._database.close()
        self.reading, self.vocabulary = Reading(SCHEMA.empty_table(), np.empty(0, np.int64)), Vocabulary()
        self._rows = np.empty(0, np.int64)

    def follow(self, history: pa.Table) -> None:
        """Take in what has changed.

        Parameters
        ----------
        history
            All revisions of all entries, in the order of (`rev`, `id`) (see `coaching.store.Snapshot`).
        """
        known = self.reading.history
        if history is known:
            return
        same = _same_rows(known, history)
        before, after = known.slice(same), history.slice(same)
        current = _current(history)
        is_erasing = pc.any(after.column("erased")).as_py()
        if same == 0 or is_erasing or max(before.num_rows, after.num_rows) > _FEW:
            self._database.close()  # what is erased leaves no word behind, in no list
            self._start()
            self._add(history, current)
        elif before.num_rows or after.num_rows:
            ids = pa.concat_arrays([*before.column("id").chunks, *after.column("id").chunks])
            self._remove(_rows_of(known, ids))
            self._add(history, np.intersect1d(_rows_of(history, ids), current, assume_unique=True))
        self.reading = Reading(history, current)

    def rows(self, query: Query, *, own: bool = False, ranked: bool = False) -> tuple[Numbers, Ranks]:
        """Return the rows of the history that have all that is looked for, and how well each fits: lower is better.

        Parameters
        ----------
        query
            What is looked for; without words, all rows that have any.
        own
            Whether to look also in what never leaves the workbook.
        ranked
            Whether to reckon how well the newest of them fit (BM25); all others fit as well as each other.
        """
        numbers, ranks = np.arange(1, len(self._rows) + 1), np.zeros(len(self._rows))
        if query:
            asked = f"{'{leaving own}' if own else 'leaving'} : ({query.in_index(self.vocabulary.forms)})"
            numbers, ranks = self._found(asked), np.zeros(len(self._rows))
            if ranked:
                fits = self._ranked(asked)
                ranks[fits[:, 0].astype(np.int64) - 1] = fits[:, 1]
            ranks = ranks[numbers - 1]
        rows = self._rows[numbers - 1]
        return rows[rows >= 0], ranks[rows >= 0]

    def _found(self, asked: str) -> Numbers:
        """Return what fits in one text, which is there much sooner than a row each where a word is in most entries."""
        ((numbers,),) = self._database.execute(
            "select group_concat(rowid, ' ') from words where words match ?", (asked,)
        )
        return np.fromstring(numbers or "", np.int64, sep=" ")

    def _ranked(self, asked: str) -> Ranks:
        newest = "select rowid, rank from words where words match ? order by rowid desc limit ?"
        return np.array(self._database.execute(newest, (asked, _RANKED)).fetchall(), np.float64).reshape(-1, 2)

    def _add(self, history: pa.Table, rows: Numbers) -> None:
        """Put entries in, the oldest first: the newest have the highest numbers."""
        texts = sorted((row, leaving, own) for row, leaving, own in self._texts(history, rows) if leaving or own)
        numbered = enumerate(texts, len(self._rows) + 1)
        with self._database:
            self._database.executemany(
                "insert into words (rowid, leaving, own) values (?, ?, ?)",
                ((number, leaving, own) for number, (_, leaving, own) in numbered),
            )
        self._rows = np.concatenate([self._rows, np.array([row for row, _, _ in texts], np.int64)])

    def _remove(self, rows: Numbers) -> None:
        """Take entries out; of such an index that needs what it was made of, which the rows before still say."""
        numbers = np.flatnonzero(np.isin(self._rows, rows))
        by_row = dict(zip(self._rows[numbers].tolist(), (numbers + 1).tolist(), strict=True))
        removed = [(by_row[row], *texts) for row, *texts in self._texts(self.reading.history, self._rows[numbers])]
        with self._database:
            self._database.executemany(
                "insert into words (words, rowid, leaving, own) values ('delete', ?, ?, ?)", removed
            )
        self._rows[numbers] = -1

    def _texts(self, history: pa.Table, rows: Numbers) -> Iterator[tuple[int, str, str]]:
        """Give rows with the words of their two sides, kind by kind."""
        kinds = history.column("kind").take(pa.array(rows))
        for kind, sides in fields_told().items():
            of_kind = rows[np.asarray(pc.equal(kinds, kind.value))]
            if len(of_kind):
                leaving, own = (self._words(history, of_kind, names) for names in sides)
                yield from zip(of_kind.tolist(), leaving, own, strict=False)

    def _words(self, history: pa.Table, rows: Numbers, names: Sequence[str]) -> Iterable[str]:
        """Return the words that some fields of rows hold, one text for each row."""
        if not names:
            return repeat("")
        table = history.select(names).take(pa.array(rows))
        fields = chain.from_iterable(_columns(table.column(name), name) for name in names)
        texts = zip(*map(self._taken, fields), strict=True)
        return (_BETWEEN.join(filter(None, of_row)) for of_row in texts)

    def _taken(self, texts: Sequence[str | None]) -> Iterable[str | None]:
        taken = iter(self.vocabulary.take_in([text for text in texts if text]))
        return [next(taken) if text else None for text in texts]


@cache
def fields_told() -> Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the fields of each kind that hold words of people: those that leave the workbook, and the others."""
    told = {kind: [name for name in _with_words(model) if name not in _NOT_TOLD] for kind, model in MODELS.items()}
    leaving = {kind: _leaving(model) for kind, model in MODELS.items()}
    return {
        kind: (
            tuple(name for name in names if name in leaving[kind]),
            tuple(name for name in names if name not in leaving[kind]),
        )
        for kind, names in told.items()
    }


def _leaving(model: type[Entry]) -> frozenset[str]:
    marked = fields_marked(model, Leaves)
    return marked if "kind" in marked else frozenset()


def _with_words(model: type[Entry]) -> list[str]:
    return [name for name, field in model.model_fields.items() if _holds_words((field.annotation, *field.metadata))]


def _holds_words(parts: Sequence[Any]) -> bool:
    return any(
        getattr(part, "func", None) is storable
        or _holds_words((*getattr(part, "__args__", ()), *getattr(part, "__metadata__", ())))
        for part in parts
    )


def _columns(column: pa.ChunkedArray, name: str) -> Iterable[Sequence[str | None]]:
    """Return a column as it is, or one that holds several values in each row as so many columns."""
    values = column.to_pylist()
    if name not in LISTS:
        return [values]
    return list(zip_longest(*(several(value) or (None,) for value in values)))


def _same_rows(before: pa.Table, after: pa.Table) -> int:
    """Return how many rows at the beginning are the same."""
    length: int = min(before.num_rows, after.num_rows)
    for name in _KEYS:
        equal: Callable[..., Any] = pc.equal
        same = equal(before.column(name).slice(0, length), after.column(name).slice(0, length))
        first = pc.index(same, value=False).as_py()
        length = length if first < 0 else first
    return length


def _current(history: pa.Table) -> Numbers:
    """Return the rows of the newest revision of each entry that is not withdrawn."""
    if not history.num_rows:
        return np.empty(0, np.int64)
    entries = history.column("id").combine_chunks().dictionary_encode()
    newest = np.zeros(len(entries.dictionary), np.int64)
    newest[np.asarray(entries.indices)] = np.arange(history.num_rows)  # of several the last one stays
    withdrawn = np.asarray(pc.fill_null(history.column("withdrawn"), fill_value=False))
    return np.sort(newest[~withdrawn[newest]])


def _rows_of(history: pa.Table, ids: pa.Array) -> Numbers:
    return np.flatnonzero(np.asarray(pc.is_in(history.column("id"), ids)))
