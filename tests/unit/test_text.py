"""What no reader shows is made visible, and nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.text import visible


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
def test_what_a_file_cannot_carry_is_shown_and_all_else_is_kept(written, shown):
    assert visible(written) == shown


@given(st.text())
def test_nothing_is_dropped(text):
    assert len(visible(text)) == len(text.replace("\r\n", "\n"))


@given(st.text())
def test_what_is_visible_is_so_already(text):
    assert visible(visible(text)) == visible(text)
