"""What people are called by: what they chose, or the beginning of their name, which is only a beginning."""

import pytest

from coaching.model.calling import known_as


@pytest.mark.everyday
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Marisol Quispe Huanca", "Marisol"),
        ("Ana", "Ana"),
        ("Dr. Ana Lopez", "Ana"),
        ("Frau Prof. Dr. Lise Meitner", "Lise"),
        ("J. Robert Oppenheimer", "Robert"),
        ("Quispe, Marisol", "Marisol"),
        ("Quispe,", "Quispe"),
        ("Maria José Prado", "Maria"),
        ("محمد", "محمد"),
        ("高橋　真理", "高橋"),
        ("  Zoë\tKim ", "Zoë"),
        ("\u200b Ana", "Ana"),
        ("Dr.", "Dr."),
        ("Prof. Dr.", "Prof. Dr."),
    ],
)
def test_without_a_choice_it_is_the_first_word_that_is_a_name(name, called):
    assert known_as(name, None) == called


@pytest.mark.parametrize("blank", [None, "", " ", "\u200b"])
def test_what_they_chose_comes_first_unless_it_is_blank(blank):
    assert known_as("Maria José Prado", "Maria José") == "Maria José"
    assert known_as("Maria José Prado", blank) == "Maria"
    assert known_as(None, "Mari") == "Mari"
    assert known_as(None, blank) is None
