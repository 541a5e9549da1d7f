"""Talk about yourself: the coach goes first; the coachee is invited, and may pass."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.parts.yourself import Yourself
from coaching.model.entries import Note, SegmentState
from coaching.model.vocabulary import CoachFirst, Side, Topic, Visibility
from tests.examples import COSTLY
from tests.unit.forms.pages import said, shown_again
from tests.unit.forms.words import SEEN_BY_AUTHOR_TOO, SEEN_BY_EITHER, TICKED, shown, told, typed

NOTES = [f"{side}_{topic}" for side, topic in itertools.product(("coach", "coachee"), ("plan", "goal", "failure"))]
SEEN = {name: SEEN_BY_AUTHOR_TOO if name.startswith("coach_") else SEEN_BY_EITHER for name in NOTES}
VALUES = st.fixed_dictionaries(
    {name: typed() for name in NOTES}
    | {f"{name}:seen": seen for name, seen in SEEN.items()}
    | dict.fromkeys(["spoken", "chose_to_start", "coachee_passed"], TICKED)
)


@pytest.fixture
def yourself(kernel):
    return kernel.view("yourself")


@given(values=VALUES)
@COSTLY
def test_what_was_typed_is_shown_again_to_the_next_who_sits_down(home, yourself, values):
    expected = {name: shown(values[name]) for name in NOTES}
    expected |= {f"{n}:seen": expected[n] and (values[f"{n}:seen"] or "pair") for n in NOTES}
    coach_wrote = any(expected[name] for name in NOTES[:3])
    chose = values["chose_to_start"]
    expected |= {"chose_to_start": chose, "coachee_passed": values["coachee_passed"]}
    expected["spoken"] = "" if coach_wrote or chose else values["spoken"]
    assert shown_again(home, yourself, Yourself(), values) == told(expected)


@pytest.mark.parametrize(
    ("typed_in", "recorded"),
    [
        ({}, None),
        ({"coach_goal": "walk"}, CoachFirst.WRITTEN),
        ({"spoken": "true"}, CoachFirst.SPOKEN_NOT_RECORDED),
        ({"chose_to_start": "true"}, CoachFirst.COACHEE_CHOSE_TO_START),
        ({"coachee_goal": "rest"}, CoachFirst.COACH_DID_NOT),
        ({"coachee_passed": "true"}, CoachFirst.COACH_DID_NOT),
        ({"coach_goal": "walk", "spoken": "true"}, CoachFirst.WRITTEN),
        ({"coach_goal": "walk", "chose_to_start": "true"}, CoachFirst.COACHEE_CHOSE_TO_START),
        ({"coach_goal": "  ", "coachee_goal": "rest"}, CoachFirst.COACH_DID_NOT),
        ({"coach_goal": "walk", "coachee_goal": "rest"}, CoachFirst.WRITTEN),
        ({"spoken": "true", "coachee_goal": "rest"}, CoachFirst.SPOKEN_NOT_RECORDED),
    ],
)
def test_how_the_coachs_side_was_given_is_recorded(home, yourself, typed_in, recorded):
    yourself.type({**typed_in, "coach_failure": ""})
    found = said(home, SegmentState, segment="yourself", label=None, session=yourself.key.split("/")[1])
    assert [state.coach_first for state in found] == ([recorded] if recorded else [])


def test_the_coachees_side_opens_when_the_coach_wrote_or_spoke_or_when_the_coachee_chooses(yourself):
    side = next(block for block in yourself.blocks() if block.get("title") == "Marisol’s turn")
    coach = [{"name": name} for name in ("coach_plan", "coach_goal", "coach_failure")]
    ticked = [{"name": name, "is": ["true"]} for name in ("spoken", "chose_to_start")]
    those = [condition for condition in side["when"] if not condition["name"].startswith("thread.")]
    assert those == [*coach, *ticked]


def test_words_are_between_the_two_unless_somebody_says_otherwise(home, yourself):
    yourself.type(coach_plan="walk", coach_goal="write", coachee_plan="bake", **{"coach_goal:seen": "private"})
    assert {note.text: note.visibility for note in said(home, Note, session=yourself.key.split("/")[1])} == {
        "walk": Visibility.PAIR,
        "write": Visibility.PRIVATE,
        "bake": Visibility.PAIR,
    }


def test_what_is_private_to_the_other_side_is_not_offered(yourself):
    assert [value for value, _ in yourself.field("coach_plan")["seen"]] == ["pair", "private", "open"]
    assert [value for value, _ in yourself.field("coachee_plan")["seen"]] == ["pair", "open"]


def test_cleared_words_are_gone_from_disk(home, yourself):
    yourself.type(coachee_plan="a slip")
    assert said(home, Note, text="a slip", author=Side.COACHEE, topic=Topic.PLAN)
    yourself.type(coachee_plan="")
    assert not said(home, Note, text="a slip")
    assert b"a slip" not in b"".join(file.read_bytes() for file in home.folder.rglob("drafts/*"))
