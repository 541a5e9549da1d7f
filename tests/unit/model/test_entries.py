"""What an entry is, and what is said of one that breaks the rules: the field, never the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coaching.errors import InvalidEntryError
from coaching.model.entries import MODELS
from coaching.model.entry import Leaves, Refers, fields_marked
from coaching.model.ids import derived_id
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind
from tests.strategies import HOSTILE, entries

ID = derived_id(None, "one")
SAVED = "2025-03-04T09:30:00Z"
NOTE = {"kind": "note", "id": ID, "rev": 1, "author": "coach", "saved_at": SAVED, "segment": "dreams", "topic": "dream"}
ITEM = {"kind": "item", "id": ID, "rev": 1, "author": "coach", "saved_at": SAVED, "label": "I07"}
CHECK = {"kind": "check", "id": ID, "rev": 1, "author": "coachee", "saved_at": SAVED}
CANARY = "I never told anybody"

#: What belongs to the holder alone, and may never leave together with its entry.
NEVER_LEAVES = {"base", "saved_at", "settles"}
NEVER_LEAVES_OF = {
    Kind.PARKED: {"person", "text", "goes_to"},
    Kind.REFLECTION: {"text", "who_spoke_more", "longest_pause", "expires_on"},
    Kind.PREPARATION: {"text", "prompts", "pushing", "question", "segment", "expires_on"},
    Kind.RELEASE: {"quarter", "submission", "members", "epsilon", "homes", "shares"},
    Kind.REMINDER: {"text", "segment", "expires_on"},
    Kind.QUESTION: {"text", "segment"},
    Kind.SEGMENT: {"asked"},
    Kind.HANDOUT: {"text"},
    Kind.ITEM: {"seen"},
    Kind.SESSION: {"seen"},
    Kind.PERSON: {"old_words"},
}
LEAVE_IN_PART = {Kind.SEGMENT, Kind.HANDOUT, Kind.ITEM, Kind.SESSION, Kind.PERSON}


def problems(record):
    with pytest.raises(InvalidEntryError) as error:
        parse(record)
    assert CANARY not in str(error.value)
    assert error.value.__cause__ is None
    return error.value.problems


def refusal(record):
    try:
        return repr(parse(record))
    except InvalidEntryError as error:
        return f"{error} {error!r}"


@pytest.mark.parametrize(
    ("record", "field", "problem"),
    [
        (NOTE | {"topic": CANARY}, "topic",
         ("must be one of 'arrival', 'showed', 'plan', 'goal', 'failure', 'joy', 'dream', 'obstacle', "
          "'takeaway', 'said_back', 'grown', 'notes', 'question', 'win'")),
        (NOTE | {"author": CANARY}, "author", "must be one of 'coach', 'coachee'"),
        (NOTE | {"visibility": CANARY}, "visibility", "must be one of 'private', 'pair', 'open'"),
        (NOTE | {"text": 7}, "text", "must be text"),
        (NOTE | {"id": CANARY}, "id", "must be an id of 26 letters and digits"),
        (NOTE | {"id": ID.lower()}, "id", "must be an id of 26 letters and digits"),
        (NOTE | {"segment": None}, "segment",
         "must be one of 'opening', 'yourself', 'dreams', 'who_what_when', 'closing'"),
        (NOTE | {"what": CANARY}, "what", "is no field of this kind"),
        (NOTE | {"held_on": CANARY}, "held_on", "is of the wrong type"),
        (NOTE | {"rev": CANARY}, "rev", "is of the wrong type"),
        ({key: NOTE[key] for key in NOTE if key != "author"}, "author", "is missing"),
        (ITEM | {"levels": [CANARY]}, "entry", "levels needs five places, from -2 to +2"),
        (ITEM | {"ownership": "not_mine", "owner": "coachee", "what": CANARY}, "entry",
         "what the coachee calls not mine cannot be kept under their name"),
        (CHECK | {"heard": 0}, "heard", "must be 1 or more"),
        (CHECK | {"useful": 6}, "useful", "must be 5 or less"),
        (NOTE | {"kind": CANARY}, "kind", "is not one that this version knows"),
        (NOTE | {"kind": ["note"]}, "kind", "is not one that this version knows"),
        ({}, "kind", "is not one that this version knows"),
    ],
)  # fmt: skip
def test_a_broken_rule_names_the_field(record, field, problem):
    assert problems(record) == {field: problem}


def test_all_that_is_wrong_is_said_at_once():
    assert set(problems(NOTE | {"topic": 1, "text": [CANARY], "rev": None})) == {"topic", "text", "rev"}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"label": "I07"}, "item I07 cannot be kept: rev: is missing."),
        ({"label": CANARY}, f"item {ID} cannot be kept: rev: is missing."),
        ({"label": None}, f"item {ID} cannot be kept: rev: is missing."),
        ({"label": CANARY, "id": CANARY},
         "item cannot be kept: id: must be an id of 26 letters and digits; rev: is missing."),
        ({"label": "I07\x1b[31m"}, f"item {ID} cannot be kept: rev: is missing."),
    ],
)  # fmt: skip
def test_an_entry_is_named_by_its_label_or_id_and_never_by_words(names, said):
    with pytest.raises(InvalidEntryError) as error:
        parse({key: value for key, value in (ITEM | names).items() if key != "rev"})
    assert str(error.value) == said


@given(st.sampled_from(list(Kind)), st.dictionaries(st.sampled_from(sorted({*ITEM, *NOTE, "text", "heard", "by"})),
                                                    st.sampled_from([CANARY, [CANARY], {CANARY: CANARY}])))  # fmt: skip
def test_no_word_is_ever_quoted(kind, wrong):
    assert CANARY not in refusal(NOTE | wrong | {"kind": kind})


@given(entries())
def test_an_entry_never_shows_its_words(said):
    for entry in said:
        assert str(entry) == repr(entry) == f"<{type(entry).__name__} {entry.id}>"


@given(entries())
def test_what_an_entry_says_parses_to_the_same_entry(said):
    for entry in said:
        assert parse(entry.model_dump()) == entry


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_kept_as_they_are(words):
    assert parse(NOTE | {"text": words}).text == words


@pytest.mark.parametrize(("typed", "kept"), [("a\ud83d", "a\ufffd"), ("\udc00b", "\ufffdb"), ("\ud83d\ude00", "😀")])
def test_half_a_character_becomes_one_that_a_file_can_hold(typed, kept):
    assert parse(NOTE | {"text": typed}).text == kept


def test_an_entry_cannot_be_changed():
    with pytest.raises(ValidationError):
        parse(NOTE).text = "other"


def test_a_revision_says_the_same():
    first = parse(NOTE | {"text": "words"})
    second = first.revised(rev=9, base=1, saved_at=first.saved_at)
    assert (second.rev, second.base) == (9, 1)
    assert second.content() == first.content()
    assert not {"rev", "base", "saved_at", "settles"} & set(second.content())


def test_an_entry_is_private_unless_said_otherwise():
    assert parse(NOTE).visibility == "private"


@pytest.mark.parametrize("visibility", ["pair", "open"])
def test_a_reflection_cannot_be_given_to_others(visibility):
    record = {key: value for key, value in NOTE.items() if key not in {"segment", "topic"}} | {"kind": "reflection"}
    assert problems(record | {"visibility": visibility}) == {"visibility": "must be 'private'"}


@pytest.mark.parametrize("kind", list(Kind))
def test_which_fields_never_leave(kind):
    kept = set(MODELS[kind].model_fields) - fields_marked(MODELS[kind], Leaves)
    if kind in NEVER_LEAVES_OF:
        assert ("kind" in kept) is (kind not in LEAVE_IN_PART)
        assert kept >= NEVER_LEAVES | NEVER_LEAVES_OF[kind]
    else:
        assert kept == NEVER_LEAVES


@pytest.mark.parametrize(
    ("kind", "references"),
    [
        (Kind.NOTE, {"session"}),
        (Kind.ITEM, {"session", "person", "becoming", "dream", "goal"}),
        (Kind.PROGRESS, {"session", "about"}),
        (Kind.ITEM_EVENT, {"session", "item", "person_from", "person_to"}),
        (Kind.SEGMENT, {"session", "dreams", "becoming"}),
        (Kind.BECOMING, {"session", "until"}),
        (Kind.HANDOVER, {"session", "person", "items_open", "items_transferred"}),
        (Kind.PARKED, {"session", "person"}),
    ],
)
def test_which_fields_name_other_entries(kind, references):
    assert fields_marked(MODELS[kind], Refers) == references


@pytest.mark.parametrize(
    ("kind", "above"),
    [(Kind.PROGRESS, "about"), (Kind.ITEM_EVENT, "item"), (Kind.REVIEW, "item"), (Kind.NOTE, None)],
)
def test_what_happened_to_an_entry_is_as_visible_as_that_entry(kind, above):
    assert MODELS[kind].covered_by == above
