"""The program reads each test vector as it is said there, and the vectors can be made anew."""

import json

import pytest

from tests.vectors import bundles, cards, entry_files, folders, pages
from tests.vectors.__main__ import made
from tests.vectors.vector import FOLDER, RefusedError, vectors

PARTS = {
    "card": cards,
    "entries": entry_files,
    "draft": entry_files,
    "folder": folders,
    "bundle": bundles,
    "page": pages,
}
VECTORS = vectors()
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector_is_read_as_it_says(vector):
    if reason := vector.about.get("refused"):
        with pytest.raises(RefusedError) as caught:
            PARTS[vector.part].opened(vector)
        assert str(caught.value) == reason
    else:
        assert PARTS[vector.part].opened(vector) == vector.about["content"]


def test_every_part_has_files_that_are_read_and_files_that_are_refused():
    outcomes = {(vector.part, "refused" in vector.about) for vector in VECTORS}
    assert outcomes == {(part, refused) for part in PARTS for refused in (True, False)}


def test_the_readme_explains_every_reason_and_every_part():
    words = {vector.about["refused"] for vector in VECTORS if "refused" in vector.about} | set(PARTS)
    assert [word for word in words if f"`{word}`" not in README] == []


@pytest.mark.thorough
def test_vectors_made_anew_say_the_same():
    anew = {vector.name: json.loads(json.dumps(vector.about)) for vector in made()}
    assert anew == {vector.name: vector.about for vector in VECTORS}
