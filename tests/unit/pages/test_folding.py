"""Long texts: what is shown, what lies in a fold, and that nothing is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import pages as summary
from coaching.metrics.periods import ALL_TIME
from coaching.pages.folding import LONG, Fold, Piece, passages, piece, readable
from coaching.pages.sections.statements import SHOWN
from tests.unit.pages.conftest import Document, plan_of, record, shared_of


def words(count, word="word"):
    return " ".join(f"{word}{place}" for place in range(count))


def whole(parts):
    """The text of all parts, those in folds too."""
    pieces = [p for part in parts for p in (part.pieces if isinstance(part, Fold) else (part,))]
    return "".join(p.before + p.text + p.after for p in pieces)


@given(st.text() | st.lists(st.sampled_from(["a", "語", "مها", " ", "\n\n", ",", "👩🏽‍🚀"]), max_size=300).map("".join))
def test_nothing_is_lost_in_a_fold(text):
    assert whole(readable(text)) == text
    assert whole(passages([piece(text, kind="new")])) == text


@pytest.mark.parametrize(("count", "folds"), [(1, 0), (LONG, 0), (LONG + 1, 1), (3000, 1)])
def test_a_text_is_folded_once_it_is_long(count, folds):
    found = readable(words(count))
    assert sum(isinstance(part, Fold) for part in found) == folds


def test_a_diff_shows_its_changed_passages_and_folds_the_unchanged_middle():
    first, fold, last, change = passages([piece(words(500)), piece(" gone", kind="let_go")])
    assert isinstance(fold, Fold)
    assert fold.line == "454 words that stayed"
    assert (first.text.split()[0], last.text.split()[-1]) == ("word0", "word499")
    assert change == Piece(" ", "gone", "", "let_go")


@pytest.mark.parametrize(
    ("kind", "line"),
    [("new", "454 more new words"), ("let_go", "454 more words that were let go")],
)
def test_a_long_change_keeps_its_mark_inside_the_fold(kind, line):
    _, fold, _ = passages([piece(words(500), kind=kind)])
    assert fold.line == line
    assert [inner.kind for inner in fold.pieces] == [kind]


def test_words_without_spaces_are_cut_between_characters_as_people_see_them():
    text = "👨‍👩‍👧‍👦" * 300
    first, fold = readable(text)
    assert set(first.text.split("👨‍👩‍👧‍👦")) == {""}
    assert set(fold.pieces[0].text.split("👨‍👩‍👧‍👦")) == {""}


def test_long_words_of_a_plan_are_a_few_lines_until_they_are_asked_for():
    elements = Document(plan_of("edge_year")).elements
    assert sum(e.attributes.get("class") == "fold" for e in elements) == 1


def test_of_many_versions_the_older_ones_are_folded():
    days = [date(2025, 1, 1) + timedelta(days=place) for place in range(SHOWN + 3)]
    versions = [
        record("mission", str(day), held_on=day, text=f"I build {words(place)} boats.", confirmed=True)
        for place, day in enumerate(days)
    ]
    text = Document(summary.piece("mission_changes", shared_of(versions), days[-1], ALL_TIME)).text
    assert text.index("4 Jan 2025") < text.index("3 earlier versions") < text.index("3 Jan 2025")
