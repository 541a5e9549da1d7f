"""The languages of pages: every sentence of ours is there in each of them, and people's words go through unread."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

import coaching
from coaching.i18n import language, say, say_counted, speaking
from coaching.l10n import say_day, say_month
from tests.catalogue import (
    OTHERS,
    SENTENCES,
    compiled,
    current,
    forms_of,
    place,
    read,
    sentences_of_the_screen,
    spoken,
    untranslated,
    written,
)

# What the last one says stands in the templates; tests/unit/pages/test_language.py is about those.
SOURCES = [source for source in Path(coaching.__file__).parent.rglob("*.py") if source.name != "rendering.py"]
CALLS = {"say", "say_counted", "to_say"}
SAID_IN_A_SCRIPT = re.compile(r'\b(?:say|toSay|sayCounted)\(\s*"([^"\\]+)"')
PLACE = re.compile(r"\{(\w+)\}")


def called(source):
    """Return the sentences of a module, whatever they stand in."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            if not isinstance(node.args[0], ast.Constant):
                continue  # what was marked by `to_say`
            one, *many = (ast.literal_eval(word) for word in node.args[: 1 + (node.func.id == "say_counted")])
            yield (one, *many) if many else one


def test_babel_finds_every_sentence_of_a_module():
    assert {sentence for source in SOURCES for sentence in called(source)} <= spoken()


def test_what_the_scripts_of_the_forms_say_is_sent_to_them_from_the_catalogue():
    said = {
        sentence
        for script in (Path(coaching.__file__).parent / "forms/web").glob("*.js")
        for sentence in SAID_IN_A_SCRIPT.findall(script.read_text(encoding="utf-8"))
    }
    assert len(said) > 80
    assert said <= {one for one, *_ in map(forms_of, spoken())}
    assert SENTENCES.read_bytes() == sentences_of_the_screen(), "python -m tests.catalogue brings it up to date"


def test_a_sentence_is_asked_for_either_with_a_number_or_without_one():
    counted = {sentence[0] for sentence in spoken() if isinstance(sentence, tuple)}
    assert counted & spoken() == set()


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_is_translated_and_none_is_left_from_before(name):
    catalogue = read(name)
    assert {message.id for message in catalogue if message.id} == spoken()
    assert [message.id for message in catalogue if message.fuzzy] == []
    assert untranslated(catalogue) == []


@pytest.mark.parametrize("name", OTHERS)
def test_what_goes_into_a_sentence_is_in_its_translation_too(name):
    for message in read(name):
        if not message.id:
            continue
        one, *many = [message.id] if isinstance(message.id, str) else message.id
        forms = [message.string] if isinstance(message.string, str) else message.string
        wanted = [set(PLACE.findall(form)) for form in (one, *many)]
        for form in forms:
            assert set(PLACE.findall(form)) in wanted, message.id


@pytest.mark.parametrize("name", OTHERS)
def test_a_catalogue_is_as_its_tool_writes_it(name):
    assert place(name, "po").read_bytes() == written(current(name)), "python -m tests.catalogue brings it up to date"
    assert place(name, "mo").read_bytes() == compiled(current(name)), "python -m tests.catalogue brings it up to date"


@pytest.mark.parametrize("name", OTHERS)
def test_a_catalogue_has_nothing_of_the_computer_it_was_made_on(name):
    text = place(name, "po").read_text(encoding="utf-8")
    header = ["Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    assert re.findall(r'^"([\w-]+): ', text.split("\n\n")[0], re.MULTILINE) == header
    assert "\n#:" not in text


def test_words_that_look_like_a_place_stay_as_they_are():
    assert say("Dream: {dream}", dream="{name} %s {0}") == "Dream: {name} %s {0}"


def test_a_language_holds_until_its_block_ends():
    assert language() == "en"
    with speaking("de"):
        assert language() == "de"
    with pytest.raises(KeyError), speaking("de"):
        raise KeyError
    assert language() == "en"


def test_a_language_that_no_page_has_is_refused():
    with pytest.raises(ValueError, match="en or de"), speaking("tlh"):
        pass


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("en", "long", "6 January 2026"),
        ("en", "short", "6 Jan 2026"),
        ("en", "day_month", "6 Jan"),
        ("de", "long", "6. Januar 2026"),
        ("de", "short", "6. Jan. 2026"),
        ("de", "day_month", "6. Jan."),
    ],
)
def test_a_day_is_said_in_each_language(name, form, said):
    with speaking(name):
        assert say_day(date(2026, 1, 6), form) == said


@pytest.mark.parametrize(("name", "said"), [("en", ("March", "Mar")), ("de", ("März", "Mär"))])
def test_a_month_is_named_in_each_language(name, said):
    with speaking(name):
        assert (say_month(3), say_month(3, short=True)) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 sessions"), (1, "1 session"), (7, "7 sessions")])
def test_a_number_takes_its_noun(count, said):
    assert say_counted("{count} session", "{count} sessions", count) == said
