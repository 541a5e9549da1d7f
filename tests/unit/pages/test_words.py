import pytest

from coaching.pages.words import Words


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("to rise", "en"),
        ("to rise", "es-419"),
        ("to rise", "ay"),
        ("起床", "zh-Hant-TW"),
        ("おきる", "ja"),
        ("أنهض", "ar"),
        ("ustajem", "sr-Latn"),
    ],
)
def test_words_keep_the_language_they_are_in(text, lang):
    words = Words(text, lang)
    assert (words, words.lang) == (text, lang)


@pytest.mark.parametrize(("text", "lang"), [("Maha", "ar"), ("to rise", "zh-Hant-TW"), ("12 %", "en"), ("起床", "de")])
def test_words_without_a_letter_of_a_language_are_in_none_that_is_known(text, lang):
    assert Words(text, lang).lang == ""


@pytest.mark.parametrize("lang", [None, "", "Spanish, mostly", 'en"><b>', "e", "en_GB", "en\n"])
def test_what_names_no_language_is_none(lang):
    assert Words("to rise", lang).lang == ""
