"""The index in memory: it follows the rows of the store, whatever happens to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.entries import MODELS
from coaching.model.schema import to_table
from coaching.store.files.row_set import one_per_revision
from coaching.workbook.search.index import TextIndex, fields_told
from coaching.workbook.search.query import parse_query
from tests.examples import COSTLY
from tests.strategies import entries

WORDS = ["right", "bell", "line", "null", "高橋", "x", "a", "الشمري", "quoted"]


def history(*said):
    return one_per_revision([to_table(part) for part in said])


def told(index, rows):
    """Which rows of a history have which words, after the index has followed it."""
    index.follow(rows)
    return {
        word: sorted(map(str, rows.take(index.rows(parse_query(word), own=True)[0]).select(["id", "rev"]).to_pylist()))
        for word in WORDS
    }


@COSTLY
@given(st.lists(entries(max_size=8), min_size=1, max_size=4), st.randoms())
def test_it_follows_what_comes_goes_and_changes_as_if_it_were_made_anew(parts, chance):
    index = TextIndex()
    for _ in range(4):
        rows = history(*chance.sample(parts, chance.randint(0, len(parts))))
        assert told(index, rows) == told(TextIndex(), rows)


def later(said, number):
    return [entry.model_copy(update={"rev": number + place}) for place, entry in enumerate(said)]


@COSTLY
@given(entries(max_size=8), st.lists(entries(max_size=3), min_size=1, max_size=5))
def test_drafts_that_are_written_again_and_again_leave_nothing_behind(kept, drafts):
    """What was there before them is not read anew."""
    kept = later(kept, 1)
    index = TextIndex()
    for drafted in [[], *drafts, []]:
        rows = history(kept, later(drafted, 1000))
        assert told(index, rows) == told(TextIndex(), rows)


def test_it_has_every_field_in_which_people_say_something():
    """A new field with words is looked through, unless somebody says that it names or sets something."""
    asked = {name for leaving, own in fields_told().values() for name in (*leaving, *own)}
    assert {"text", "title", "what", "levels", "question", "goes_to", "longest_pause"} <= asked
    assert set(fields_told()) == set(MODELS)


def test_what_never_leaves_is_looked_through_only_if_that_is_asked_for():
    for kind in ("reflection", "preparation", "parked", "handout"):
        leaving, own = fields_told()[kind]
        assert (leaving, "text" in own) == ((), True)


def test_closed_it_holds_nothing():
    index = TextIndex()
    index.close()
    assert repr(index) == "<TextIndex of 0 entries>"
    with pytest.raises(Exception, match="closed"):
        index.rows(parse_query("a"))
