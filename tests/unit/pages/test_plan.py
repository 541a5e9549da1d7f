"""The personal development plan: whose it is, how it goes on, and what is still open instead of a score."""

from collections import defaultdict
from datetime import date

import pytest

from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.pages import markdown, plan_page
from tests.unit.pages.conftest import Document, identity, plan_of, record, shared_of

FIRST, SECOND, THIRD = date(2025, 3, 3), date(2025, 4, 7), date(2025, 5, 5)
ADA = record("person", "ada", side="coachee", name="Ada", language="fi")
BO = record("person", "bo", author="coach", side="coach", name="Bo", since_on=FIRST)
CY = record("person", "cy", author="coach", side="coach", name="Cy", since_on=SECOND, until_on=SECOND)
SESSION = record("session", "1", held_on=FIRST, number=1, author="coach", person=identity("person", "bo"))


def within(kind, *names, **fields):
    return record(kind, *names, **{"held_on": FIRST, "session": identity("session", "1")} | fields)


def promise(name, **fields):
    return within("item", name, **{"what": name, "owner": "coachee", "by": SECOND} | fields)


def event(name, happened, day, **fields):
    return record("item_event", name, happened, item=identity("item", name), event=happened, held_on=day, **fields)


def plan(*records, audience=Audience.PAIR, asof=THIRD):
    return Document(plan_page(shared_of(records, audience), asof=asof))


def section(document, title):
    """The words below one heading, down to the next of its level."""
    found, heading, inside = defaultdict(str), "", False
    for text, around in document.placed:
        was_inside, inside = inside, any(element.tag == "h2" for element in around)
        if inside:
            heading = heading + text if was_inside else text
        else:
            found[heading] += text
    return found[title]


def test_the_plan_of_an_empty_workbook_is_what_is_still_open():
    document = plan()
    assert [words for level, words in document.headings if level == 2] == ["What is still open"]
    for gap in ("An agreement in writing", "A mission statement.", "A dream.", "Who to become next.", "A next step"):
        assert gap in document.text


def test_a_plan_in_which_everything_has_its_place_has_no_gaps():
    told = [
        within("agreement", "1", text="Between us."),
        within("mission", "1", text="I build.", confirmed=True),
        within("dream", "1", title="Sail", wants_plan=True),
        within("becoming", "1", text="A sailor."),
        promise("Buy rope", dream=identity("dream", "1"), by=date(2025, 6, 1)),
        promise("Lend the boat", owner="coach", by=date(2025, 7, 1)),
    ]
    document = plan(ADA, BO, SESSION, *told)
    opened = section(document, "What is still open")
    assert opened.split("\n")[:2] == [
        "Next review",
        "The next agreed day is 1 June 2025. The conversation after it begins there.",
    ]
    assert "compan" not in document.text, "goals of a company are nobody's gap"


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"wants_plan": True}, True),
        ({"wants_plan": False}, False),
        ({}, False),
        ({"wants_plan": True, "dream_status": "resting"}, False),
        ({"wants_plan": True, "dream_status": "came_true"}, False),
    ],
)
def test_only_a_dream_whose_owner_wants_a_plan_waits_for_a_step(fields, gap):
    assert ("A next step for the dream: Sail" in plan(ADA, within("dream", "1", title="Sail", **fields)).text) is gap


def test_what_is_past_its_day_and_what_is_a_draft_wait_without_blame():
    text = plan(ADA, BO, SESSION, promise("Buy rope"), promise("Sew sails", by=None), asof=THIRD).text
    assert "1 promise past its day: done, moved, or let go?" in text
    assert "1 draft that waits for a what, an owner or a day." in text
    assert "The next conversation begins with what was agreed for 7 April 2025." in text


def test_the_coachees_promises_and_those_of_each_coach_stand_apart():
    items = [
        promise("Buy rope"),
        promise("Lend the boat", owner="coach", person=identity("person", "bo")),
        promise("Ask the harbour", owner="coach", person=identity("person", "cy")),
    ]
    document = plan(ADA, BO, CY, SESSION, *items)
    actions = section(document, "Who does what by when")
    supporters = section(document, "Who supports it, and what they promised")
    assert "Buy rope" in actions
    assert "Buy rope" not in supporters
    bo, cy = supporters.split("Cy on 7 April 2025")
    assert "Bo since 3 March 2025" in bo
    assert ("Lend the boat" in bo, "Ask the harbour" in bo, "Ask the harbour" in cy) == (True, False, True)


@pytest.mark.parametrize("people", [[], [BO, CY]], ids=["nobody known", "several known"])
def test_a_promise_of_a_coach_who_is_not_known_is_shown_as_that_of_the_coach(people):
    supporters = section(
        plan(ADA, *people, promise("Lend the boat", owner="coach")), "Who supports it, and what they promised"
    )
    assert "Lend the boat" in supporters[supporters.index("The coach") :]


def test_how_it_went_is_told_in_the_coachees_words_and_what_was_told_twice_once():
    review = within("review", "1", item=identity("item", "Buy rope"), outcome="done", text="Ten metres!")
    document = plan(
        ADA,
        BO,
        SESSION,
        promise("Buy rope"),
        event("Buy rope", "done", FIRST, text="Ten metres!"),
        review,
        within("note", "1", segment="closing", topic="takeaway", text="I can knot."),
        within("note", "2", author="coach", segment="closing", topic="takeaway", text="She can knot."),
        within("dream", "1", title="Sail"),
        record("progress", "1", held_on=SECOND, about=identity("dream", "1"), text="The sea was calm."),
    )
    told = section(document, "How it went, in Ada’s words")
    assert told.count("Ten metres!") == 1
    assert told.index("Ten metres!") < told.index("I can knot.")
    assert "The sea was calm." not in told
    assert "The sea was calm." in section(document, "Dreams")
    assert "She can knot." not in document.text


def test_words_told_with_a_day_of_their_own_stand_once_on_the_day_of_the_telling():
    review = within("review", "1", item=identity("item", "Buy rope"), outcome="done", text="Ten metres!")
    earlier = date(2025, 2, 27)
    done = event("Buy rope", "done", earlier, text="Ten metres!") | {"session": SESSION["id"]}
    document = plan(ADA, BO, SESSION, promise("Buy rope"), done, review)
    told = section(document, "How it went, in Ada’s words")
    assert told.count("Ten metres!") == 1
    assert "done on 27 Feb 2025" in told
    assert told.count("3 Mar 2025") == 1


def test_words_of_a_promise_that_was_moved_stand_once_and_its_new_day_stands_with_it():
    review = within("review", "1", item=identity("item", "Buy rope"), outcome="changed", text="Not before Easter.")
    agreed = event("Buy rope", "agreed", date(2025, 2, 27), due_to=FIRST)
    move = event("Buy rope", "due_moved", FIRST, due_from=FIRST, due_to=THIRD, text="Not before Easter.")
    document = plan(ADA, BO, SESSION, promise("Buy rope", by=FIRST), agreed, move | {"session": SESSION["id"]}, review)
    assert document.text.count("Not before Easter.") == 1
    assert "Not before Easter." in section(document, "How it went, in Ada’s words")
    assert "moved from 3 Mar 2025 to 5 May 2025" in section(document, "Who does what by when")


def test_what_brings_joy_is_what_the_coachee_told_as_joy_and_no_other_word_of_the_part():
    notes = [
        within("note", f"{author} {topic}", author=author, segment="dreams", topic=topic, text=f"{author}, {topic}.")
        for author, topic in (("coachee", "joy"), ("coachee", "dream"), ("coach", "dream"))
    ]
    document = plan(ADA, BO, SESSION, *notes)
    joy, told = section(document, "What brings joy"), section(document, "How it went, in Ada’s words")
    assert "coachee, joy." in joy
    assert "dream." not in joy
    assert "coachee, dream." in told
    assert "joy." not in told + document.text.replace(joy, "")
    assert "coach, dream." not in document.text


def test_earlier_statements_stand_in_full_with_the_time_in_which_they_held():
    statements = [
        within("mission", str(day), text=text, confirmed=True, held_on=day, why_changed=why)
        for day, text, why in ((FIRST, "I build boats.", None), (SECOND, "I sail.", "Boats want the sea."))
    ]
    document = plan(ADA, SESSION, *statements)
    mission = section(document, "Mission statement")
    assert mission.index("I sail.") < mission.index("Earlier words") < mission.index("I build boats.")
    assert "3 March 2025 to 7 April 2025" in mission
    assert "In force since 7 April 2025." in mission


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        (["agreed"], "The agreement is in force since 3 March 2025."),
        (["agreed", "paused"], "The conversations are paused since 7 April 2025."),
        (["agreed", "ended"], "The agreement ended on 7 April 2025."),
        (["agreed", "proposed"], "The agreement is in force since 3 March 2025."),
    ],
)
def test_how_the_agreement_stands_is_said_at_the_beginning(happened, sentence):
    events = [
        record("agreement", str(day), held_on=day, agreement_event=name)
        for day, name in zip((FIRST, SECOND), happened, strict=False)
    ]
    text = plan(ADA, *events).text
    assert "This plan belongs to Ada." in text
    assert sentence in text


def test_words_are_in_the_language_of_their_author():
    spoken = record("session", "1", held_on=FIRST, number=1, author="coach", person=BO["id"], language="de")
    notes = [
        within("becoming", "1", text="Purjehtija."),
        promise("Das Boot leihen", owner="coach", author="coach"),
    ]
    found = {
        text: around[-1].attributes.get("lang") for text, around in plan(ADA, BO, spoken, *notes).placed if text.strip()
    }
    assert (found["Purjehtija."], found["Das Boot leihen"]) == ("fi", "de")


def test_others_read_what_was_opened_and_nothing_of_what_is_missing():
    opened = [
        within("dream", "1", title="Sail", wants_plan=True, visibility="open"),
        promise("Buy rope", visibility="open"),
    ]
    closed = [ADA, BO, SESSION, within("dream", "2", title="Secret"), promise("Hidden", owner="coach")]
    document = plan(*opened, *closed, audience=Audience.OPEN)
    assert [words for level, words in document.headings if level == 2] == [
        "Dreams",
        "Who does what by when",
        "What is still open",
    ]
    assert "A next step" not in document.text
    for word in ("Ada", "Bo", "Secret", "Hidden", "agreement"):
        assert word not in document.text
    assert document.html == plan(*opened, audience=Audience.OPEN).html


def test_others_read_that_nothing_is_open_yet_and_nothing_else():
    document = plan(ADA, BO, SESSION, within("dream", "1", title="Sail"), audience=Audience.OPEN)
    assert document.headings == [(1, "A personal development plan")]
    assert not any(sign.isdigit() for sign in document.text)


def test_the_plan_counts_nothing_as_a_score():
    text = Document(plan_of("demo_year")).text
    assert " of 5" not in text
    assert "16 of 19" not in text


def test_what_came_later_is_not_known_yet():
    later = [within("dream", "1", title="Sail", held_on=SECOND), promise("Buy rope", held_on=SECOND)]
    assert "Sail" in plan(ADA, SESSION, *later).text
    assert not [word for word in ("Sail", "Buy rope") if word in plan(ADA, SESSION, *later, asof=FIRST).text]


def test_the_holder_sees_what_stands_in_their_copy_only_as_such():
    mine = within("becoming", "1", text="Free.", visibility="private")
    holder = Document(plan_page(shared_of([ADA, mine], Audience.HOLDER, Side.COACHEE), asof=THIRD)).text
    assert "since 3 Mar 2025 in this copy only" in holder
    assert "holder’s own copy" in holder
    assert "Free." not in plan(ADA, mine).text


def test_the_two_of_them_see_who_was_given_a_copy_newest_first():
    copies = [
        record("handout", "1", held_on=FIRST, audience="open", form=".zip", text="Cy, my <b>mentor</b>"),
        record("handout", "2", held_on=SECOND, audience="pair", form=".html"),
    ]
    told = section(plan(*copies), "Who was given a copy")
    places = [told.index(words) for words in ("7 Apr 2025", "a page, for both", "3 Mar 2025", "a bundle, for others")]
    assert places == sorted(places)
    assert "mentor" not in told
    held = Document(plan_page(shared_of([ADA, *copies], Audience.HOLDER, Side.COACHEE), asof=THIRD)).text
    assert "a bundle, for others: Cy, my <b>mentor</b>" in held


def test_others_are_not_told_who_was_given_a_copy():
    opened = [record("handout", "1", held_on=FIRST, audience="open", form=".zip", text="Cy", visibility="open"), ADA]
    assert "Who was given a copy" not in [words for _, words in plan(*opened, audience=Audience.OPEN).headings]


def test_a_hand_over_says_in_words_why_and_what_went_along():
    parts = ("plan_readable", "plan_json", "items_csv", "items_ics")
    moved = record("handover", "1", held_on=FIRST, reason="leaving_employer", bundle=parts)
    told = plan(ADA, moved).text
    assert "leaving the employer" in told
    assert "the action items as a calendar (ICS)" in told
    assert not [code for code in ("leaving_employer", *parts) if code in told]


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([{"next_on": date(2025, 5, 12)}], True),
        ([{"next_on": THIRD}], True),
        ([{"next_on": SECOND}], False),
        ([{"next_on": date(2025, 5, 12)}, {}], False),
    ],
    ids=["a day to come", "today", "a day that is over", "a later session that said none"],
)
def test_it_says_when_the_two_meet_again(sessions, said):
    held = zip(sessions, (FIRST, SECOND), strict=False)
    records = [record("session", str(day), held_on=day, author="coach", **fields) for fields, day in held]
    assert ("You meet again on" in plan(*records).text) is said
    assert ("You meet again on" in markdown.plan(shared_of(records, Audience.PAIR), asof=THIRD)) is said


def test_others_are_not_told_when_the_two_meet_again():
    held = record("session", "1", held_on=FIRST, author="coach", next_on=date(2025, 5, 12), visibility="open")
    assert "meet again" not in plan(held, audience=Audience.OPEN).text
    assert "meet again" not in markdown.plan(shared_of([held], Audience.OPEN), asof=THIRD)
