"""Talk about your dreams: what each loves, and what the coachee decides about the mission statement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.parts.closing import CLOSE_ANYWAY
from coaching.forms.parts.dreams import Dreams
from coaching.metrics.mission.statements import versions
from coaching.model.entries import Dream, Mission, Progress, SegmentState, Strength, Theme
from coaching.model.vocabulary import LIVES, CoachFirst, DreamStatus, MissionDecision, ThreadKind
from tests.examples import COSTLY
from tests.unit.forms.pages import Kernel, new_row, said, shown_again
from tests.unit.forms.words import SEEN_BY_AUTHOR_TOO, SEEN_BY_EITHER, TICKED, shown, told, typed

IN_FORCE = (
    "I get up to keep a fire lit that people can learn beside, in whatever language they came in with, "
    "and to be home in time for breakfast."
)
NEW_WORDS = "I get up to keep two fires lit."
ROWS = [new_row(1), new_row(2)]


@pytest.fixture
def dreams(kernel):
    return kernel.view("dreams")


@pytest.fixture
def dream(home):
    """Return the id of a dream of the demo year by its label."""
    return {dream.label: dream.id for dream in said(home, Dream)}.get


def session_of(view):
    return view.key.split("/")[1]


def new_versions(home):
    return [v.text for v in versions(home.workbooks()[0].frames(), home.clock().date())][4:]


@given(data=st.data())
@COSTLY
def test_what_was_typed_is_shown_again_to_the_next_who_sits_down(home, dreams, dream, data):
    values = data.draw(
        st.fixed_dictionaries(
            {
                "coach_dream": typed(),
                "coach_dream:seen": SEEN_BY_AUTHOR_TOO,
                "coachee_dream": typed(),
                "coachee_dream:seen": SEEN_BY_EITHER,
                "spoken": TICKED,
                "chose_to_start": TICKED,
                "decision": st.sampled_from(["", *MissionDecision]),
                "mission": typed() | st.just(IN_FORCE),
                "why_changed": typed(),
                "confirmed": TICKED,
            }
        )
    )
    expected = {name: shown(values[name]) for name in ("coach_dream", "coachee_dream", "mission")}
    expected |= {f"{n}:seen": expected[n] and (values[f"{n}:seen"] or "pair") for n in ("coach_dream", "coachee_dream")}
    expected |= {"decision": values["decision"], "chose_to_start": values["chose_to_start"]}
    expected["spoken"] = "" if expected["coach_dream"] or values["chose_to_start"] else values["spoken"]
    if expected["mission"].split() in ([], IN_FORCE.split()):
        expected["mission"] = ""
    else:
        expected["why_changed"] = shown(values["why_changed"])
        expected["confirmed"] = values["confirmed"] if values["decision"] == "new" else ""
    for key in ROWS:
        row = {"title": typed(), "text": typed(), "text:seen": SEEN_BY_EITHER, "no_plan": TICKED, "removed": TICKED}
        drawn = data.draw(st.fixed_dictionaries(row), key)
        values |= {f"dream.{key}.{name}": value for name, value in drawn.items()}
        words = {name: shown(drawn[name]) for name in ("title", "text")}
        if any(words.values()) and not drawn["removed"]:
            kept = words | {"text:seen": drawn["text:seen"], "no_plan": drawn["no_plan"]}
            expected |= {f"dream.{key}.{name}": value for name, value in kept.items()}
    for label in ("D1", "D2"):
        start = f"thread.{dream(label)}"
        values[f"{start}.status"] = data.draw(st.sampled_from(["", *LIVES[ThreadKind.DREAM]]))
        values[f"{start}.text"] = data.draw(typed())
        expected |= {f"{start}.status": values[f"{start}.status"], f"{start}.text": shown(values[f"{start}.text"])}
    themes = {name: value for name, value in dreams.values.items() if name.startswith("theme.")}
    assert shown_again(home, dreams, Dreams(), values) == told(expected | themes)


@pytest.mark.parametrize(
    ("typed_in", "recorded"),
    [
        ({"coach_dream": "a lake"}, CoachFirst.WRITTEN),
        ({"spoken": "true"}, CoachFirst.SPOKEN_NOT_RECORDED),
        ({"chose_to_start": "true", "coach_dream": "a lake"}, CoachFirst.COACHEE_CHOSE_TO_START),
        ({"coachee_dream": "an oven"}, CoachFirst.COACH_DID_NOT),
        ({"decision": "new", "mission": NEW_WORDS}, CoachFirst.COACH_DID_NOT),
        ({"decision": "keep"}, None),
    ],
)
def test_how_the_coachs_side_was_given_is_recorded(home, dreams, typed_in, recorded):
    dreams.type(typed_in)
    (state,) = said(home, SegmentState, segment="dreams", session=session_of(dreams))
    assert state.coach_first == recorded


@pytest.mark.parametrize(
    ("typed_in", "kept", "confirmed", "counts"),
    [
        ({"decision": "new", "mission": NEW_WORDS, "confirmed": "true"}, NEW_WORDS, True, True),
        ({"decision": "new", "mission": NEW_WORDS}, NEW_WORDS, False, False),
        ({"decision": "new", "mission": IN_FORCE, "confirmed": "true"}, None, None, False),
        ({"decision": "new", "mission": IN_FORCE.replace(" ", "\n  "), "confirmed": "true"}, None, None, False),
        ({"decision": "new", "mission": " \n ", "confirmed": "true"}, None, None, False),
        ({"decision": "new", "mission": "", "confirmed": "true"}, None, None, False),
        ({"decision": "keep", "mission": NEW_WORDS, "confirmed": "true"}, NEW_WORDS, False, False),
        ({"decision": "not_yet", "mission": NEW_WORDS, "confirmed": "true"}, NEW_WORDS, False, False),
        ({"decision": "passed", "mission": NEW_WORDS}, NEW_WORDS, False, False),
        ({"decision": "", "mission": NEW_WORDS, "confirmed": "true"}, NEW_WORDS, False, False),
        ({"decision": "keep"}, None, None, False),
    ],
    ids=[
        "new and confirmed",
        "new, not confirmed: proposed",
        "the same words",
        "the same words, other white space",
        "blank",
        "empty",
        "kept while words were typed: proposed",
        "not yet while words were typed: proposed",
        "passed while words were typed: proposed",
        "not decided: proposed",
        "kept",
    ],
)
def test_a_version_is_new_words_that_the_coachee_confirms(home, dreams, typed_in, kept, confirmed, counts):
    dreams.type(typed_in)
    found = said(home, Mission, session=session_of(dreams))
    assert [(mission.text, mission.confirmed, mission.number) for mission in found] == (
        [(kept, confirmed, 5)] if kept else []
    )
    assert new_versions(home) == ([NEW_WORDS] if counts else [])


def test_words_changed_after_the_coachee_confirmed_them_are_proposed_again(home, dreams):
    dreams.type(decision="new", mission=NEW_WORDS, confirmed="true")
    dreams.type(mission=f"{NEW_WORDS} And more.")
    assert dreams.values["confirmed"] == ""
    assert new_versions(home) == []
    dreams.type(confirmed="true")
    assert new_versions(home) == [f"{NEW_WORDS} And more."]


def test_words_that_went_to_keep_and_back_are_confirmed_as_before(home, dreams):
    dreams.type(decision="new", mission=NEW_WORDS, confirmed="true")
    dreams.type(decision="keep")
    assert new_versions(home) == []
    dreams.type(decision="new")
    assert new_versions(home) == [NEW_WORDS]


@pytest.mark.parametrize(
    ("typed_in", "undecided"),
    [
        ({}, set()),
        ({"coachee_dream": "an oven"}, {"decision"}),
        ({"spoken": "true"}, {"decision"}),
        ({"decision": "new"}, {"mission"}),
        ({"decision": "new", "mission": "  "}, {"mission"}),
        ({"decision": "new", "mission": NEW_WORDS}, {"confirmed"}),
        ({"decision": "new", "mission": NEW_WORDS, "confirmed": "true"}, set()),
        *(({"coachee_dream": "an oven", "decision": other}, set()) for other in ("keep", "not_yet", "passed")),
    ],
)
def test_the_part_ends_with_a_decision_once_it_took_place(kernel, dreams, typed_in, undecided):
    dreams.type(typed_in)
    kernel.view("closing").type(act="close")
    assert set(dreams.problems) == undecided


def test_the_part_after_it_opens_with_the_decision_and_closes_without(kernel, dreams):
    after = kernel.view("who_what_when")
    assert after.gate.startswith("Opens after the decision")
    dreams.type(decision="not_yet")
    assert after.gate is None
    dreams.type(decision="")
    assert after.gate.startswith("Opens after the decision")


def test_keeping_is_offered_only_if_there_is_something_to_keep(first_home, dreams):
    first = Kernel(first_home).view("dreams")
    answers = {
        view: [value for value, _ in view.field("decision")["options"]]
        for view in (first, dreams)
        if view.field("decision")
    }
    assert answers == {first: ["new", "not_yet", "passed"], dreams: ["new", "keep", "not_yet", "passed"]}
    asked = {view: (view.field("decision")["label"], view.field("mission")["label"]) for view in (first, dreams)}
    assert asked[first] == ("Does Ana want to write one?", "The first statement")
    assert asked[dreams] == ("What does Marisol want to do with it?", "The new statement")
    (none_yet,) = (block for block in first.blocks() if block.get("text") == "There is none yet, and that is fine.")
    assert none_yet["when"] == [{"name": "decision", "is": ["", "not_yet", "passed"]}]
    themes = {view: next(b for b in view.blocks() if b.get("title") == "Themes of the statement") for view in asked}
    assert [themes[view].get("when") for view in (first, dreams)] == [[{"name": "mission"}], None]
    assert [view for view in asked if any(block.get("name") == "why_changed" for block in view.blocks())] == [dreams]
    assert [block["text"] for block in dreams.blocks() if block.get("tone") == "quote"] == [IN_FORCE]


def test_why_and_the_confirmation_are_asked_once_there_are_words(dreams):
    assert dreams.field("why_changed")["when"] == dreams.field("confirmed")["when"] == [{"name": "mission"}]


def test_a_dream_gets_the_next_label_and_is_alive(home, dreams):
    dreams.type({f"dream.{ROWS[0]}.title": "A second oven", f"dream.{ROWS[1]}.text": "To rest."})
    found = said(home, Dream, session=session_of(dreams))
    assert {(d.title, d.text, d.label, d.dream_status, d.wants_plan) for d in found} == {
        ("A second oven", None, "D07", DreamStatus.ACTIVE, True),
        (None, "To rest.", "D08", DreamStatus.ACTIVE, True),
    }


def test_a_dream_can_be_removed_and_put_back(home, dreams):
    dreams.type({f"dream.{ROWS[0]}.title": "A second oven"})
    dreams.type({f"dream.{ROWS[0]}.removed": "true"})
    assert not said(home, Dream, title="A second oven")
    dreams.type({f"dream.{ROWS[0]}.removed": ""})
    assert said(home, Dream, title="A second oven")


def test_how_an_older_dream_is_says_a_line_of_that_dream_and_changes_no_word_of_it(home, dreams, dream):
    before = {entry.id: entry.rev for entry in said(home, Dream)}
    dreams.type({f"thread.{dream('D6')}.status": "came_true", f"thread.{dream('D6')}.text": "There was no moon."})
    (line,) = said(home, Progress, session=session_of(dreams))
    assert (line.about, line.status, line.text) == (dream("D6"), "came_true", "There was no moon.")
    assert (line.author, line.visibility) == ("coachee", "pair")
    assert {entry.id: entry.rev for entry in said(home, Dream)} == before


def test_the_dreams_that_came_up_are_remembered(home, dreams, dream):
    dreams.type({f"thread.{dream('D6')}.status": "alive", f"dream.{ROWS[0]}.title": "A second oven"})
    (state,) = said(home, SegmentState, segment="dreams", session=session_of(dreams))
    assert state.dreams == (dream("D6"), ROWS[0])


@pytest.mark.parametrize(
    ("typed_in", "words"),
    [
        ("listen, listening,  ear", ("listen", "listening", "ear")),
        ("听、倾听，耳", ("听", "倾听", "耳")),
        ("أصغي، أذن", ("أصغي", "أذن")),
        ("wake up", ("wake up",)),
        (" ,; ", None),
    ],
)
def test_a_theme_is_the_words_between_commas_of_any_script(home, dreams, dream, typed_in, words):
    start = f"theme.{ROWS[0]}"
    dreams.type({f"{start}.title": "Listening", f"{start}.words": typed_in, f"{start}.dream": dream("D6")})
    (theme,) = said(home, Theme, session=session_of(dreams))
    assert (theme.title, theme.words, theme.dream) == ("Listening", words, dream("D6"))
    assert theme.author == "coachee"


def test_a_theme_of_an_earlier_session_can_be_changed_and_taken_away(home, kernel, dreams):
    dreams.type({f"theme.{ROWS[0]}.title": "Listening", f"theme.{ROWS[0]}.words": "listen"})
    dreams.type({"decision": "keep"})
    kernel.view("closing").type({}, act=CLOSE_ANYWAY)
    later = Kernel(home).view("dreams")
    assert later.values[f"theme.{ROWS[0]}.words"] == "listen"
    later.type({f"theme.{ROWS[0]}.words": "listen, hear"})
    assert [theme.words for theme in said(home, Theme, title="Listening")] == [("listen", "hear")]
    later.type({f"theme.{ROWS[0]}.removed": "true"})
    assert not said(home, Theme, title="Listening")


def test_themes_that_are_named_stay_in_sight_when_every_statement_was_erased(home):
    (workbook,) = home.workbooks()
    workbook.upkeep.erase(*(mission.id for mission in said(home, Mission)))
    dreams = Kernel(home).view("dreams")
    assert any(name.startswith("theme.") for name in dreams.values)
    assert "when" not in next(block for block in dreams.blocks() if block.get("title") == "Themes of the statement")


@pytest.mark.parametrize(
    ("author", "confirmed", "kept"),
    [("", "true", None), ("coachee", "true", None), ("coach", "", False), ("coach", "true", True)],
)
def test_a_strength_that_the_coach_adds_waits_for_a_yes(home, dreams, author, confirmed, kept):
    start = f"strength.{ROWS[0]}"
    dreams.type({f"{start}.text": "Waits", f"{start}.author": author, f"{start}.confirmed": confirmed})
    (strength,) = said(home, Strength)
    assert (strength.text, strength.author, strength.confirmed) == ("Waits", author or "coachee", kept)
