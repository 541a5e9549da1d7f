"""A plan moves on: nothing goes along that was not ticked, and what does leaves no trace of the rest."""

import errno
import json
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import store
from coaching.errors import CoachingError
from coaching.forms.parts import agreement
from coaching.model.entries import Agreement, Handover, Item, ItemEvent, Person, Session
from coaching.model.ids import derived_id
from coaching.model.revisions import latest
from coaching.model.validation import parse
from coaching.model.vocabulary import AgreementEvent, ItemEventKind, Kind, Side, Visibility
from coaching.workbook.handover.offer import HandoverChoice, PromiseFate
from coaching.workbook.handover.transfer import HandingOver
from coaching.workbook.home import Home
from coaching.workbook.ledger import Ledger
from coaching.workbook.own_copy import write_own_copy
from tests.examples import COSTLY
from tests.invented_year import import_year
from tests.strategies import entries, entry
from tests.unit.store.disks import CALLS, interrupted, refusing
from tests.unit.store.samples import cheap_locks

WORKBOOK = "01JHQF38000000000000000000"
TO = "Nora Lind"
#: The days of the two invented years on which the plan moves on.
S12, S06 = datetime(2025, 12, 11, 18, tzinfo=UTC), datetime(2024, 6, 30, 18, tzinfo=UTC)
MOMENTS = {"demo_year": S12, "edge_year": S06}
CANARY = "I never told anybody"


class Days:
    """A clock that a test can turn on."""

    def __init__(self, now=S12):
        self.now = now

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now


@cache
def original(year, holder):
    """Return a home with an invented year, made once, and what its clock said in the end."""
    folder, clock = TemporaryDirectory(), Days(MOMENTS[year])
    import_year(Home(Path(folder.name), clock), year, holder)
    return folder, clock.now


def brought_in(folder, year, holder=Side.COACH):
    """Return the workbook of an invented year on the day on which the plan moves on."""
    made, now = original(year, holder)
    home = folder / f"{year} of the {holder}"
    shutil.copytree(made.name, home)
    (workbook,) = Home(home, Days(now)).workbooks()
    return workbook


@pytest.fixture
def demo(tmp_path):
    return brought_in(tmp_path, "demo_year")


@pytest.fixture
def edge(tmp_path):
    return brought_in(tmp_path, "edge_year")


def ids(workbook, *names):
    """Return the ids of lines and promises that are called so."""
    offered = workbook.handing_over.offered()
    known = {line.name: line.id for line in (*offered.lines, *offered.promises)}
    return [known[name] for name in names]


def wish(workbook, *lines, to=TO, promises=(), **fields):
    becomes = {ids(workbook, name)[0]: PromiseFate(how) for name, how in dict(promises).items()}
    return HandoverChoice(to=to, lines=frozenset(ids(workbook, *lines)), promises=becomes, **fields)


def hand_over(workbook, file, *lines, **fields):
    plan = workbook.handing_over.planned(wish(workbook, *lines, **fields))
    workbook.handing_over.hand_over(plan, file)
    return plan


def in_file(file):
    with zipfile.ZipFile(file) as bundle:
        return json.loads(bundle.read("workbook.json"))["entries"]


def said(workbook, model, **fields):
    found = [entry for entry in workbook._ledger.latest().values() if isinstance(entry, model) and not entry.withdrawn]
    return [entry for entry in found if all(getattr(entry, name) == value for name, value in fields.items())]


# What is offered


def test_the_coachees_own_lines_are_offered_by_kind_with_todays_mission_statement_first(demo):
    offered = demo.handing_over.offered()
    counts = [(lines[0].record["kind"], len(lines)) for lines in offered.groups()]
    assert counts == [("mission", 4), ("becoming", 5), ("dream", 5), ("item", 1), ("theme", 5), ("note", 73)]
    assert [line.name for line in offered.lines][:4] == ["M4", "M3", "M2", "M1"]
    assert {line.record["author"] for line in offered.lines} == {"coachee"}


@pytest.mark.parametrize("year", MOMENTS)
def test_what_the_coach_has_told_is_not_offered(tmp_path, year):
    workbook = brought_in(tmp_path, year)
    offered = workbook.handing_over.offered()
    spoken = {entry.id for entry in workbook._ledger.latest().values() if entry.author is Side.COACH}
    items = {item.id for item in said(workbook, Item)}
    assert not spoken - items & {line.id for line in offered.lines}


PRIVATE = {"kind": "dream", "id": derived_id(None, "private"), "visibility": "private", "title": CANARY}


@pytest.mark.parametrize(
    ("holder", "author", "is_offered"),
    [(Side.COACH, "coach", False), (Side.COACHEE, "coachee", True), (Side.COACHEE, "coach", False)],
)
def test_of_private_lines_only_the_coachees_are_offered_in_their_own_copy(tmp_path, holder, author, is_offered):
    workbook = brought_in(tmp_path, "demo_year", holder)
    workbook.add([PRIVATE | {"author": author}])
    words = [line.words for line in workbook.handing_over.offered().lines]
    assert (CANARY in words) is is_offered


def test_a_private_promise_of_the_coach_is_not_shown(demo):
    private = {"kind": "item", "id": derived_id(None, "item"), "author": "coach", "visibility": "private"}
    demo.add([private | {"owner": "coach", "what": CANARY, "by": date(2026, 1, 1), "held_on": date(2025, 12, 1)}])
    offered = demo.handing_over.offered()
    assert [line.name for line in offered.promises] == ["I19"]
    assert private["id"] not in offered.still_open


@pytest.mark.parametrize("year", MOMENTS)
def test_what_is_open_is_what_the_invented_year_says_of_its_own_hand_over(tmp_path, year):
    workbook = brought_in(tmp_path, year)
    (told,) = said(workbook, Handover)
    assert set(workbook.handing_over.offered().still_open) == set(told.items_open)


def test_the_promise_of_which_nobody_spoke_again_surfaces(edge):
    assert [line.name for line in edge.handing_over.offered().promises] == ["I03", "I10"]


# What goes along


@pytest.mark.parametrize("year", MOMENTS)
def test_nothing_goes_along_by_default_but_two_names_and_words_to_agree_on(tmp_path, year):
    workbook = brought_in(tmp_path, year)
    records = workbook.handing_over.planned(HandoverChoice(to=TO)).shared.records()
    assert sorted(record["kind"] for record in records) == ["agreement", "person", "person"]
    (proposed,) = (record for record in records if record["kind"] == "agreement")
    assert proposed["agreement_event"] == "proposed"
    assert {record["name"] for record in records if "name" in record} == {workbook.name, TO}


def test_the_coachees_own_copy_can_hand_on_what_is_private_there(tmp_path):
    workbook = brought_in(tmp_path, "demo_year", Side.COACHEE)
    workbook.add([PRIVATE | {"author": "coachee"}])
    plan = workbook.handing_over.planned(HandoverChoice(to=TO, lines=frozenset({PRIVATE["id"]})))
    assert [r["title"] for r in plan.shared.records() if r["kind"] == "dream"] == [CANARY]


def test_an_open_item_goes_as_it_stands_without_its_history(edge, tmp_path):
    hand_over(edge, tmp_path / "plan.zip", "I02")
    (item,) = (record for record in in_file(tmp_path / "plan.zip") if record["kind"] == "item")
    assert (item["by"], item["label"], item["owner"]) == ("2024-08-01", "I01", "coachee")
    assert {record["kind"] for record in in_file(tmp_path / "plan.zip")} == {"person", "agreement", "item"}
    assert "The school asked" not in str(in_file(tmp_path / "plan.zip"))


def test_names_and_numbers_begin_anew_so_that_they_tell_nothing_of_the_rest(demo):
    plan = demo.handing_over.planned(wish(demo, "M4", "M2", "D3", "D6", "I18"))
    found = [(r["kind"], r.get("label", r.get("number"))) for r, _ in plan.preview()]
    assert found[3:] == [("mission", 1), ("mission", 2), ("dream", "D01"), ("dream", "D02"), ("item", "I01")]


def test_what_a_line_is_linked_to_goes_along_only_if_it_was_ticked_too(demo):
    alone, together = (demo.handing_over.planned(wish(demo, *names)) for names in (["I18"], ["I18", "D1"]))
    assert [words for r, words in alone.preview() if r["kind"] == "item"] == [
        "Light the oven for the first time with my mother in the room. · by 2026-03-01"
    ]
    (words,) = (words for r, words in together.preview() if r["kind"] == "item")
    assert words.endswith(" · by 2026-03-01 · for: My grandmother's oven")


def test_what_is_open_to_others_is_between_the_new_two(demo):
    demo.add([PRIVATE | {"author": "coachee", "visibility": "open"}])
    plan = demo.handing_over.planned(HandoverChoice(to=TO, lines=frozenset({PRIVATE["id"]})))
    assert {record["visibility"] for record in plan.shared.records()} == {"pair"}


#: What an entry says of itself by words of ours, and what has no words.
OURS = {"kind", "id", "rev", "author", "visibility", "label", "number", "person", "segment", "confirmed", "held_on"}


@pytest.mark.parametrize("year", MOMENTS)
def test_the_preview_shows_every_word_that_is_in_the_file(tmp_path, year):
    workbook = brought_in(tmp_path, year)
    offered = workbook.handing_over.offered()
    everything = HandoverChoice(to=TO, lines=frozenset(line.id for line in offered.lines))
    plan = workbook.handing_over.planned(everything)
    workbook.handing_over.hand_over(plan, tmp_path / "plan.zip")
    seen = {record["id"]: words for record, words in plan.preview()}
    for record in in_file(tmp_path / "plan.zip"):
        words = [
            value for name, value in record.items() if name in {"text", "title", "what", "by", "if_then", "obstacle"}
        ]
        words += [word for name in ("words", "levels") for word in record.get(name, ()) if word]
        assert [word for word in words if word.strip() and word not in seen[record["id"]]] == []
        assert record.keys() - OURS <= {
            *(
                "text",
                "title",
                "what",
                "by",
                "if_then",
                "obstacle",
                "words",
                "levels",
                "name",
                "side",
                "topic",
                "owner",
            ),
            *("dream_status", "becoming_status", "wants_plan", "becoming", "dream", "agreement_event"),
        }


def bundle_of(folder, found, ticked):
    """Return what is handed over of a workbook that holds these entries."""
    ledger = Ledger(store.create(folder, workbook=WORKBOOK, holder=Side.COACHEE, passphrase=None).store, lambda: S12)
    ledger.save(found)
    offered = HandingOver(ledger).offered()
    plan = HandingOver(ledger).planned(
        HandoverChoice(to=TO, lines=frozenset(ticked) & {line.id for line in offered.lines})
    )
    return [line.id for line in offered.lines], plan.bundle()


_BEFORE = st.dates(date(2024, 1, 1), S12.date())
_LINES = (Kind.MISSION, Kind.ITEM, Kind.DREAM, Kind.NOTE)


@st.composite
def workbooks(draw):
    """Entries of one revision each, most of the lines such that they can be offered."""
    found = latest(
        [*draw(entries(max_size=8)), *draw(st.lists(st.one_of(map(entry, _LINES)), min_size=4, max_size=10))]
    )
    return [_offerable(draw, one) if one.kind in _LINES else _said_once(one) for one in found.values()]


def _offerable(draw, one):
    said = {"author": draw(st.sampled_from([Side.COACHEE, Side.COACHEE, Side.COACH])), "held_on": draw(_BEFORE)}
    said |= {"visibility": draw(st.sampled_from(Visibility))}
    said |= {"what": one.what or "Ring.", "owner": Side.COACHEE, "ownership": None} if one.kind == Kind.ITEM else {}
    said |= {"text": one.text or "Bread."} if one.kind != Kind.ITEM else {}
    said |= {"confirmed": True} if one.kind == Kind.MISSION else {}
    return _said_once(one, **said)


def _said_once(one, **said):
    return parse(one.model_dump() | {"withdrawn": None, "erased": None, "rev": 1} | said)


@COSTLY
@given(found=workbooks(), data=st.data())
def test_a_line_that_is_not_ticked_leaves_the_same_bytes_as_if_it_had_never_been(found, data):
    with TemporaryDirectory() as folder:
        lines, _ = bundle_of(Path(folder) / "first", found, ())
        ticked = set(data.draw(st.lists(st.sampled_from(lines), unique=True)) if lines else ())
        kept = [
            one
            for one in found
            if one.id in ticked
            or isinstance(one, Person | Session)
            or (isinstance(one, ItemEvent) and one.item in ticked)
        ]
        assert bundle_of(Path(folder) / "all", found, ticked)[1] == bundle_of(Path(folder) / "kept", kept, ticked)[1]


# What becomes of promises, and what is kept here


@pytest.mark.parametrize(
    ("becomes", "event", "text", "goes_along"),
    [
        (PromiseFate.TAKEN_OVER, ItemEventKind.HANDED_OVER, None, True),
        (PromiseFate.RELEASED, ItemEventKind.LET_GO, "a new manager", False),
        (PromiseFate.KEPT, None, None, False),
    ],
)
def test_a_promise_is_taken_over_released_or_kept(edge, tmp_path, becomes, event, text, goes_along):
    before = {one.id for one in said(edge, ItemEvent)}
    plan = hand_over(edge, tmp_path / "plan.zip", promises={"I10": becomes}, reason="a new manager")
    found = [(one.event, one.text) for one in said(edge, ItemEvent) if one.id not in before]
    assert found == ([(event, text)] if event else [])
    assert [r["what"] for r in plan.shared.records() if r["kind"] == "item"] == (
        ["Find the letter"] if goes_along else []
    )


def test_a_promise_that_is_taken_over_is_the_new_coachs_in_both_workbooks(demo, tmp_path):
    hand_over(demo, tmp_path / "plan.zip", promises={"I19": "taken-over"})
    assert demo.figures(S12.date())["items_at_end"]["I19"]["owner"] == "C2"
    new = Home(tmp_path / "new", Days()).import_file(tmp_path / "plan.zip", Side.COACH).workbook
    assert new.figures(S12.date())["items_at_end"]["I01"] == {
        "state": "open",
        "due": "2026-01-12",
        "due_moves": 0,
        "owner": "C1",
    }
    assert [person.name for person in said(new, Person, side=Side.COACH)] == [TO]


def test_a_promise_that_was_taken_over_is_not_offered_again(demo, tmp_path):
    hand_over(demo, tmp_path / "plan.zip", promises={"I19": "taken-over"})
    offered = demo.handing_over.offered()
    assert offered.promises == ()
    assert not {item.id for item in said(demo, Item, label="I19")} & set(offered.still_open)


def test_a_released_promise_says_its_own_reason(edge, tmp_path):
    (letter,) = ids(edge, "I10")
    plan = edge.handing_over.planned(
        HandoverChoice(
            to=TO, promises={letter: PromiseFate.RELEASED}, why={letter: "It was found."}, reason="a new manager"
        )
    )
    edge.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert [event.text for event in said(edge, ItemEvent, item=letter, event=ItemEventKind.LET_GO)] == ["It was found."]


def test_the_hand_over_of_the_edge_year_is_kept_as_the_year_itself_tells_it(edge, tmp_path):
    (told,) = said(edge, Handover)
    hand_over(
        edge,
        tmp_path / "plan.zip",
        "I02",
        to="高橋　真理",
        promises={"I03": "taken-over", "I10": "released"},
        reason="new_manager",
        delete_by=date(2024, 8, 14),
    )
    (kept,) = (one for one in said(edge, Handover) if one.id != told.id)
    assert set(kept.items_open) == set(told.items_open)
    assert set(kept.items_transferred) == set(told.items_transferred)
    same = ("held_on", "person", "author", "visibility", "reason", "delete_by")
    assert {name: getattr(kept, name) for name in same} == {name: getattr(told, name) for name in same}
    assert kept.bundle == ("plan_readable", "plan_json", "items_csv", "items_ics")


def test_all_of_it_is_one_act_that_one_undo_takes_back(edge, tmp_path):
    before = edge.figures(), edge.handing_over.offered().still_open
    hand_over(edge, tmp_path / "plan.zip", "I02", promises={"I03": "taken-over", "I10": "released"})
    assert sorted(one.kind for one in edge.upkeep.undo()) == ["handover", "item_event", "item_event", "person"]
    assert (edge.figures(), edge.handing_over.offered().still_open) == before


def test_a_coach_who_is_known_already_does_not_become_a_second_person(edge, tmp_path):
    hand_over(edge, tmp_path / "plan.zip", to="高橋　真理", promises={"I03": "taken-over"})
    assert len(said(edge, Person, side=Side.COACH)) == 4


# The new coach


def test_a_new_agreement_comes_first(demo, tmp_path):
    hand_over(demo, tmp_path / "plan.zip", "M4", "I18")
    new = Home(tmp_path / "new", Days()).import_file(tmp_path / "plan.zip", Side.COACH).workbook
    context = new.open_session()
    assert (context.coach.full_name, context.coachee.full_name, context.label) == (TO, "Marisol Quispe Huanca", "S01")
    assert agreement.blocks(context)
    assert [one.agreement_event for one in said(new, Agreement)] == [AgreementEvent.PROPOSED]
    assert agreement.values(context)["agreement"] == said(new, Agreement)[0].text


def test_the_new_workbook_is_another_one_so_that_nothing_of_the_old_comes_into_it(demo, tmp_path):
    plan = hand_over(demo, tmp_path / "plan.zip", "M4")
    home = Home(demo.folder.parent, Days())
    new = home.import_file(tmp_path / "plan.zip", Side.COACH).workbook
    assert (new.id, len(home.workbooks())) == (plan.workbook, 2)
    demo.write_export(tmp_path / "all.zip")
    assert home.import_file(tmp_path / "all.zip", Side.COACH).workbook.id == demo.id


# What is refused


@pytest.mark.parametrize(
    ("wished", "problem"),
    [
        (HandoverChoice(to=" \n"), "The name of the new coach is missing."),
        (
            HandoverChoice(to=TO, lines=frozenset({"X"})),
            "A line was chosen that is not offered any more; choose again.",
        ),
        (
            HandoverChoice(to=TO, promises={"X": PromiseFate.KEPT}),
            "A promise was named that is not an open one of the coach any more",
        ),
    ],
)
def test_what_is_not_offered_cannot_be_planned(demo, wished, problem):
    with pytest.raises(CoachingError, match=problem):
        demo.handing_over.planned(wished)


@pytest.mark.parametrize("name", ["plan.html", "there.zip", "no/plan.zip"])
def test_where_the_file_cannot_be_written_nothing_is_kept(demo, tmp_path, name):
    (tmp_path / "there.zip").write_text("precious")
    before = demo.exported()
    with pytest.raises(CoachingError, match=r"cannot be written|is there already"):
        hand_over(demo, tmp_path / name, "M4")
    assert demo.exported() == before
    assert (tmp_path / "there.zip").read_text() == "precious"


def test_where_nothing_can_be_read_no_file_is_written(demo, tmp_path):
    plan = demo.handing_over.planned(wish(demo, "M4"))
    (demo.folder / "entries").rename(demo.folder / "aside")
    with pytest.raises(CoachingError):
        demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert not (tmp_path / "plan.zip").exists()


@pytest.mark.thorough
def test_a_disk_that_refuses_at_any_step_of_a_hand_over_leaves_no_file_and_no_note(tmp_path):
    workbook = brought_in(tmp_path, "demo_year")
    file, before = tmp_path / "plan.zip", workbook.exported()
    plan = workbook.handing_over.planned(wish(workbook, "M4"))
    for at in range(1, 100):
        with refusing(at, errno.ENOSPC) as made:
            try:
                workbook.handing_over.hand_over(plan, file)
            except CoachingError:
                refused = True
            else:
                refused = False
        if len(made) < at:
            break
        # The folder's own names may not be on the disk yet when it refuses: then the act is there, whole.
        if refused:
            assert (file.exists(), workbook.handouts.all(), workbook.exported()) == (False, [], before), made
        else:
            workbook, file = brought_in(tmp_path / str(at), "demo_year"), tmp_path / f"plan{at}.zip"
            plan, before = workbook.handing_over.planned(wish(workbook, "M4")), workbook.exported()
    assert at > len(CALLS)
    assert file.exists()
    assert len(workbook.handouts.all()) == 1


def test_a_program_that_is_stopped_while_it_keeps_leaves_no_file(demo, tmp_path):
    plan, before = demo.handing_over.planned(wish(demo, "M4")), demo.exported()

    def stopped():
        raise KeyboardInterrupt

    with interrupted(5, stopped), pytest.raises(KeyboardInterrupt):
        demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert (list(tmp_path.glob("plan*")), demo.handouts.all(), demo.exported()) == ([], [], before)


LOOK_AGAIN = "Something has changed since you looked; look again."


def edited(workbook, identity, **fields):
    """Say something else of a line."""
    entry = workbook._ledger.latest()[identity]
    now = {"rev": workbook._ledger.next_rev(), "base": entry.rev, "saved_at": workbook._ledger.now()}
    workbook._ledger.save([parse(entry.model_dump() | now | fields)])


@pytest.mark.parametrize("fields", [{"text": "Other words."}, {"title": "Another"}, {"dream_status": "resting"}])
def test_what_was_edited_since_somebody_looked_is_looked_at_again(demo, tmp_path, fields):
    plan = demo.handing_over.planned(wish(demo, "D1"))
    edited(demo, *ids(demo, "D1"), **fields)
    before = demo.exported()
    with pytest.raises(CoachingError, match=LOOK_AGAIN):
        demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert (demo.exported(), (tmp_path / "plan.zip").exists()) == (before, False)


def test_what_was_erased_since_somebody_looked_does_not_go_along(demo, tmp_path):
    plan = demo.handing_over.planned(wish(demo, "M4", "D1"))
    demo.upkeep.erase(ids(demo, "D1")[0])
    with pytest.raises(CoachingError, match="A line was chosen that is not offered any more; choose again"):
        demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert not (tmp_path / "plan.zip").exists()


def test_what_was_made_private_since_somebody_looked_does_not_go_along(demo, tmp_path):
    plan = demo.handing_over.planned(wish(demo, "D1"))
    edited(demo, *ids(demo, "D1"), visibility="private")
    with pytest.raises(CoachingError, match="not offered any more"):
        demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert not (tmp_path / "plan.zip").exists()


def test_what_does_not_go_along_may_change_and_time_may_pass_before_it_is_written(demo, tmp_path):
    plan = demo.handing_over.planned(wish(demo, "M4", promises={"I19": "taken-over"}))
    edited(demo, *ids(demo, "D1"), text="Other words.")
    demo._ledger.clock.now += timedelta(hours=1)
    demo.handing_over.hand_over(plan, tmp_path / "plan.zip")
    assert (tmp_path / "plan.zip").read_bytes() == plan.bundle()


def test_that_a_copy_went_out_is_noted_with_the_name_and_stays_noted_when_the_hand_over_is_taken_back(demo, tmp_path):
    hand_over(demo, tmp_path / "plan.zip", "M4")
    demo.upkeep.undo()
    assert [(one.audience, one.form, one.text) for one in demo.handouts.all()] == [("open", ".zip", TO)]


def test_a_session_is_closed_first(demo, tmp_path):
    context = demo.open_session()
    note = {"kind": "note", "id": derived_id(None, "note"), "author": "coach", "segment": "opening", "topic": "arrival"}
    demo.keep(context.session, {note["id"]: note | {"session": context.session}})
    with pytest.raises(CoachingError, match="A session is not closed yet; close it first"):
        hand_over(demo, tmp_path / "plan.zip")
    assert not (tmp_path / "plan.zip").exists()


# Leaving


def leave(workbook, **fields):
    workbook.handing_over.leave(HandoverChoice(**fields))
    return max(said(workbook, Handover), key=lambda one: one.rev)


def test_the_demo_year_is_left_as_it_tells_it_itself(demo):
    (told,) = said(demo, Handover)
    kept = leave(demo, reason="leaving_employer", delete_by=date(2026, 1, 12))
    same = ("held_on", "person", "author", "reason", "items_open", "items_transferred", "delete_by")
    assert {name: getattr(kept, name) for name in same} == {name: getattr(told, name) for name in same}
    assert len(demo.upkeep.undo()) == 1


def test_without_a_day_the_coachs_copy_stays_for_thirty_days(demo):
    assert leave(demo).delete_by == date(2026, 1, 10)


@pytest.mark.parametrize(("days", "has_come"), [(0, False), (29, False), (30, True), (400, True)])
def test_from_its_last_day_on_the_coachs_copy_is_to_be_erased(demo, days, has_come):
    leave(demo)
    demo._ledger.clock.now += timedelta(days=days)
    ends = demo.handing_over.ends()
    assert (ends.by, ends.moved_on, ends.has_come) == (date(2026, 1, 10), S12.date(), has_come)
    assert str(ends) == "by 2026-01-10, after the hand-over of 2025-12-11"


def test_a_copy_that_is_carried_on_by_a_new_agreement_stays(edge):
    assert edge.handing_over.ends() is None


def test_the_coachees_copy_stays_and_is_not_left(tmp_path):
    workbook = brought_in(tmp_path, "demo_year", Side.COACHEE)
    assert workbook.handing_over.ends() is None
    with pytest.raises(CoachingError, match="This copy is the coachee's own, and stays"):
        leave(workbook)


def test_nobody_takes_over_where_nobody_follows(demo):
    with pytest.raises(CoachingError, match="Nobody is there to take a promise over"):
        leave(demo, promises={ids(demo, "I19")[0]: PromiseFate.TAKEN_OVER})


@pytest.mark.parametrize("year", MOMENTS)
def test_the_persons_own_copy_is_opened_and_says_what_is_said_here(tmp_path, year):
    workbook = brought_in(tmp_path, year)
    with cheap_locks():
        count = write_own_copy(workbook, tmp_path / "copy.zip", Days())
    assert count == len(in_file(tmp_path / "copy.zip"))
    assert [(one.audience, one.form) for one in workbook.handouts.all()] == [("pair", ".zip")]


def test_a_copy_that_opens_as_something_else_is_not_relied_on(demo, tmp_path, monkeypatch):
    export = type(demo).write_export

    def torn(self, file, audience):
        export(brought_in(tmp_path, "edge_year"), file, audience)

    monkeypatch.setattr(type(demo), "write_export", torn)
    with cheap_locks(), pytest.raises(CoachingError, match="does not open again as it was written"):
        write_own_copy(demo, tmp_path / "copy.zip", Days())


def of_another(workbook, file):
    brought_in(file.parent, "edge_year").write_export(file)


def of_the_other_side(workbook, file):
    workbook.write_export(file.with_name("theirs.zip"))
    theirs = Home(file.parent / "theirs", Days()).import_file(file.with_name("theirs.zip")).workbook
    theirs.write_export(file)


def of_nobody(workbook, file):
    file.write_bytes(b"PK\x03\x04 precious")


def a_folder(workbook, file):
    file.mkdir()


@pytest.mark.parametrize("there", [of_another, of_the_other_side, of_nobody, a_folder])
def test_what_is_there_already_and_is_not_this_workbooks_is_not_replaced(demo, tmp_path, there):
    file = tmp_path / "copy.zip"
    there(demo, file)
    before = None if file.is_dir() else file.read_bytes()
    notes = demo.handouts.all()
    with cheap_locks(), pytest.raises(CoachingError, match="is there already, and is no bundle of this workbook"):
        write_own_copy(demo, file, Days())
    assert (None if file.is_dir() else file.read_bytes()) == before
    assert demo.handouts.all() == notes


def test_an_own_copy_that_was_written_before_is_written_anew(demo, tmp_path):
    with cheap_locks():
        first = write_own_copy(demo, tmp_path / "copy.zip", Days())
        # That the first was handed out, the second one says.
        assert write_own_copy(demo, tmp_path / "copy.zip", Days()) == first + 1
