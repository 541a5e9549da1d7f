"""Closing: what each takes along, what is parked, the coach's own note, and the end of the session."""

import errno
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.parts.closing import Closing
from coaching.model.entries import Check, Note, Parked, Reflection, Session
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side, Visibility
from tests.examples import COSTLY
from tests.unit.forms.pages import Kernel, drafts, entries, new_row, said, shown_again
from tests.unit.forms.words import DAYS, SEEN_BY_AUTHOR_TOO, SEEN_BY_EITHER, TICKED, day, shown, told, typed
from tests.unit.store.disks import refusing

ROWS = [new_row(1), new_row(2)]
SCORE = st.sampled_from(["", "1", "2", "3", "4", "5"])


@pytest.fixture
def closing(kernel):
    return kernel.view("closing")


def test_nothing_is_drafted_before_anything_is_typed(home, closing):
    assert drafts(home) == []


@given(data=st.data())
@COSTLY
def test_what_was_typed_is_shown_again_to_the_next_who_sits_down(home, closing, data):
    values = data.draw(
        st.fixed_dictionaries(
            {
                "takeaway": typed(),
                "takeaway:seen": SEEN_BY_EITHER,
                "said_back": typed(),
                "said_back:seen": SEEN_BY_AUTHOR_TOO,
                "heard": SCORE,
                "mine": SCORE,
                "useful": SCORE,
                "next_on": DAYS,
                "check_text": typed(),
                "reflection": typed(),
            }
        )
    )
    expected = values | {n: shown(values[n]) for n in ("takeaway", "said_back", "check_text", "reflection")}
    expected["next_on"] = day(values["next_on"])
    for name in ("takeaway", "said_back"):
        expected[f"{name}:seen"] = expected[name] and (values[f"{name}:seen"] or "pair")
    for key in ROWS:
        row = st.fixed_dictionaries({"text": typed(), "goes_to": typed(), "removed": TICKED})
        drawn = data.draw(row, key)
        values |= {f"parked.{key}.{name}": value for name, value in drawn.items()}
        if not drawn["removed"]:
            expected |= {f"parked.{key}.{name}": shown(drawn[name]) for name in ("text", "goes_to")}
    assert shown_again(home, closing, Closing(), values) == told(expected)


def test_the_coachs_own_note_stays_in_this_copy_and_expires(home, closing):
    closing.type(reflection="I talked too much.")
    (note,) = said(home, Reflection, text="I talked too much.")
    assert (note.author, note.visibility, note.expires_on) == (Side.COACH, Visibility.PRIVATE, date(2026, 4, 12))
    for audience in (Audience.PAIR, Audience.OPEN):
        assert "I talked too much." not in str(home.workbooks()[0].shared(audience).records())


def test_what_is_parked_stays_in_this_copy(home, closing):
    closing.type({f"parked.{ROWS[0]}.text": "The rota", f"parked.{ROWS[0]}.goes_to": "the Thursday handover"})
    (parked,) = said(home, Parked, text="The rota")
    assert (parked.goes_to, parked.visibility) == ("the Thursday handover", Visibility.PRIVATE)
    assert "The rota" not in str(home.workbooks()[0].shared(Audience.PAIR).records())


def test_the_three_answers_are_numbers_of_the_coachee(home, closing):
    closing.type(heard="5", useful="3")
    (check,) = said(home, Check, session=closing.key.split("/")[1])
    assert (check.heard, check.mine, check.useful, check.author) == (5, None, 3, Side.COACHEE)


def test_the_day_on_which_they_meet_again_is_kept_with_the_session_alone(home, closing):
    closing.type(next_on="2026-01-26")
    (session,) = said(home, Session, label="S13")
    assert (session.next_on, session.closed) == (date(2026, 1, 26), False)
    assert Kernel(home).view("closing").values["next_on"] == "2026-01-26"
    closing.type(next_on="")
    assert said(home, Session, label="S13") == []


@pytest.mark.parametrize("typed", ["2026-1", "1999-12-31", "2026-02-30", "soon"])
def test_a_day_that_is_none_is_not_kept(home, closing, typed):
    closing.type(takeaway="Mondays", next_on=typed)
    assert said(home, Session, label="S13")[0].next_on is None


def test_a_day_to_meet_again_that_was_written_in_two_places_is_chosen(home, closing):
    other = Kernel(home).view("closing")
    closing.type(takeaway="Mondays", next_on="2026-01-26")
    other.type(next_on="2026-02-02")
    again = Kernel(home).view("closing")
    quotes = [block["text"] for block in again.blocks() if block.get("tone") == "quote"]
    assert any(text.startswith("When do you meet again?, here:") for text in quotes)
    again.type(act=next(block["name"] for block in again.blocks() if block.get("name", "").startswith("stay:")))
    assert not [block for block in Kernel(home).view("closing").blocks() if block.get("tone") == "quote"]


def test_closing_makes_the_session_a_part_of_the_workbook(home, kernel, closing):
    kernel.view("yourself").type(coach_plan="walk")
    closing.type(takeaway="That Mondays are mine.")
    kernel.view("opening").type({f"review.{key}.outcome": "done" for key in due_items(kernel)})
    assert drafts(home)
    closing.type(act="close")
    assert closing.told == "closed and kept 10:42; 9 private notes past the 90 days are erased"
    assert drafts(home) == []
    (session,) = said(home, Session, label="S13")
    assert (session.number, session.held_on, session.closed) == (13, date(2026, 1, 12), True)
    assert said(home, Note, text="walk", session=session.id)


def due_items(kernel):
    return {name.split(".")[1] for name in undecided(kernel)}


def undecided(kernel):
    page_before = kernel.view("opening")
    kernel.view("closing").type(act="close")
    return page_before.problems


def test_what_is_not_decided_keeps_the_session_open_and_is_named_where_it_stands(home, kernel, closing):
    opening, dreams, yourself = (kernel.view(name) for name in ("opening", "dreams", "yourself"))
    dreams.type(coachee_dream="an oven")
    closing.type(act="close")
    assert closing.told == "Not closed: something is still open in “Opening” and “Talk about your dreams”."
    assert list(opening.problems.values()) == ["What became of it?"]
    assert list(dreams.problems.values()) == ["Marisol decides: new, keep, not yet or pass."]
    assert (yourself.told, yourself.problems) == (None, {})
    assert closing.values["unfinished"] == "true"
    assert said(home, Session, label="S13")[0].closed is False
    assert len(drafts(home)) == 1


def test_it_can_be_closed_all_the_same(home, kernel, closing):
    kernel.view("dreams").type(coachee_dream="an oven")
    closing.type(act="close")
    closing.type(act="close_anyway")
    assert closing.told.startswith("closed and kept")
    assert drafts(home) == []
    assert said(home, Session, label="S13")[0].closed is True


def test_a_closed_session_is_gated_in_every_form_and_every_later_view_and_ends_in_the_last(kernel, closing):
    views = [kernel.view(name) for name in ("opening", "yourself", "dreams", "who_what_when", "closing")]
    closing.type(reflection="short", act="close_anyway")
    views += [kernel.view(name) for name in ("opening", "dreams")]
    closed = "S13 is closed and kept."
    assert [view.gate for view in views] == [*[closed] * 4, None, *[closed] * 2]
    for view in (closing, kernel.view("closing")):
        assert "done" in {block.get("name") for block in view.blocks()}
        assert {"takeaway", "close"}.isdisjoint(block.get("name") for block in view.blocks())


def test_what_has_been_decided_since_is_marked_no_more(kernel, closing, home):
    opening, dreams = kernel.view("opening"), kernel.view("dreams")
    dreams.type(coachee_dream="an oven")
    closing.type(act="close")
    (due,) = opening.problems
    opening.type({due: "done"})
    assert (opening.told, opening.problems) == ("", {})
    assert closing.told == "Not closed: something is still open in “Talk about your dreams”."
    dreams.type(decision="new")
    assert dreams.problems == {}
    assert (closing.told, closing.values["unfinished"]) == ("", "")
    closing.type(act="close")
    assert set(dreams.problems) == {"mission"}
    assert said(home, Session, label="S13")[0].closed is False


def test_what_is_marked_stays_so_until_it_is_decided_when_the_disk_refuses_to_close(kernel, closing):
    dreams = kernel.view("dreams")
    dreams.type(coachee_dream="an oven")
    closing.type(act="close")
    with refusing(1, errno.ENOSPC, lasting=True):
        closing.type(act="close_anyway")
    assert closing.refusals
    dreams.type(decision="not_yet")
    assert (dreams.told, dreams.problems) == ("", {})
    assert closing.told == "Not closed: something is still open in “Opening”."


def test_closing_again_marks_again_what_lost_its_mark_while_somebody_came_by(kernel, closing):
    opening = kernel.view("opening")
    closing.type(act="close")
    (due,) = marked = opening.problems
    opening.type({due: ""})
    opening.problems = {}  # a field that is changed takes its mark away by itself
    closing.type(act="close")
    assert opening.problems == marked
    assert opening.told == "Please look at what is marked."


def test_what_is_marked_stays_so_in_a_form_that_is_shown_again(kernel, closing):
    opening = kernel.view("opening")
    closing.type(act="close")
    again = kernel.view("opening")
    assert (again.told, again.problems) == (opening.told, opening.problems)
    assert kernel.view("closing").told == closing.told


def test_the_next_kernel_begins_the_next_session(home, closing):
    closing.type(reflection="short", act="close_anyway")
    beginning = Kernel(home).view("beginning")
    assert beginning.field("session")["options"][0][1] == "S14, this one"
    assert Kernel(home).view("closing").values.get("reflection", "") == ""


def test_closing_an_empty_session_makes_none(home, closing):
    home.workbooks()[0].upkeep.renew()
    before = entries(home)
    closing.type(act="close_anyway")
    assert entries(home) == before
    assert drafts(home) == []


def test_closing_twice_is_closing_once(home, kernel, closing):
    message = closing.message({"reflection": "short"}, act="close_anyway")
    closing.deliver(message)
    before = entries(home)
    closing.deliver(message)
    kernel.view("closing").type(act="close_anyway")
    assert entries(home) == before
    assert drafts(home) == []


def test_words_that_come_after_the_closing_are_a_part_of_the_closed_session(home, kernel, closing):
    late = kernel.view("yourself").message({"coach_plan": "a late word"})
    closing.type(reflection="short", act="close_anyway")
    kernel.view("yourself").deliver(late)
    assert said(home, Note, text="a late word")
    assert drafts(home) == []
    assert Kernel(home).view("beginning").field("session")["options"][0][1] == "S14, this one"
