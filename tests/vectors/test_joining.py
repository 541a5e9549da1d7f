"""Joining makes of each case what its vector says; the script of the own copy is held to the same file."""

import json

import pytest

from tests.vectors import joining

VECTORS = json.loads(joining.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["what"])
def test_a_case_comes_out_as_its_vector_says(case):
    assert json.loads(json.dumps(joining.joined(case))) == case


@pytest.mark.thorough
def test_the_vectors_are_those_of_the_cases():
    assert joining.written() == joining.FILE.read_text(encoding="utf-8")
