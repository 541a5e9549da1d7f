from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.summary.text import counted, day_in_words, is_blank, plain, short_day, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain words", "plain words"),
        ("a\x00b", "a␀b"),
        ("\x07bell", "␇bell"),
        ("\x1b[31m", "␛[31m"),
        ("delete\x7f", "delete␡"),
        ("c1 \x85\x9f", "c1 \ufffd\ufffd"),
        ("\uffff\ufdd0\U0001fffe", "\ufffd\ufffd\ufffd"),
        ("half \ud800", "half \ufffd"),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour\tfive"),
        ("a\u200bb\u00a0c\u2028d", "a\u200bb\u00a0c\u2028d"),
        ("\u202eturned\u202c", "\u202eturned\u202c"),
        ("مها 高橋 👨‍👩‍👧‍👦", "مها 高橋 👨‍👩‍👧‍👦"),
    ],
)
def test_what_html_cannot_carry_is_shown_and_all_else_is_kept(written, shown):
    assert visible(written) == shown


@given(st.text())
def test_nothing_is_dropped(text):
    assert len(visible(text)) == len(text.replace("\r\n", "\n"))


@given(st.text())
def test_what_is_visible_is_so_already(text):
    assert visible(visible(text)) == visible(text)


def test_a_title_is_one_line_that_turns_nothing_around():
    assert plain(" Maha\u202e\n\u2066(she)\x00 ") == "Maha\ufffd \ufffd(she)␀"


@pytest.mark.parametrize("text", [None, "", "  \n\t", "\u3000"])
def test_blank_is_nothing_to_read(text):
    assert is_blank(text)


def test_days_and_counts_are_english_words():
    assert (day_in_words(date(2026, 1, 6)), short_day(date(2026, 9, 30))) == ("6 January 2026", "30 Sep 2026")
    assert (counted(1, "session"), counted(0, "session")) == ("1 session", "0 sessions")
