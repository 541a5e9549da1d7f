"""The blocks of a form: plain data, which the browser is sent as JSON."""

import json

import pytest

from coaching.forms.engine import blocks
from coaching.model.vocabulary import Side


@pytest.mark.parametrize(
    ("author", "holder", "offered"),
    [
        (Side.COACH, Side.COACH, ["pair", "private", "open"]),
        (Side.COACHEE, Side.COACH, ["pair", "open"]),
        (Side.COACHEE, Side.COACHEE, ["pair", "private", "open"]),
        (Side.COACH, Side.COACHEE, ["pair", "open"]),
    ],
)
def test_private_is_offered_to_the_author_in_their_own_copy_alone(author, holder, offered):
    assert [value for value, _ in blocks.readers(author, holder)] == offered


def test_what_is_offered_first_is_between_the_two():
    for author in Side:
        for holder in Side:
            assert blocks.readers(author, holder)[0] == ("pair", "between us")


def test_every_block_has_a_type_and_travels_as_json(kernel):
    for name in ("beginning", "opening", "yourself", "dreams", "who_what_when", "closing"):
        for block in kernel.view(name).blocks():
            assert block["type"] in {
                "prose",
                "section",
                "text",
                "secret",
                "day",
                "pick",
                "choice",
                "flag",
                "rows",
                "outcomes",
                "lines",
                "sorting",
                "fold",
                "starters",
                "act",
            }
            assert json.loads(json.dumps(block)) == block


def fields_in(block):
    return [one for inner in block.get("blocks", ()) for one in (inner, *fields_in(inner))]


def test_every_field_of_a_form_has_a_name_of_its_own(kernel):
    for name in ("beginning", "opening", "yourself", "dreams", "who_what_when", "closing"):
        view = kernel.view(name)
        rows = [block for block in view.blocks() if block["type"] in {"rows", "outcomes", "sorting"}]
        inside = [id(field) for row in rows for field in fields_in(row)]
        names = [block["name"] for block in view.blocks() if "name" in block and id(block) not in inside]
        groups = {row["name"] for row in rows}
        assert len([n for n in names if n not in groups]) == len({n for n in names if n not in groups})
        assert not {n for n in names if n.split(".")[0] in groups and n not in groups}
