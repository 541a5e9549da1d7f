"""Beginning: with whom, which session, and on what day; or, the very first time, making a workbook."""

import errno
from datetime import date, timedelta

import pytest

from coaching import store
from coaching.model.entries import ItemEvent, Note, Person, Reflection, Session
from coaching.model.vocabulary import Side
from coaching.workbook.home import Home
from tests.invented_year import import_year
from tests.unit.forms.pages import FORMS, Clock, Kernel, entries, said
from tests.unit.store.disks import refusing
from tests.unit.store.samples import PASSPHRASE, cheap_locks, contents


@pytest.fixture
def beginning(kernel):
    return kernel.view("beginning")


@pytest.fixture
def session(home):
    """Return the id of a session by its label."""
    return lambda label: said(home, Session, label=label)[0].id


@pytest.fixture
def nobody(tmp_path):
    """A home folder without a workbook."""
    return Home(tmp_path / "nobody", Clock())


def test_it_begins_with_the_next_session_today(beginning):
    assert beginning.form["heading"] == "Marisol · Monday, 12 January 2026"
    assert beginning.values["day"] == "2026-01-12"
    assert [label for _, label in beginning.field("session")["options"]] == [
        "S13, this one",
        "S12, Thursday, 11 December 2025",
        "S11, Thursday, 13 November 2025",
        "S10, Thursday, 16 October 2025",
        "S09, Thursday, 11 September 2025",
        "S08, Thursday, 14 August 2025",
    ]


def test_an_older_session_can_be_chosen_and_left_for_the_next_one(beginning, session):
    beginning.type(session=session("S12"))
    options = beginning.field("session")["options"]
    assert [label for _, label in options[:3]] == [
        "S12, this one",
        "S13, the next one",
        "S11, Thursday, 13 November 2025",
    ]
    beginning.type(session=options[1][0])
    assert beginning.field("session")["options"][0][1] == "S13, this one"


def test_going_to_a_session_and_back_leaves_no_choice_behind_that_would_go_there_again(kernel, beginning, session):
    kernel.view("yourself").type(coach_plan="walk")
    here = beginning.values["session"]
    beginning.type(session=session("S12"))
    beginning.type(session=here)
    assert beginning.values["session"] == here
    assert beginning.unacknowledged == {}


def test_words_are_kept_where_they_were_typed_however_often_the_session_is_changed(home, kernel, beginning, session):
    yourself = kernel.view("yourself")
    here = beginning.values["session"]
    yourself.type(coach_plan="walk")
    beginning.type(session=session("S12"))
    assert yourself.values.get("coach_plan", "") == ""
    beginning.type(session=here)
    assert yourself.values["coach_plan"] == "walk"
    yourself.type(coach_goal="write")
    assert {note.text for note in said(home, Note, session=here)} == {"walk", "write"}


def test_another_person_can_be_chosen_and_gets_none_of_the_words(home, kernel, beginning):
    home.create("Ana", "Bo")
    kernel = Kernel(home, "Marisol")
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    yourself.type(coach_plan="for Marisol")
    beginning.type(person=home.find("Ana").id)
    assert beginning.form["heading"].startswith("Ana · ")
    assert yourself.values.get("coach_plan", "") == ""
    yourself.type(coach_plan="for Ana")
    beginning.type(person=home.find("Marisol").id)
    yourself.type(coach_goal="for Marisol too")
    assert {note.text for note in said(home, Note, name="Ana")} == {"for Ana"}
    assert {"for Marisol", "for Marisol too"} <= {note.text for note in said(home, Note, name="Marisol")}
    assert "for Ana" not in {note.text for note in said(home, Note, name="Marisol")}


def test_when_another_persons_folder_cannot_be_read_the_words_stay_with_the_first(home):
    ana = home.create("Ana", "Bo").workbook
    kernel = Kernel(home, "Marisol")
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    entries_of_ana = ana._ledger.store.folder / "entries"
    entries_of_ana.rename(ana._ledger.store.folder / "aside")
    beginning.type(person=ana.id)
    assert len(beginning.refusals) == 1
    yourself.type(coach_plan="for Marisol")
    (ana._ledger.store.folder / "aside").rename(entries_of_ana)
    assert said(home, Note, name="Marisol", text="for Marisol")
    assert not said(home, Note, name="Ana")


def test_days_are_read_from_the_day_it_is_for_the_kernel(home, beginning):
    assert beginning.form["days"] == {"today": "2026-01-12", "language": "en", "meeting": None}
    home.clock.forward(days=60)
    beginning.type(day="2026-01-10")
    assert beginning.form["days"]["today"] == "2026-03-13"


def test_a_weekday_is_the_last_one_for_what_has_been_and_the_coming_one_for_what_is_promised(kernel, beginning):
    assert beginning.field("day")["lies"] == "back"
    assert {name: kernel.view("opening").field(name)["lies"] for name in ("done_on", "due")} == {
        "done_on": "back",
        "due": "ahead",
    }
    assert kernel.view("who_what_when").field("by")["lies"] == "ahead"


def test_the_day_moves_the_session_and_everything_said_in_it(home, kernel, beginning):
    kernel.view("yourself").type(coach_plan="walk")
    kernel.view("who_what_when").type({"item.01KEQR1700AAAAAAAAAAAAAAAA.what": "rest"})
    beginning.type(day="2026-01-10")
    here = beginning.values["session"]
    assert {entry.held_on for entry in entries(home).values() if here in {entry.session, entry.id}} == {
        date(2026, 1, 10)
    }


def test_what_was_done_on_a_day_of_its_own_stays_there_when_the_session_moves(home, kernel, beginning):
    opening = kernel.view("opening")
    promises = next(block for block in opening.blocks() if block.get("title") == "Your promises")
    (key,) = (row["key"] for row in promises["blocks"][0]["fixed"])
    opening.type({f"review.{key}.outcome": "done", f"review.{key}.done_on": "2025-12-20"})
    beginning.type(day="2026-01-10")
    assert said(home, ItemEvent, item=key, event="done")[0].held_on == date(2025, 12, 20)


@pytest.mark.parametrize("typed", ["", "2026-1", "0002-01-10", "2026-02-30", "9999-12-31"])
def test_a_day_that_is_none_yet_moves_nothing(home, kernel, beginning, typed):
    kernel.view("yourself").type(coach_plan="walk")
    beginning.type(day=typed)
    assert beginning.unacknowledged == {}
    assert said(home, Note, text="walk")[0].held_on == date(2026, 1, 12)
    assert kernel.view("beginning").values["day"] == "2026-01-12"


def test_without_a_workbook_one_is_made_first(nobody):
    kernel = Kernel(nobody)
    views = {name: kernel.view(name) for name in FORMS}
    beginning = views.pop("beginning")
    assert {view.gate for view in views.values()} == {"Say above with whom; then it opens."}
    beginning.type(name=" Zoë  高橋 ", coach="Bo", protection="plain", act="make")
    assert beginning.form["heading"] == "Zoë · Monday, 12 January 2026"
    assert [view.gate for view in views.values()].count(None) == 5
    assert {(person.side, person.name) for person in said(nobody, Person)} == {
        (Side.COACHEE, "Zoë 高橋"),
        (Side.COACH, "Bo"),
    }
    views["yourself"].type(coach_plan="walk")
    assert said(nobody, Note, text="walk")


def test_what_is_typed_before_there_is_a_workbook_is_not_called_kept_at_any_time(nobody):
    (kept, _changed) = Kernel(nobody).view("beginning").type(name="Zoë")
    assert (kept["type"], kept["at"]) == ("kept", None)


@pytest.mark.parametrize("name", ["", "   ", "\x00"[:0]])
def test_a_person_without_a_name_is_refused_and_nothing_is_made(nobody, name):
    beginning = Kernel(nobody).view("beginning")
    beginning.type(name=name, coach="Bo", protection="plain", act="make")
    assert beginning.refusals == ["The name of the person you coach is missing."]
    assert nobody.workbooks() == []
    assert beginning.values["coach"] == "Bo"


def test_making_the_same_person_twice_makes_one(nobody):
    beginning = Kernel(nobody).view("beginning")
    message = beginning.message({"name": "Zoë", "coach": "Bo", "protection": "plain"}, act="make")
    beginning.deliver(message)
    beginning.deliver(message)
    assert [workbook.name for workbook in nobody.workbooks()] == ["Zoë"]


def titles(view):
    return [block["title"] for block in view.blocks() if block["type"] == "section"]


def recovery_key(view):
    """Return the recovery key that a form shows, if it shows one."""
    return next((block["text"] for block in view.blocks() if block.get("tone") == "key"), None)


def make(view, passphrase=PASSPHRASE, again=PASSPHRASE, **fields):
    """Make the workbook of Ana, coached by Bo."""
    with cheap_locks():
        view.type(
            {"name": "Ana", "coach": "Bo"} | fields, act="make", secrets={"passphrase": passphrase, "again": again}
        )


@pytest.fixture
def locked_home(nobody):
    """A home folder with the locked workbook of Ana, of which nobody has given the passphrase."""
    with cheap_locks():
        nobody.create("Ana", "Bo", lambda: PASSPHRASE)
    return Home(nobody.folder, nobody.clock)


@pytest.mark.parametrize(
    ("secrets", "problems"),
    [
        ((PASSPHRASE, "another horse"), {"again": "The two differ; type both again."}),
        ((PASSPHRASE, ""), {"again": "The two differ; type both again."}),
        (("", PASSPHRASE), {"passphrase": "A passphrase is missing; or choose to do without."}),
    ],
    ids=["two that differ", "once only", "the second alone"],
)
def test_without_a_passphrase_typed_twice_nothing_is_made(nobody, secrets, problems):
    beginning = Kernel(nobody).view("beginning")
    make(beginning, *secrets)
    assert (beginning.problems, beginning.told) == (problems, "Not made yet.")
    assert nobody.workbooks() == nobody.locked() == []
    assert beginning.values["name"] == "Ana"


@pytest.mark.parametrize(
    ("easy", "why"),
    [
        ("zq7", "it is short"),
        ("aaaaaaaa", "it repeats itself"),
        ("password", "it is little more than a common password"),
        ("Ana and Bo 2025", "it is made of a name or a word that belongs to the workbook"),
    ],
)
def test_why_a_passphrase_is_easy_to_guess_stands_at_its_field_and_nothing_is_made(nobody, easy, why):
    beginning = Kernel(nobody).view("beginning")
    make(beginning, easy, easy)
    way_on = "Four or five words that do not belong together are a good one."
    assert beginning.problems == {"passphrase": f"This passphrase is easy to guess: {why}. {way_on}"}
    assert beginning.told == "Not made yet."
    assert nobody.workbooks() == nobody.locked() == []


def test_a_passphrase_that_is_chosen_at_once_locks_the_workbook(nobody):
    beginning = Kernel(nobody).view("beginning")
    make(beginning)
    assert beginning.form["heading"].startswith("Ana · ")
    assert len(Home(nobody.folder, nobody.clock).locked()) == 1


def test_whoever_wants_a_passphrase_now_and_types_none_is_asked_for_it(nobody):
    beginning = Kernel(nobody).view("beginning")
    make(beginning, "", "", protection="encrypted")
    assert beginning.problems == {"passphrase": "A passphrase is missing; or choose to do without."}
    assert nobody.workbooks() == nobody.locked() == []


@pytest.fixture
def begun(nobody):
    """The forms of Ana's workbook, which was begun with two names and no passphrase."""
    kernel = Kernel(nobody)
    make(kernel.view("beginning"), "", "")
    return kernel


def protect(view, passphrase=PASSPHRASE, again=PASSPHRASE):
    with cheap_locks():
        view.type(act="protect", secrets={"first_passphrase": passphrase, "first_again": again})


def test_with_two_names_one_talks_and_the_words_are_encrypted_and_open_without_a_passphrase(nobody, begun):
    begun.view("yourself").type(coach_plan="walk to zq7")
    assert b"zq7" not in b"".join(contents(nobody.folder).values())
    assert [note.text for note in said(Home(nobody.folder, nobody.clock), Note)] == ["walk to zq7"]
    assert begun.forms.is_plain()
    assert begun.forms.risk() == "No passphrase yet: whoever gets at the disk can read this workbook."


@pytest.mark.parametrize("name", ["beginning", "closing"])
def test_a_passphrase_that_comes_later_locks_what_was_said_and_one_goes_on(nobody, begun, name):
    yourself = begun.view("yourself")
    yourself.type(coach_plan="walk to zq7")
    (folder,) = store.workbooks(nobody.folder)[0]
    open_key = (folder / "key").read_bytes()
    if name == "closing":
        begun.view("closing").type(act="close_anyway")
    view = begun.view(name)
    protect(view)
    assert (begun.forms.is_plain(), begun.forms.risk()) == (False, "")
    locked_home = Home(nobody.folder, nobody.clock)
    assert locked_home.locked() == [folder]
    assert open_key not in b"".join(contents(nobody.folder).values())
    assert view.told == "Kept, and locked by your passphrase."
    if name == "beginning":
        yourself.type(coach_goal="and go on")
        assert yourself.unacknowledged == {}
    locked_home.unlock(PASSPHRASE)
    assert "walk to zq7" in locked_home.workbooks()[0].frames()["note"]["text"].tolist()
    assert store.recover(folder, recovery_key(view))
    view.type(act="noted")
    assert recovery_key(view) is None
    assert not store.is_unconfirmed(folder)


@pytest.mark.parametrize(
    ("secrets", "problems"),
    [
        (("", ""), {"first_passphrase": "A passphrase is missing."}),
        ((PASSPHRASE, "another"), {"first_again": "The two differ; type both again."}),
    ],
    ids=["none", "two that differ"],
)
def test_what_is_no_passphrase_locks_nothing(nobody, begun, secrets, problems):
    view = begun.view("beginning")
    protect(view, *secrets)
    assert view.problems == problems
    assert Home(nobody.folder, nobody.clock).locked() == []


def test_the_recovery_key_is_a_page_to_print_with_the_id_and_no_name(nobody):
    kernel = Kernel(nobody)
    view = kernel.view("beginning")
    make(view)
    (act,) = (block["name"] for block in view.blocks() if block.get("name", "").startswith("key_page:"))
    view.type(act=act)
    ((name, page),) = view.downloads
    workbook = kernel.forms.place()
    assert name == f"recovery key {workbook}.html"
    text = bytes(page).decode()
    assert recovery_key(view) in text
    assert workbook in text
    assert "Ana" not in text


def test_a_plain_workbook_needs_no_passphrase_and_has_no_recovery_key(nobody):
    beginning = Kernel(nobody).view("beginning")
    make(beginning, "", "", protection="plain")
    assert recovery_key(beginning) is None
    assert Home(nobody.folder, nobody.clock).locked() == []


def test_the_recovery_key_is_shown_until_somebody_has_written_it_down_and_never_again(nobody):
    kernel = Kernel(nobody)
    beginning = kernel.view("beginning")
    make(beginning)
    shown = recovery_key(beginning)
    assert len(shown.split("-")) == 7
    kernel.view("yourself").type(coach_plan="walk")
    assert recovery_key(kernel.view("beginning")) == shown
    beginning.type(act="noted")
    assert recovery_key(beginning) is recovery_key(kernel.view("beginning")) is None
    assert shown not in str(beginning.form)


def test_a_recovery_key_that_nobody_wrote_down_is_offered_anew_when_the_passphrase_opens_it(locked_home):
    kernel = Kernel(locked_home)
    beginning = kernel.view("beginning")
    assert recovery_key(beginning) is None
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    shown = recovery_key(beginning)
    assert "A new recovery key for the workbook of Ana, shown this once" in titles(beginning)
    (folder,) = store.workbooks(locked_home.folder)[0]
    assert store.recover(folder, shown) == store.unlock(folder, PASSPHRASE)
    beginning.type(act="noted")
    assert recovery_key(beginning) is None
    assert store.recover(folder, shown) == store.unlock(folder, PASSPHRASE)
    again = Kernel(Home(locked_home.folder, locked_home.clock)).view("beginning")
    again.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert recovery_key(again) is None


def test_it_is_offered_once_in_a_kernel_and_stays_in_sight(locked_home):
    kernel = Kernel(locked_home)
    beginning = kernel.view("beginning")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    shown = recovery_key(beginning)
    beginning.type(session=beginning.values["session"])
    assert recovery_key(kernel.view("beginning")) == shown


def test_a_recovery_key_that_opens_nothing_any_more_is_not_called_written_down(locked_home):
    kernels = [Kernel(Home(locked_home.folder, locked_home.clock)) for _ in range(2)]
    first, second = (kernel.view("beginning") for kernel in kernels)
    for view in (first, second):
        view.type(act="unlock", secrets={"opening": PASSPHRASE})
    kept = recovery_key(first)
    assert kept != recovery_key(second)
    first.type(act="noted")
    second.type(act="noted")
    assert "strike it out" in str(second.form)
    (folder,) = store.workbooks(locked_home.folder)[0]
    assert store.recover(folder, kept) == store.unlock(folder, PASSPHRASE)
    second.type(act="noted")
    assert "strike it out" not in str(second.form)


def test_a_workbook_that_can_only_be_read_is_opened_without_a_new_recovery_key(locked_home):
    beginning = Kernel(locked_home).view("beginning")
    with refusing(1, errno.EROFS, ("open",), lasting=True):
        beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert (beginning.form["heading"], recovery_key(beginning)) == ("Ana · Monday, 12 January 2026", None)


def test_passphrase_and_recovery_key_are_nowhere_but_where_the_key_is_shown(nobody):
    kernel = Kernel(nobody)
    beginning = kernel.view("beginning")
    make(beginning)
    shown = recovery_key(beginning)
    for name in FORMS:
        sent = str(kernel.view(name).wire.sent)
        assert PASSPHRASE not in sent
        assert (shown in sent) is (name == "beginning")
    assert not {shown, PASSPHRASE} & set(beginning.values.values())
    assert shown not in repr(kernel.forms) + repr(kernel.desk)


def test_while_all_is_locked_the_passphrase_is_asked_for_and_opens_the_session(locked_home):
    kernel = Kernel(locked_home)
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    assert beginning.form["heading"] == "Welcome back"
    assert titles(beginning)[0] == "One workbook is locked"
    assert yourself.gate == "Say above with whom; then it opens."
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert (beginning.form["heading"], yourself.gate) == ("Ana · Monday, 12 January 2026", None)
    assert "One workbook is locked" not in titles(beginning)
    yourself.type(coach_plan="walk")
    assert (yourself.unacknowledged, yourself.refusals) == ({}, [])


@pytest.mark.parametrize("wrong", ["", "wrong horse battery staple"])
def test_a_wrong_passphrase_is_said_beside_its_field(locked_home, wrong):
    beginning = Kernel(locked_home).view("beginning")
    beginning.type(act="unlock", secrets={"opening": wrong})
    assert beginning.problems == {"opening": "This passphrase does not open the locked workbook."}
    assert beginning.form["heading"] == "Welcome back"


def test_unlocking_another_workbook_leaves_the_session_at_hand_and_offers_the_person(locked_home):
    locked_home.create("Zoë", "Bo")
    kernel = Kernel(locked_home)
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    yourself.type(coach_plan="walk")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert beginning.form["heading"].startswith("Zoë · ")
    assert {label for _, label in beginning.field("person")["options"]} == {"Ana", "Zoë", "Someone new"}
    assert beginning.field("person")["hint"] == "One more can be chosen now."
    yourself.type(coach_plan="walk, and run")
    assert said(locked_home, Note, name="Zoë", text="walk, and run")


@pytest.fixture
def left_in_the_middle(nobody):
    """A home folder with the open workbook of Zoë, and the locked one of Ana in whose session somebody was typing."""
    nobody.create("Zoë", "Bo")
    kernel = Kernel(nobody)
    make(kernel.view("beginning"))
    kernel.view("yourself").type(coach_plan="walk")
    return Home(nobody.folder, nobody.clock)


def test_the_session_that_was_typed_in_waits_for_its_passphrase_before_anybody_elses(left_in_the_middle):
    kernel = Kernel(left_in_the_middle)
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    assert (beginning.form["heading"], titles(beginning)[0]) == ("Welcome back", "One workbook is locked")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert beginning.form["heading"].startswith("Ana · ")
    assert yourself.values["coach_plan"] == "walk"


def test_who_is_unlocked_is_sat_down_with_and_nobody_else(left_in_the_middle):
    with cheap_locks():
        left_in_the_middle.create("Ben", "Bo", lambda: "four words for Ben")
    kernel = Kernel(left_in_the_middle)
    beginning = kernel.view("beginning")
    assert titles(beginning)[0] == "2 workbooks are locked"
    beginning.type(act="unlock", secrets={"opening": "four words for Ben"})
    assert beginning.form["heading"].startswith("Ben · ")
    assert "One workbook is locked" in titles(beginning)


def test_an_open_workbook_can_be_chosen_instead_of_the_locked_one(left_in_the_middle):
    beginning = Kernel(left_in_the_middle).view("beginning")
    assert [label for _, label in beginning.field("person")["options"]] == ["somebody whose workbook is open", "Zoë"]
    beginning.type(person=beginning.field("person")["options"][1][0])
    assert beginning.form["heading"].startswith("Zoë · ")


def test_nobody_chosen_instead_leaves_the_form_as_it_is(left_in_the_middle):
    beginning = Kernel(left_in_the_middle).view("beginning")
    beginning.type(person="")
    assert (beginning.form["heading"], beginning.refusals) == ("Welcome back", [])


def test_somebody_new_can_be_begun_with_while_others_are_locked(locked_home):
    beginning = Kernel(locked_home).view("beginning")
    beginning.type(name="Zoë", coach="Bo", new="true", protection="plain", act="make")
    assert beginning.form["heading"].startswith("Zoë · ")
    assert "One workbook is locked" in titles(beginning)


def notes_said(view):
    """Return what the form says of private notes."""
    found = [block for block in view.blocks() if block.get("title") == "Private notes"]
    return [block["text"] for block in found[0]["blocks"] if "text" in block] if found else []


def test_somebody_new_is_the_heading_while_a_workbook_is_made_for_them_by_the_same_coach(beginning):
    beginning.type(person="new")
    assert (beginning.form["heading"], beginning.values["coach"]) == ("Someone new", "Anselm Okonjo-Berg")
    (known,) = beginning.field("session")["when"]
    assert "new" not in known["is"]
    beginning.type(person=known["is"][0])
    assert beginning.form["heading"] == "Marisol · Monday, 12 January 2026"


def test_who_was_unlocked_is_said_until_somebody_is_chosen(locked_home):
    locked_home.create("Zoë", "Bo")
    beginning = Kernel(locked_home).view("beginning")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    ana = next(identity for identity, label in beginning.field("person")["options"] if label == "Ana")
    assert beginning.field("person")["hint"] == "One more can be chosen now."
    beginning.type(person=ana)
    assert beginning.form["heading"].startswith("Ana · ")
    assert beginning.field("person")["hint"] == ""


def test_others_are_unlocked_though_the_session_is_closed_and_stays_so(locked_home):
    locked_home.create("Zoë", "Bo")
    kernel = Kernel(locked_home)
    beginning, closing = kernel.view("beginning"), kernel.view("closing")
    closing.type(takeaway="walk", act="close_anyway")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert "One workbook is locked" not in titles(beginning)
    assert beginning.field("person")["hint"] == "One more can be chosen now."
    assert "done" in {block.get("name") for block in closing.blocks()}


def test_what_is_typed_for_somebody_new_stays_while_others_are_unlocked(locked_home):
    locked_home.create("Zoë", "Bo")
    beginning = Kernel(locked_home).view("beginning")
    beginning.type(person="new", name="Carla", protection="plain")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    typed = {name: beginning.values[name] for name in ("person", "name", "coach", "protection")}
    assert typed == {"person": "new", "name": "Carla", "coach": "Bo", "protection": "plain"}
    beginning.type(act="make")
    assert beginning.form["heading"].startswith("Carla · ")
    assert beginning.values.get("name") is None


def test_whose_session_was_unlocked_is_the_heading_if_nobody_sat_there_before(locked_home):
    kernel = Kernel(locked_home)
    beginning = kernel.view("beginning")
    beginning.type(person="new", name="Carla")
    beginning.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert beginning.form["heading"].startswith("Ana · ")
    assert (beginning.values["person"], beginning.values["name"]) == (
        beginning.field("person")["options"][0][0],
        "Carla",
    )


def test_a_passphrase_that_a_page_sends_again_is_not_called_wrong(locked_home):
    with cheap_locks():
        locked_home.create("Ben", "Bo", lambda: "four words for Ben")
    locked_home.create("Zoë", "Bo")
    beginning = Kernel(Home(locked_home.folder, locked_home.clock)).view("beginning")
    message = beginning.message(act="unlock", secrets={"opening": PASSPHRASE})
    for _ in range(2):
        beginning.deliver(message)
    assert beginning.problems == {}
    assert "One workbook is locked" in titles(beginning)


def test_somebody_new_and_back_is_the_session_that_was_left(beginning, session):
    beginning.type(session=session("S12"))
    here = beginning.values["person"]
    beginning.type(person="new")
    beginning.type(person=here)
    assert beginning.form["heading"] == "Marisol · Thursday, 11 December 2025"


def test_nothing_of_the_one_before_is_in_sight_while_somebody_new_is_chosen(kernel, beginning):
    yourself, here = kernel.view("yourself"), beginning.values["person"]
    out_of_sight = "Out of sight while someone new is chosen above. Nothing of it is lost."
    yourself.type(coach_plan="walk")
    assert (yourself.gate, "Marisol" in str(yourself.form)) == (None, True)
    beginning.type(person="new")
    yourself.catch_up()
    for view in (yourself, kernel.view("yourself")):
        assert (view.gate, view.form["lead"], view.blocks()) == (out_of_sight, "", [])
    beginning.type(person=here)
    yourself.catch_up()
    assert (yourself.gate, yourself.values["coach_plan"]) == (None, "walk")
    assert yourself.field("coach_plan")


def test_whose_copy_it_is_begins_a_workbook_with_somebody_new(tmp_path):
    home = Home(tmp_path / "hers", Clock())
    import_year(home, "demo_year", Side.COACHEE)
    assert Kernel(home).view("beginning").values["coach"] == "Marisol Quispe Huanca"


def test_private_notes_that_are_over_and_soon_over_are_told_before_anything_is_erased(kernel, beginning):
    assert notes_said(beginning) == [], "of the invented year, before somebody goes on with it"
    kernel.view("yourself").type(coach_plan="walk")
    beginning.catch_up()
    assert notes_said(beginning) == [
        "9 private notes are past the 90 days, and erased when you close this session.",
        "1 private note is erased within two weeks.",
    ]


def test_without_such_notes_nothing_is_said_of_them(first_home):
    assert notes_said(Kernel(first_home).view("beginning")) == []


def test_they_can_be_kept_for_another_90_days(home, kernel, beginning):
    kernel.view("yourself").type(coach_plan="walk")
    beginning.type(act="renew")
    assert notes_said(beginning) == []
    assert {note.expires_on for note in said(home, Reflection)} == {date(2026, 1, 12) + timedelta(days=90)}
    closing = kernel.view("closing")
    closing.type(act="close_anyway")
    assert closing.told == "closed and kept 10:42"
    assert len(said(home, Reflection)) == 12
    assert said(home, Note, text="walk")


def test_closing_says_how_many_are_erased_and_the_beginning_says_so_no_more(kernel, beginning):
    closing, opening = kernel.view("closing"), kernel.view("opening")
    closing.type(takeaway="walk", act="close_anyway")
    for view in (beginning, opening):
        view.catch_up()
    assert opening.told == "closed and kept 10:42"
    assert closing.told == "closed and kept 10:42; 9 private notes past the 90 days are erased"
    assert notes_said(beginning) == ["1 private note is erased within two weeks."]


def test_a_note_that_was_renewed_can_be_written_on_and_stays_renewed(home, kernel, beginning, session):
    beginning.type(session=session("S10"))
    beginning.type(act="renew")
    assert beginning.field("session")["options"][0][1] == "S10, this one"
    kernel.view("closing").type(reflection="more to think about")
    (note,) = said(home, Reflection, text="more to think about")
    assert note.expires_on == date(2026, 1, 12) + timedelta(days=90)
    assert home.workbooks()[0].upkeep.conflicts() == {}


def test_a_session_that_is_closed_stays_so_when_notes_are_renewed(kernel, beginning):
    closing = kernel.view("closing")
    closing.type(takeaway="walk", act="close_anyway")
    beginning.type(act="renew")
    assert "done" in {block.get("name") for block in closing.blocks()}
