from itertools import pairwise

import pytest

from coaching.i18n import say, speaking
from coaching.model.prompts import DEEPEST, DEEPEST_FROM_SESSION, offered, prompt_of, prompts, thread_prompt
from coaching.model.vocabulary import Segment

SEGMENTS = [segment.value for segment in Segment]
THREADS = ["goal", "plan", "failure", "dream", "becoming"]
EVERY = [prompt for segment in SEGMENTS for prompt in prompts(segment)]


def test_every_question_is_another_one_and_is_asked_in_german_too():
    with speaking("de"):
        german = {say(prompt.text) for prompt in EVERY}
    assert len(german) == len({prompt.text for prompt in EVERY}) == len(EVERY) > 100
    assert german.isdisjoint(prompt.text for prompt in EVERY)


@pytest.mark.everyday
@pytest.mark.parametrize("thread", THREADS)
def test_to_ask_for_a_thread_and_to_ask_how_it_moves_are_different_questions_of_every_depth(thread):
    asking_for = {prompt.text for prompt in EVERY if prompt.begins == thread}
    following = [prompt for prompt in EVERY if prompt.follows == thread]
    assert asking_for
    assert asking_for.isdisjoint(prompt.text for prompt in following)
    assert {prompt.depth for prompt in following} == {1, 2, 3}


@pytest.mark.parametrize("segment", SEGMENTS)
@pytest.mark.parametrize("threads", [(), ("dream",), ("goal", "becoming")])
def test_only_threads_that_go_on_are_asked_about(segment, threads):
    asked = {prompt_of(segment, session, threads=threads).follows for session in range(1, 60)}
    assert asked <= {"", *threads}
    assert {prompt.follows for prompt in offered(segment, 3, threads)} == asked


@pytest.mark.everyday
@pytest.mark.parametrize("thread", THREADS)
def test_a_thread_is_asked_about_as_what_it_is_and_otherwise_in_the_next_session(thread):
    asked = [thread_prompt(thread, session) for session in range(1, 30)]
    assert {prompt.follows for prompt in asked} == {thread}
    assert all(prompt.depth < DEEPEST for prompt in asked)
    assert all(one != next_one for one, next_one in pairwise(asked))


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
