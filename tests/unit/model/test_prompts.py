from itertools import pairwise

import pytest

from coaching.model.prompts import DEEPEST, DEEPEST_FROM_SESSION, prompt_of, prompts
from coaching.model.vocabulary import Segment

SEGMENTS = [segment.value for segment in Segment]


def test_there_are_forty_questions():
    assert sum(len(prompts(segment)) for segment in SEGMENTS) == 40


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_deep_question_waits_for_the_third_session(segment):
    assert all(prompt_of(segment, session).depth < DEEPEST for session in range(1, DEEPEST_FROM_SESSION))


@pytest.mark.parametrize("segment", SEGMENTS)
def test_no_question_comes_twice_in_a_row(segment):
    asked = [prompt_of(segment, session) for session in range(DEEPEST_FROM_SESSION, 60)]
    assert all(one != next_one for one, next_one in pairwise(asked))


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_question_has_its_turn(segment):
    assert {prompt_of(segment, session) for session in range(DEEPEST_FROM_SESSION, 60)} == set(prompts(segment))


@pytest.mark.parametrize(
    ("promised", "spoken_of"),
    [((), {""}), (("coach",), {"", "coach"}), (("coach", "coachee"), {"", "coach", "coachee"})],
)
def test_only_promises_that_were_made_are_spoken_of(promised, spoken_of):
    asked = {prompt_of("opening", session, promised=promised).promise for session in range(1, 20)}
    assert asked == spoken_of


def test_rather_than_a_question_of_lately_one_of_promises_is_asked():
    about_none = [prompt.text for prompt in prompts("opening") if not prompt.promise]
    assert prompt_of("opening", 1, asked=about_none, promised=()).promise
