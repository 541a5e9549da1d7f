import pytest

from coaching.pages.words import Words


@pytest.mark.parametrize("lang", ["en", "es-419", "zh-Hant-TW", "ay"])
def test_words_keep_the_language_they_are_in(lang):
    words = Words("to rise", lang)
    assert (words, words.lang) == ("to rise", lang)


@pytest.mark.parametrize("lang", [None, "", "Spanish, mostly", 'en"><b>', "e", "en_GB", "en\n"])
def test_what_names_no_language_is_none(lang):
    assert Words("to rise", lang).lang == ""
