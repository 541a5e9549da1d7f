"""Status talk: two signs of a project meeting, no fewer."""

import pytest

from coaching.model.prompts import prompts
from coaching.model.status_talk import is_status_talk


@pytest.mark.parametrize(
    "words",
    [
        "The project is on track for the release",
        "Sprint 14: three tickets are blocked by the platform team, the deadline slips",
        "Need an update on the roadmap",
        "STATUS: 80 % done, milestone next week",
    ],
)
def test_two_signs_are_status_talk(words):
    assert is_status_talk(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "I would like to be home for dinner three nights a week",
        "I missed a deadline and was ashamed",
        "My project is to learn the cello",
        "Ich will den Status im Projekt nicht mehr rechtfertigen müssen",
        "I projected my fear onto her; the ship has sailed",
        "进度很好，项目按计划",
    ],
)
def test_one_sign_or_none_is_not(words):
    assert not is_status_talk(words)


def test_no_question_of_the_workbook_is():
    parts = ("opening", "yourself", "dreams", "who_what_when", "closing")
    assert [prompt.text for part in parts for prompt in prompts(part) if is_status_talk(prompt.text)] == []
