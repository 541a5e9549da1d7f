"""The form of a hand-over: nothing is ticked at first, and nothing is written that was not seen."""

from datetime import UTC, date, datetime

import pytest

from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.forms.handover import HandoverForm
from coaching.forms.own_copy import GivingOwnCopy
from coaching.model.vocabulary import Side
from coaching.workbook.copies import Copies, Written
from coaching.workbook.handover.offer import Line, Offered, PromiseFate
from tests.unit.forms.pages import Page, View

_OF_ANA = {"author": "coachee", "visibility": "pair", "held_on": date(2025, 3, 4)}
MISSION = Line("M1", {"kind": "mission", "id": "m", "text": "To bake."} | _OF_ANA)
NOTE = Line("n", {"kind": "note", "id": "n", "topic": "goal", "text": "Sleep."} | _OF_ANA | {"visibility": "private"})
PROMISE = Line("I1", {"kind": "item", "id": "p", "what": "Ring Bo.", "owner": Side.COACH} | _OF_ANA)
BEGUN = {"file": "handover.zip", "opens": "passphrase"}
TODAY = date(2026, 11, 30)
WORDS = "otter violin ladder comet"
SECRETS = {"passphrase": WORDS, "again": WORDS}


class Planned:
    """What would be handed over: it repeats the wish."""

    def __init__(self, wish):
        self.wish = wish

    def preview(self):
        return [({"kind": "person", "side": "coach"}, self.wish.to), *(({"kind": "note"}, i) for i in self.wish.lines)]


class Handed:
    """The callables of a form, and what was planned and handed over through them; the workbook that they stand for."""

    holder = Side.COACHEE
    called = "Ana"

    def __init__(self, workbook="w1", name="Ana"):
        self.chosen, self.planned, self.done, self.seals = (workbook, name), [], [], []
        copies = Copies(lambda _: self, lambda: datetime(2026, 11, 30, tzinfo=UTC))
        self.handover = HandoverForm(
            lambda: self.chosen,
            self.offered,
            self.plan,
            self.hand_over,
            lambda: TODAY,
            own_copy=GivingOwnCopy(copies),
        )
        self.view = View(self.handover.form(), Page())

    def offered(self, workbook):
        return Offered((MISSION, NOTE), (PROMISE,), ("p",)) if workbook == "w1" else Offered((), (), ())

    def turn_to(self, *chosen):
        self.chosen = chosen
        self.handover.show()
        self.view.catch_up()

    def plan(self, workbook, wish):
        if not wish.to:
            raise CoachingError("The name of the new coach is missing.")
        self.planned.append((workbook, wish))
        return Planned(wish)

    def hand_over(self, workbook, planned, file, seal):
        if not file:
            raise CoachingError("a name is missing.")
        self.done.append((workbook, planned.wish, file))
        self.seals.append(seal)
        return Written(f"Written: {file}")

    def titles(self):
        return [block["title"] for block in self.view.blocks() if block["type"] in {"section", "fold"}]

    def buttons(self):
        return [block["name"] for block in self.view.blocks() if block["type"] == "act"]


@pytest.fixture
def handed():
    return Handed()


def test_every_line_stands_there_with_its_words_and_who_may_read_it_and_none_is_ticked(handed):
    asked = [row["title"] for block in handed.view.blocks() for row in block.get("fixed", ())]
    titles = [block["label"] for block in handed.view.blocks() if block["type"] == "flag"] + asked
    assert titles == [
        "To bake. (Mission statement, Tuesday, 4 March 2025, between you)",
        "Sleep. (Note, goal, Tuesday, 4 March 2025, only you read it)",
        "Ring Bo. (Action item, coach, Tuesday, 4 March 2025, between you)",
    ]
    assert handed.view.values == BEGUN
    assert handed.titles() == ["Mission statement", "Note: 1", "Promises of the coach, not kept yet"]


def test_its_last_day_is_read_from_the_day_it_is(handed):
    assert handed.view.form["days"]["today"] == TODAY.isoformat()
    assert handed.view.field("delete_by")["lies"] == "ahead"


def test_before_it_was_seen_there_is_no_button_to_hand_it_over(handed):
    assert handed.buttons() == ["look"]
    handed.view.type(act="hand_over", to="Nora")
    assert handed.done == []
    assert handed.buttons() == ["look", "hand_over"]


def test_what_was_ticked_is_shown_and_handed_over_as_it_was_shown(handed):
    handed.view.type({"to": "Nora", "line.m.along": "true", "promise.p.becomes": "released"}, act="look")
    quoted = [block["text"] for block in handed.view.blocks() if block.get("tone") == "quote"]
    assert quoted == ["Name, coach: Nora", "Note: m"]
    handed.view.type({"file": "nora.zip"}, act="hand_over", secrets=SECRETS)
    ((workbook, wish, file),) = handed.done
    assert (workbook, wish, file) == ("w1", handed.planned[0][1], "nora.zip")
    assert (wish.lines, wish.promises) == ({"m"}, {"p": PromiseFate.RELEASED})
    assert handed.view.told == "Written: nora.zip"
    assert handed.view.values == BEGUN


@pytest.mark.parametrize("changed", [{"line.m.along": ""}, {"line.n.along": "true"}, {"to": "Bo"}, {"reason": "new"}])
def test_what_was_changed_since_is_shown_again_before_it_is_handed_over(handed, changed):
    handed.view.type({"to": "Nora", "line.m.along": "true"}, act="look")
    handed.view.type(changed, act="hand_over")
    assert (len(handed.planned), handed.done) == (2, [])
    handed.view.type(act="hand_over", secrets=SECRETS)
    assert [wish for _, wish, _ in handed.done] == [handed.planned[1][1]]


def test_all_that_is_said_comes_into_the_wish(handed):
    said = {"to": "Nora", "reason": "a new manager", "delete_by": "2026-01-12"}
    handed.view.type({**said, "promise.p.becomes": "released", "promise.p.why": "It was found."}, act="look")
    ((_, wish),) = handed.planned
    assert (wish.to, wish.reason, wish.delete_by) == ("Nora", "a new manager", date(2026, 1, 12))
    assert wish.why == {"p": "It was found."}


@pytest.mark.parametrize(
    ("values", "act", "problems"),
    [
        ({}, "look", {"to": "The name of the new coach is missing."}),
        ({"file": ""}, "hand_over", {"file": "a name is missing."}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(handed, values, act, problems):
    if act == "hand_over":
        handed.view.type({"to": "Nora"}, act="look")
    handed.view.type(values, act=act, secrets=SECRETS)
    assert (handed.view.problems, handed.view.told) == (problems, "Nothing was handed over.")
    assert handed.done == []


def test_what_goes_wrong_in_another_way_is_named_by_its_kind_and_not_by_its_words(handed, monkeypatch):
    monkeypatch.setattr(handed.handover, "_plan", {}.__getitem__)
    handed.view.type({"to": "Nora"}, act="look")
    assert (handed.view.problems, handed.view.told) == ({"to": "TypeError."}, "Nothing was handed over.")


def test_another_person_begins_with_nothing_ticked(handed):
    handed.view.type({"to": "Nora", "line.m.along": "true"}, act="look")
    handed.turn_to("w2", "Zoë")
    assert handed.view.form["heading"] == "Zoë"
    assert handed.view.values == BEGUN
    assert (handed.titles(), handed.buttons()) == ([], ["look"])


def test_what_was_said_of_one_stands_there_again_when_somebody_returns(handed):
    handed.view.type({"to": "Nora", "line.m.along": "true"}, act="look")
    handed.turn_to("w2", "Zoë")
    handed.turn_to("w1", "Ana")
    assert handed.view.values == BEGUN | {"to": "Nora", "line.m.along": "true"}
    assert handed.buttons() == ["look"], "it is to be seen once more before it can be handed over"


def test_what_was_on_its_way_when_another_was_chosen_is_of_nobody(handed):
    ticked = handed.view.message({"to": "Nora", "line.m.along": "true"}, act="look")
    handed.turn_to("w2", "Zoë")
    answers = handed.view.deliver(ticked)
    assert [(answer["type"], answer["heading"]) for answer in answers] == [("form", "Zoë")]
    assert (handed.planned, handed.view.values) == ([], BEGUN)
    handed.view.type({"to": "Bo"}, act="look")
    assert [(workbook, wish.to, wish.lines) for workbook, wish in handed.planned] == [("w2", "Bo", frozenset())]


def test_when_the_other_cannot_be_shown_nothing_of_the_one_before_is_left(handed, monkeypatch):
    def fail(workbook):
        raise OSError(workbook)

    monkeypatch.setattr(handed.handover, "_offered", fail)
    handed.turn_to("w2", "Zoë")
    assert handed.view.form["heading"] == "Zoë"
    assert [block["text"] for block in handed.view.blocks()] == ["This could not be shown: OSError."]


def test_a_press_that_a_page_repeats_hands_over_once(handed):
    handed.view.type({"to": "Nora"}, act="look")
    message = handed.view.message({"file": "nora.zip"}, act="hand_over", secrets=SECRETS)
    for _ in range(2):
        handed.view.deliver(message)
    assert len(handed.done) == 1
    assert handed.view.told == "Written: nora.zip"


RECIPIENT = "age1csyddc4evmrs5uulprrdtgvzmsv4tccxffe5hd4khswhjr6ewp4sfnp8sk"


@pytest.mark.parametrize(
    ("values", "secrets", "seal"),
    [
        ({}, SECRETS, Seal(WORDS)),
        ({"opens": "identity", "recipient": f" {RECIPIENT}\n"}, {}, Seal(recipients=(RECIPIENT,))),
        ({"opens": "plain"}, {}, None),
    ],
)
def test_it_opens_with_what_was_said_and_how_it_opens_changes_nothing_of_what_was_seen(handed, values, secrets, seal):
    handed.view.type({"to": "Nora"}, act="look")
    handed.view.type(values, act="hand_over", secrets=secrets)
    assert (len(handed.planned), handed.seals) == (1, [seal])
    assert WORDS not in str(handed.view.wire.sent)


@pytest.mark.parametrize(
    ("values", "secrets", "problem"),
    [
        ({}, {}, "Nothing is written: the passphrase of the file is missing."),
        (
            {},
            {"passphrase": WORDS, "again": "other"},
            "Nothing is written: the two passphrases differ; type both again.",
        ),
        ({"opens": "identity"}, {}, "Nothing is written: whose age1… it is sealed for is missing."),
    ],
)
def test_without_what_it_is_to_open_with_nothing_is_handed_over(handed, values, secrets, problem):
    handed.view.type({"to": "Nora"}, act="look")
    handed.view.type(values, act="hand_over", secrets=secrets)
    assert (handed.view.problems, handed.done) == ({"opens": problem}, [])


def test_a_file_without_a_folder_goes_to_the_browser_and_not_into_any_trait(handed, monkeypatch):
    monkeypatch.setattr(handed.handover, "_hand_over", lambda *_: Written("It goes.", "a.zip.age", b"sealed"))
    handed.view.type({"to": "Nora"}, act="look")
    handed.view.type(act="hand_over", secrets=SECRETS)
    assert handed.view.downloads == [("a.zip.age", b"sealed")]
    assert handed.view.told == "It goes."


def test_what_cannot_be_shown_is_named_by_its_kind_and_not_by_its_words(monkeypatch):
    handed = Handed()
    monkeypatch.setattr(handed.handover, "_chosen", {}.__getitem__)
    assert View(handed.handover.form(), Page()).refusals == ["TypeError."]


def test_without_a_workbook_there_is_nothing_to_fill_in():
    assert Handed("", "").view.blocks() == []


def test_nothing_of_the_people_is_in_a_repr(handed):
    handed.view.type({"to": "Nora", "line.m.along": "true"}, act="look")
    for thing in (handed.handover, handed.handover.form(), MISSION, handed.planned[0][1]):
        assert not any(word in repr(thing) for word in ("Nora", "Ana", "bake"))
