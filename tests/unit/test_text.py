"""Words are cut where readers see characters, shown without disturbing anything, and blank where nobody sees any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.text import beginning, clusters, is_blank, one_line, visible

TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TEXTS = st.text() | st.text(
    "aéक\u094dय\u0301ำ🇳👍🏽\u200d\ufe0f \r\n\x1b\x7f\x85\u2028\u202e\u2069\u200b\u3164\ud800\uffff"
)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", []),
        ("ab", ["a", "b"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("👨‍👩‍👧‍👦!", ["👨‍👩‍👧‍👦", "!"]),
        ("❤️‍🔥1️⃣", ["❤️‍🔥", "1️⃣"]),
        ("🇳🇵🇧🇪", ["🇳🇵", "🇧🇪"]),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿x", ["🏴󠁧󠁢󠁳󠁣󠁴󠁿", "x"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("ก็น้ำ", ["ก็", "น้ำ"]),
        ("\u1100\u1161\u11a8각", ["\u1100\u1161\u11a8", "각"]),
        ("می\u200cخ", ["م", "ی\u200c", "خ"]),
        ("half \ud83d", ["h", "a", "l", "f", " ", "\ud83d"]),
    ],
)
def test_a_cluster_is_what_a_reader_takes_for_one_character(text, characters):
    assert clusters(text) == characters


@given(TEXTS)
def test_no_character_is_lost_in_clusters(text):
    assert "".join(clusters(text)) == text


@given(TEXTS, st.integers(0, 20))
def test_a_beginning_ends_between_two_characters_and_before_its_room_does(text, length):
    start = beginning(text, length)
    taken = clusters(text)
    ends = [len("".join(taken[:count])) for count in range(len(taken) + 1)]
    assert start in {text[:end].rstrip() for end in ends if end <= length}


@pytest.mark.parametrize(
    ("text", "length", "start"),
    [
        ("the whole plan", 14, "the whole plan"),
        ("the whole plan", 13, "the whole"),
        ("the whole plan", 10, "the whole"),
        ("the whole plan", 9, "the whole"),
        ("000000000000 00", 14, "000000000000"),
        ("a Donaudampfschiff", 12, "a Donaudampf"),
        ("Donaudampfschiff", 5, "Donau"),
        ("高い山に登る", 4, "高い山に"),
        ("flag 🇳🇵", 6, "flag"),
        ("flag", 0, ""),
        ("", 5, ""),
    ],
)
def test_a_beginning_has_as_many_whole_words_as_there_is_room_for_and_cuts_a_long_one(text, length, start):
    assert beginning(text, length) == start


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "  \n\t", "\u3000", "\u00a0\u2028", " \u200b\u2060\ufeff", "\x00\x85", "\u2068\u202e\u00ad"),
        *("\u115f\u1160\u2800\u3164\uffa0", "\ufe0f\u034f", "\U000e0001\U000e0020"),
    ],
)
def test_blank_is_what_nobody_sees(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "\u200bAna", "\u0301", "é", "高", "👍", "\ue000", "\ud800", "\uffff", "\u0600"])
def test_what_somebody_sees_is_not_blank(text):
    assert not is_blank(text)


@given(TEXTS, TEXTS)
def test_two_texts_are_blank_together_where_each_of_them_is(one, other):
    assert is_blank(one + other) == (is_blank(one) and is_blank(other))


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


@given(TEXTS)
def test_nothing_that_is_made_visible_is_dropped(text):
    assert len(visible(text)) == len(text.replace("\r\n", "\n"))


@given(TEXTS)
def test_what_is_visible_is_so_already(text):
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Maya", "Maya"),
        ("مها الشمّري", "مها الشمّري"),
        ("👩‍🚀", "👩‍🚀"),
        ("می‌خواهم", "می‌خواهم"),
        ("高橋　真理", "高橋 真理"),
        (" a\r\nb\tc\x0bd\x1ce\x85f\u2028g\u2029h ", "a b c d e f g h"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\u202eevil\u2069", "�evil�"),
        ("Maha\u202e\n\u2066(she)\x00", "Maha� �(she)␀"),
        ("\x00\x7f\x9b", "␀␡�"),
        ("\udcff\ufffe", "��"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_what_could_command_a_terminal_or_turn_a_title_is_seen_instead(text, line):
    assert one_line(text) == line


@given(TEXTS)
def test_one_line_is_one_line_without_commands(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not set(line) & TURNING
    assert not [sign for sign in line if ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0]
    assert one_line(line) == line
