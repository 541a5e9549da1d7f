"""The agreement: made at the first session, renewed each year, and anew when the plan has moved on."""

import pytest

from coaching.model.entries import Agreement
from coaching.model.vocabulary import AgreementEvent
from tests.unit.forms.pages import Kernel, said

TITLE = "What may be written, and used"


def agreements(home):
    return [(entry.agreement_event, entry.text) for entry in said(home, Agreement)]


def asks(kernel):
    return TITLE in [block.get("title") for block in kernel.view("opening").blocks()]


@pytest.fixture
def first(first_home):
    return Kernel(first_home)


def test_the_first_session_begins_with_words_to_agree_on_that_name_both(first):
    words = first.view("opening").values["agreement"]
    assert "Ana can pass on any question" in words
    assert "Bo must act if somebody is in danger" in words


def test_words_that_nobody_agreed_to_are_no_agreement(first_home, first):
    opening = first.view("opening")
    opening.type(arrival="curious")
    assert agreements(first_home) == []
    opening.type(agreement="Only between us.")
    assert agreements(first_home) == [(AgreementEvent.PROPOSED, "Only between us.")]


def test_with_the_tick_it_is_one(first_home, first):
    first.view("opening").type(agreement="Only between us.", agreed="true")
    assert agreements(first_home) == [(AgreementEvent.AGREED, "Only between us.")]
    again = Kernel(first_home).view("opening").values
    assert (again["agreement"], again["agreed"]) == ("Only between us.", "true")


def test_words_that_are_changed_afterwards_are_to_be_agreed_on_again(first_home, first):
    opening = first.view("opening")
    opening.type(agreement="Only between us.", agreed="true")
    opening.type(agreement="Only between us two.")
    assert opening.values["agreed"] == ""
    assert agreements(first_home) == [(AgreementEvent.PROPOSED, "Only between us two.")]


@pytest.mark.parametrize(("days", "is_asked"), [(1, False), (364, False), (365, True)])
def test_it_is_asked_again_after_a_year(first_home, first, days, is_asked):
    first.view("opening").type(agreement="Only between us.", agreed="true")
    first.view("closing").type(act="close_anyway")
    first_home.clock.forward(days=days)
    assert asks(Kernel(first_home)) is is_asked


def test_the_renewal_begins_with_the_words_of_before(first_home, first):
    first.view("opening").type(agreement="Only between us.", agreed="true")
    first.view("closing").type(act="close_anyway")
    first_home.clock.forward(days=400)
    opening = Kernel(first_home).view("opening")
    assert opening.values["agreement"] == "Only between us."
    opening.type(agreed="true")
    assert agreements(first_home)[-1] == (AgreementEvent.RENEWED, "Only between us.")


def test_after_a_hand_over_a_new_one_comes_first(kernel):
    assert asks(kernel)


@pytest.mark.parametrize(
    ("stops", "since", "again"), [("paused", "It rests since", "resumed"), ("ended", "It ended", "agreed")]
)
def test_one_that_is_in_force_can_rest_or_end_and_go_on_in_its_own_words(first_home, first, stops, since, again):
    first.view("opening").type(agreement="Only between us.", agreed="true")
    first.view("closing").type(act="close_anyway")
    first_home.clock.forward(days=7)
    second = Kernel(first_home)
    second.view("opening").type(agreement_goes_on=stops, agreement_why="She is away.")
    assert agreements(first_home)[-1] == (stops, "She is away.")
    assert Kernel(first_home).view("opening").values["agreement_why"] == "She is away."
    second.view("closing").type(act="close_anyway")
    first_home.clock.forward(days=7)
    opening = Kernel(first_home).view("opening")
    assert opening.values["agreement"] == "Only between us."
    assert any(block.get("text", "").startswith(since) for block in opening.blocks())
    opening.type(agreed="true")
    assert agreements(first_home)[-1] == (again, "Only between us.")
