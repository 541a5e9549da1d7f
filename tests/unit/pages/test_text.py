import pytest

from coaching.pages.text import Words, is_blank, plain


def test_a_title_is_one_line_that_turns_nothing_around():
    assert plain(" Maha\u202e\n\u2066(she)\x00 ") == "Maha\ufffd \ufffd(she)␀"


@pytest.mark.parametrize("text", [None, "", "  \n\t", "\u3000"])
def test_blank_is_nothing_to_read(text):
    assert is_blank(text)


@pytest.mark.parametrize("lang", ["en", "es-419", "zh-Hant-TW", "ay"])
def test_words_keep_the_language_they_are_in(lang):
    words = Words("to rise", lang)
    assert (words, words.lang) == ("to rise", lang)


@pytest.mark.parametrize("lang", [None, "", "Spanish, mostly", 'en"><b>', "e", "en_GB", "en\n"])
def test_what_names_no_language_is_none(lang):
    assert Words("to rise", lang).lang == ""
