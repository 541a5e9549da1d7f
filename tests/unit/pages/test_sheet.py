"""The sheet: what lies on the table between the two, in which order, and how it stays one page."""

from datetime import date

import pytest

from coaching.i18n import speaking
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Segment
from coaching.pages import sheet as sheet_view
from coaching.pages import sheet_page
from tests.unit.pages.conftest import QUESTIONS, Document, identity, record, shared_of

FIRST, TODAY = date(2025, 3, 3), date(2025, 4, 7)
ADA = record("person", "ada", side="coachee", name="Ada Lovelace")
BO = record("person", "bo", author="coach", side="coach", name="Bo Diddley", since_on=FIRST)
SESSION = record("session", "1", held_on=FIRST, number=1, author="coach", person=identity("person", "bo"))


def within(kind, *names, **fields):
    return record(kind, *names, **{"held_on": FIRST, "session": identity("session", "1")} | fields)


def promise(name, **fields):
    return within("item", name, **{"what": name, "owner": "coachee", "by": TODAY} | fields)


def stated(text):
    return within("mission", "1", text=text, confirmed=True)


def view(*records):
    return sheet_view.view(shared_of([ADA, BO, SESSION, *records]), TODAY, QUESTIONS)


def sheet(*records, audience=Audience.PAIR):
    return Document(sheet_page(shared_of(records, audience), day=TODAY, questions=QUESTIONS))


def lines_by_heading(*records):
    return {group.heading: [str(line.text) for line in group.lines] for group in view(*records).groups}


def test_its_head_is_what_the_person_is_called_and_the_day():
    document = sheet(ADA, BO)
    assert document.headings[0] == (1, "Ada")
    assert "Conversation on 7 April 2025" in document.text
    assert "Lovelace" not in document.text


def test_a_name_that_was_chosen_stands_in_the_head_and_over_the_promises():
    ada = {**ADA, "name": "Dr. Ada Lovelace", "called": "Ada King"}
    document = sheet(ada, BO, SESSION, promise("Buy rope"))
    assert document.headings[0] == (1, "Ada King")
    assert "Ada King promised" in document.text


def test_the_five_parts_stand_in_their_order_each_with_its_question():
    parts = sheet_view.view(shared_of([]), TODAY, QUESTIONS).parts
    assert [part.name for part in parts] == ["Opening", "Yourself", "Dreams", "Who does what by when", "Closing"]
    assert [part.question for part in parts] == [QUESTIONS[segment].text for segment in Segment]
    assert [part.minutes for part in parts] == [5, 8, 14, 13, 5]


def test_who_what_and_by_when_are_three_columns():
    text = sheet().text
    assert [text.index(f"\n{word}") for word in ("who", "what", "by when")] == sorted(
        text.index(f"\n{word}") for word in ("who", "what", "by when")
    )


def test_before_the_first_session_there_are_questions_and_room_to_write_alone():
    document = sheet(ADA, BO)
    assert [words for level, words in document.headings if level == 2] == [
        "Opening",
        "Yourself",
        "Dreams",
        "Who does what by when",
        "Closing",
    ]
    assert not [element for element in document.elements if element.tag == "aside"]


def test_the_coachs_own_promises_come_first_the_nearest_day_first():
    lines = lines_by_heading(
        promise("Buy rope"),
        promise("Lend the boat", owner="coach", by=date(2025, 6, 1)),
        promise("Ask the harbour", owner="coach", by=date(2025, 5, 1)),
    )
    assert list(lines) == ["Bo promised", "Ada promised"]
    assert lines["Bo promised"] == ["Ask the harbour", "Lend the boat"]


def test_dreams_and_becomings_stand_there_by_their_names():
    lines = lines_by_heading(
        within("dream", "1", title="Sail", text="Around the world, alone."),
        within("dream", "2", text="A garden.", held_on=TODAY),
        within("becoming", "1", text="A sailor."),
    )
    assert lines == {"Dreams": ["Sail", "A garden."], "Becoming": ["A sailor."]}


def test_goals_and_plans_that_go_on_stand_there_those_of_the_coach_last():
    told = [
        ("a", "coach", "goal", "To rest"),
        ("b", "coachee", "plan", "To sail home"),
        ("c", "coachee", "goal", "To swim"),
    ]
    notes = [
        within("note", key, author=author, segment="yourself", topic=topic, text=text)
        for key, author, topic, text in told
    ]
    reached = within("progress", "1", about=identity("note", "c"), status="reached")
    (group,) = view(*notes, reached).groups
    assert group.heading == "Goals and plans"
    assert [(line.text, line.whose) for line in group.lines] == [("To sail home", None), ("To rest", "Bo")]


def test_a_dream_of_the_coach_comes_after_hers_and_says_whose_it_is():
    dreams = [within("dream", "b", title="Sing", author="coach"), within("dream", "a", title="Sail")]
    (group,) = view(*dreams).groups
    assert [(line.text, line.whose) for line in group.lines] == [("Sail", None), ("Sing", "Bo")]


@pytest.mark.parametrize(
    "ended",
    [
        [promise("over"), within("item_event", "1", item=identity("item", "over"), event="done")],
        [promise("over"), within("item_event", "1", item=identity("item", "over"), event="let_go")],
        [promise("over", by=None)],
        [within("dream", "1", title="over", dream_status="resting")],
        [within("dream", "1", title="over", dream_status="came_true")],
        [within("becoming", "1", text="over", becoming_status="reached")],
        [promise("over", held_on=date(2025, 5, 5))],
    ],
    ids=["done", "let go", "draft", "resting", "came true", "reached", "of a later day"],
)
def test_what_is_not_open_is_not_on_it(ended):
    assert view(*ended).groups == ()


def test_a_promise_of_an_earlier_coach_says_whose_it_is():
    cy = record("person", "cy", author="coach", side="coach", name="Cy Young", since_on=date(2025, 4, 1))
    earlier = {**BO, "until_on": date(2025, 3, 31)}
    shared = shared_of([ADA, earlier, cy, SESSION, promise("Lend the boat", owner="coach", person=BO["id"])])
    (group,) = sheet_view.view(shared, TODAY, QUESTIONS).groups
    assert group.heading == "Cy promised"
    assert [(line.text, line.whose) for line in group.lines] == [("Lend the boat", "Bo")]


@pytest.mark.parametrize(
    ("words", "size"), [("I build.", "large"), ("I build boats. " * 10, "middle"), ("I build boats. " * 90, "small")]
)
def test_a_statement_is_as_large_as_it_has_room(words, size):
    assert view(stated(words)).statement.size == size


def test_without_a_statement_nothing_stands_in_its_place():
    assert view().statement is None
    assert view(within("mission", "1", text="I build.", confirmed=False)).statement is None


def test_what_there_is_no_room_for_is_counted():
    promises = [promise(f"{number:03}", owner=("coach", "coachee")[number % 2]) for number in range(440)]
    groups = view(*promises).groups
    assert [len(group.lines) + group.more for group in groups] == [220, 220]
    assert min(len(group.lines) for group in groups) > 3
    assert f"and {groups[0].more} more" in sheet(ADA, BO, SESSION, *promises).text


def test_where_one_has_little_the_others_have_more_room():
    promises = [promise(f"{number:03}") for number in range(30)]
    alone, beside = view(*promises).groups, view(*promises, within("dream", "1", title="Sail")).groups
    assert len(alone[0].lines) > len(beside[0].lines) > 3


def test_long_words_leave_room_for_each_group():
    long = "Write to the harbour master about the berth for the winter and the next spring. " * 9
    groups = view(
        *(promise(f"{number}", what=long, owner=("coach", "coachee")[number % 2]) for number in range(30)),
        *(within("dream", f"{number}", title=long) for number in range(9)),
        *(within("becoming", f"{number}", text=long) for number in range(9)),
    ).groups
    assert len(groups) == 4
    assert all(group.lines and group.more for group in groups)


def test_a_question_stands_in_the_language_of_the_sheet():
    with speaking("de"):
        assert view().parts[0].question == "Was davon gehört nicht mehr zu dir?"


@pytest.mark.parametrize("audience", [Audience.HOLDER, Audience.OPEN])
def test_it_is_made_of_what_both_may_read_and_of_nothing_else(audience):
    with pytest.raises(ValueError, match="the two of the pair"):
        sheet(ADA, BO, audience=audience)


def test_what_is_private_is_not_on_it():
    private = [
        promise("Hidden", owner="coach", author="coach", visibility="private"),
        within("dream", "1", title="Secret", visibility="private"),
        within("becoming", "1", text="Secret", visibility="private"),
    ]
    assert sheet(ADA, BO, SESSION, *private).html == sheet(ADA, BO, SESSION).html
