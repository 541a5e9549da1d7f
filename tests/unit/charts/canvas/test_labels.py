import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.charts.canvas.labels import ELLIPSIS, clean, shorten, width, wrap
from coaching.text import clusters
from tests.unit.charts.charting import HOSTILE

TEXTS = st.text() | st.text(
    st.sampled_from(
        ["a", "W", " ", "\n", "\u0301", "你", "。", "👍", "\U0001f3fd", "\u200d", "🇳", "م", "\u202e", "क", "\u094d"]
    )
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", "two lines"),
        ("read [the paper](https://example.org/a_(b)?c=1) today", "read the paper today"),
        ("[x] and [y](z) stay", "[x] and [y](z) stay"),
        ("  tab\tand\x00null\x1f ", "tab and null"),
        ("one\u2028two\u2029three\u0085four", "one two three four"),
        ("\u202ereversed\u202c", "reversed"),
        ("zero\u200bwidth", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d pair", "half pair"),
        ("never \ufffe\uffff a sign", "never a sign"),
        ("e\u0301", "é"),
        ("Z" + "\u0316" * 50, "Z" + "\u0316" * 3),
        ("Z" + "\u0316\u200d" * 50, "Z\u0316\u200d\u0316"),
        ("स्त्र्य्क्षि", "स्त्र्य्क्षि"),
        ("👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
        ("$5 to $6 {{x}} <b>", "$5 to $6 {{x}} <b>"),
        (7, "7"),
    ],
)
def test_a_label_is_one_clean_line(text, shown):
    assert clean(text) == shown


@given(TEXTS)
def test_nothing_that_breaks_a_line_or_a_file_is_left(text):
    shown = clean(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(shown) == shown


@given(TEXTS.map(clean), st.floats(30, 400), st.booleans())
def test_a_shortened_text_fits_and_is_a_beginning_in_whole_characters(text, room, bold):
    shown = shorten(text, 10, room, bold=bold)
    if shown == text:
        return
    kept = clusters(shown.removesuffix(ELLIPSIS))
    assert shown.endswith(ELLIPSIS)
    assert kept == clusters(text)[: len(kept)]
    assert len(kept) <= 1 or width(shown, 10, bold=bold) <= room


@given(TEXTS.map(clean), st.floats(40, 400), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_but_what_an_ellipsis_stands_for(text, room, lines):
    found = wrap(text, 10, room, lines=lines)
    assert len(found) <= lines
    assert all(width(line, 10) <= room or len(clusters(line.removesuffix(ELLIPSIS))) <= 1 for line in found)
    if not any(line.endswith(ELLIPSIS) for line in found):
        assert "".join(found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("help people grow", ["help", "people", "grow"]),
        ("你好世界你好世界", ["你好世", "界你好", "世界"]),
        ("你好世。界", ["你好", "世。界"]),
        ("WWWWWW", ["WWW", "WWW"]),
        ("", []),
    ],
)
def test_lines_break_where_a_reader_expects_it(text, lines):
    assert wrap(text, 10, 39, lines=9) == lines


def test_what_is_cut_is_cut_between_words():
    assert shorten("Write three lines about night shifts", 10, 110) == "Write three lines…"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_measured_as_nothing_unless_it_is_nothing(text):
    assert (width(clean(text), 10) > 0) == bool(clean(text))


def test_bold_is_wider():
    assert width("promise", 10, bold=True) > width("promise", 10)
