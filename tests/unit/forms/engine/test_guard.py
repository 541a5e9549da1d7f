"""The lock of a kernel: what it drops, what is kept before, who may open it again, and where one goes on."""

import gc
from datetime import timedelta

import pytest

from coaching.errors import LockedError, StoreError
from coaching.forms.engine.guard import GRACE, SILENCE, SILENCE_WHILE_HIDDEN, Guard
from coaching.jupyter.api import Review
from coaching.jupyter.lock import HomeSafe
from coaching.workbook import passphrases
from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Kernel, Page, View
from tests.unit.store.samples import cheap_locks

PASSPHRASE, OTHER = "correct horse battery staple", "seven ravens over the bridge"
AFTER = timedelta(minutes=15)
SECRET = "zqPRIVATEwordxyzzy"  # noqa: S105 - a sentinel


@pytest.fixture
def home(tmp_path):
    """A home in which the workbook of Ada is encrypted, and nobody has opened it yet."""
    with cheap_locks():
        Home(tmp_path / "home", Clock()).create("Ada", "Tom", lambda: PASSPHRASE)
        yield Home(tmp_path / "home", Clock())


@pytest.fixture
def guard(home):
    return Guard(HomeSafe(home), AFTER)


@pytest.fixture
def kernel(home, guard):
    """A kernel whose forms somebody has unlocked."""
    kernel = Kernel(home, guard=guard, page="first")
    kernel.view("beginning").type(act="unlock", secrets={"opening": PASSPHRASE})
    return kernel


@pytest.fixture
def yourself(kernel):
    view = kernel.view("yourself")
    view.type(coach_plan=SECRET)
    return view


def lock(view):
    view.deliver({"type": "lock", "everywhere": False})


def unlock(view, passphrase=PASSPHRASE):
    view.deliver({"type": "unlock", "passphrase": passphrase})


def texts_of(home):
    """Return the texts of all revisions in an open workbook."""
    history = home.workbooks()[0]._ledger.history()
    return {getattr(entry, "text", None) for entry in history}


def held():
    """Return the texts that live objects of this program hold."""
    gc.collect()
    found = set()
    for thing in gc.get_objects():
        values = thing.values() if type(thing) is dict else thing if type(thing) in {list, tuple, set} else ()
        found.update(value for value in list(values) if type(value) is str)
    return found


def test_what_was_typed_is_kept_covered_and_there_again_with_the_passphrase(home, yourself):
    lock(yourself)
    assert yourself.cover["type"] == "locked"
    assert yourself.form is None
    unlock(yourself)
    assert yourself.cover is None
    assert yourself.values["coach_plan"] == SECRET
    yourself.type(coach_plan=f"{SECRET} and on")
    home.lock()
    home.unlock(PASSPHRASE)
    assert f"{SECRET} and on" in texts_of(home)


def test_no_key_and_no_passphrase_is_left_and_no_store_can_be_used(home, yourself):
    [workbook] = home.workbooks()
    lock(yourself)
    assert not home.unlocking.is_open()
    assert home.workbooks() == []
    assert vars(home.unlocking)["_passphrases"] == []
    with pytest.raises(LockedError):
        workbook.frames()


@pytest.mark.parametrize("passphrase", ["", "never was this one a passphrase"])
def test_a_wrong_passphrase_says_so_and_opens_nothing(home, yourself, passphrase):
    lock(yourself)
    unlock(yourself, passphrase)
    assert yourself.wrong == "This passphrase does not open the locked workbook."
    assert yourself.cover["type"] == "locked"
    assert not home.unlocking.is_open()


def test_the_passphrase_of_another_workbook_opens_nothing(home, yourself):
    Home(home.folder, Clock()).create("Zoë", "Tom", lambda: OTHER)
    lock(yourself)
    unlock(yourself, OTHER)
    assert yourself.wrong == "This passphrase opens another workbook than the one that was in use here."
    assert not home.unlocking.is_open()


@pytest.mark.parametrize("kind", ["hello", "words"])
def test_a_message_that_arrives_late_opens_nothing(home, kernel, yourself, kind):
    late = {"words": yourself.message({"coach_plan": "late"}, "unlock", {"opening": PASSPHRASE})}.get(kind)
    lock(yourself)
    answers = yourself.deliver(late or {"type": "hello", "view": yourself.name})
    assert [answer["type"] for answer in answers] == ["locked"]
    assert not home.unlocking.is_open()


def test_words_that_came_too_late_are_kept_when_they_come_again(home, yourself):
    late = yourself.message({"coach_plan": f"{SECRET} late"})
    lock(yourself)
    yourself.deliver(late)
    assert set(yourself.unacknowledged) == {"coach_plan"}, "the page holds them, and puts them back"
    unlock(yourself)
    yourself.deliver(late)
    assert yourself.unacknowledged == {}
    assert f"{SECRET} late" in texts_of(home)


def test_running_all_cells_after_a_lock_asks_for_the_passphrase_and_goes_on(home, guard, yourself):
    lock(yourself)
    again = Kernel(home, guard=guard, page="first")
    view = again.view("yourself")
    assert view.cover["type"] == "locked"
    unlock(view)
    assert view.values["coach_plan"] == SECRET


@pytest.mark.parametrize("source", ["environment", "keyring"])
def test_after_a_lock_neither_the_environment_nor_a_keyring_opens_anything(home, yourself, source, monkeypatch, vault):
    if source == "keyring":
        passphrases.remember(home, "Ada", PASSPHRASE)
    else:
        monkeypatch.setenv("COACHING_PASSPHRASE", PASSPHRASE)
    lock(yourself)
    assert home.workbooks() == []
    assert Home(home.folder).workbooks() != []


class Stubborn:
    """A screen that shows nothing, and cannot be shut, opened or told anything until it is mended."""

    def __init__(self, *broken):
        self.broken = set(broken)

    def place(self):
        return None

    def is_plain(self):
        return None

    def risk(self):
        return None

    def shut(self):
        self._act("shut")

    def reopen(self):
        self._act("reopen")

    def tell(self, _message):
        self._act("tell")

    def _act(self, act):
        if act in self.broken:
            raise StoreError("The disk reported an error.")


def away(home):
    home.folder.rename(home.folder.with_name("away"))


def back(home):
    home.folder.with_name("away").rename(home.folder)


def damage(home):
    [card] = home.folder.glob("*/workbook.json")
    card.rename(card.with_name("card"))
    card.write_text("{", encoding="utf-8")


def mend(home):
    [card] = home.folder.glob("*/card")
    card.replace(card.with_name("workbook.json"))


@pytest.mark.parametrize(("harm", "mending"), [(away, back), (damage, mend)], ids=["away", "damaged"])
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_workbook_that_is_not_there_when_it_is_locked_stays_locked_until_it_is(
    home, kernel, yourself, harm, mending, passphrase
):
    harm(home)
    lock(yourself)
    assert (yourself.cover["asks"], yourself.cover["lock"]["plain"], home.unlocking.is_open()) == (True, False, False)
    assert kernel.forms._sitting.values["yourself"] == {}
    unlock(yourself, passphrase)
    assert "is not there, or cannot be read" in yourself.wrong
    assert (yourself.cover["type"], yourself.form, home.unlocking.is_open()) == ("locked", None, False)
    mending(home)
    unlock(yourself, "")
    assert yourself.form is None
    unlock(yourself)
    assert yourself.values["coach_plan"] == SECRET


def test_a_review_of_a_workbook_that_is_not_there_asks_too(home, guard):
    home.unlock(PASSPHRASE)
    view = View(Review(home, None, guard).choose(), Page("first"))
    away(home)
    lock(view)
    assert (view.cover["asks"], view.cover["lock"]["plain"]) == (True, False)
    unlock(view, "")
    assert view.form is None
    back(home)
    unlock(view)
    assert view.form["heading"] == "Ada"


def test_a_store_whose_folder_is_away_is_locked_too(home, yourself):
    [workbook] = home.workbooks()
    away(home)
    assert home.workbooks() == []
    lock(yourself)
    with pytest.raises(LockedError):
        _ = workbook.key


def test_of_a_workbook_that_is_open_and_away_it_is_not_said_that_it_is_plain(home, kernel, yourself):
    away(home)
    yourself.deliver({"type": "hello", "view": yourself.name})
    assert yourself.form["lock"] == yourself.form["lock"] | {"locks": True, "plain": False}


def test_another_workbook_that_is_there_opens_nothing_of_one_that_is_away(home, yourself):
    Home(home.folder, Clock()).create("Zoë", "Tom", lambda: OTHER)
    folder = next(folder for folder in home.folder.iterdir() if folder.name == yourself.key.split("/")[0])
    folder.rename(home.folder.with_name("away"))
    lock(yourself)
    for passphrase in ("", OTHER, PASSPHRASE):
        unlock(yourself, passphrase)
        assert "is not there" in yourself.wrong
        assert not home.unlocking.is_open()


def test_what_a_cell_has_unlocked_meanwhile_does_not_open_the_cover(home, yourself):
    lock(yourself)
    home.unlock(PASSPHRASE)
    unlock(yourself, "")
    assert (yourself.form, home.unlocking.is_open()) == (None, False)


def test_what_a_cell_has_unlocked_meanwhile_is_not_opened_by_the_cover_of_a_plain_workbook(home, guard, yourself):
    plain = home.create("Ana", "Bo").workbook
    other = Kernel(home, guard=guard, page="first")
    beginning = other.view("beginning")
    beginning.type(person=plain.id)
    lock(yourself)
    beginning.catch_up()
    assert [yourself.cover["asks"], beginning.cover["asks"]] == [True, False]
    home.unlock(PASSPHRASE)
    unlock(beginning, "")
    yourself.catch_up()
    assert beginning.form["values"]["person"] == plain.id
    assert SECRET not in str(yourself.values)
    assert not home.unlocking.is_open()


def test_a_lock_from_elsewhere_locks_what_a_cell_has_unlocked_under_the_cover(home, guard, yourself):
    lock(yourself)
    home.unlock(PASSPHRASE)
    guard.lock_as_others()
    assert not home.unlocking.is_open()


def test_unlocking_that_is_interrupted_is_locked_again(home, guard, yourself):
    interrupted = Stubborn()
    interrupted.reopen = interrupt
    guard.door(interrupted)
    lock(yourself)
    with pytest.raises(KeyboardInterrupt):
        unlock(yourself)
    guard.look()
    assert (guard.is_locked, home.unlocking.is_open(), yourself.form) == (True, False, None)


def interrupt():
    raise KeyboardInterrupt


def test_one_screen_that_cannot_be_shut_leaves_no_key_and_no_other_open_and_it_is_tried_again(
    home, guard, kernel, yourself
):
    stubborn = Stubborn("shut")
    guard.door(stubborn)
    lock(yourself)
    assert (guard.is_locked, home.unlocking.is_open()) == (False, False)
    assert kernel.forms._sitting.values["yourself"] == {}
    for passphrase in ("", PASSPHRASE):
        unlock(yourself, passphrase)
        assert yourself.wrong.startswith("Not everything could be locked.")
        assert (yourself.form, home.unlocking.is_open()) == (None, False)
    assert yourself.deliver({"type": "hello", "view": yourself.name})[0]["type"] == "locked"
    stubborn.broken.clear()
    guard.look()
    yourself.catch_up()
    assert (guard.is_locked, yourself.cover["type"]) == (True, "locked")
    unlock(yourself)
    assert yourself.values["coach_plan"] == SECRET


def test_a_page_that_cannot_be_told_keeps_no_other_from_locking(home, guard, yourself):
    stubborn = Stubborn("tell")
    guard.door(stubborn)
    lock(yourself)
    assert (guard.is_locked, yourself.cover["type"], home.unlocking.is_open()) == (True, "locked", False)
    unlock(yourself)
    assert yourself.values["coach_plan"] == SECRET


def test_what_cannot_be_taken_up_again_leaves_everything_locked_and_what_was_said_is_not_lost(home, guard, kernel):
    beginning, name = kernel.view("beginning"), f"{SECRET} Zoë"
    beginning.type(person="new", name=name)
    stubborn = Stubborn("reopen")
    guard.door(stubborn)
    lock(beginning)
    unlock(beginning)
    assert beginning.wrong == "The disk reported an error."
    assert (guard.is_locked, beginning.cover["type"], home.unlocking.is_open()) == (True, "locked", False)
    stubborn.broken.clear()
    unlock(beginning)
    assert beginning.values["name"] == name


def test_a_page_that_was_not_shown_the_words_gets_them_with_the_passphrase_alone(kernel, yourself, home):
    other = View(kernel.forms.yourself(), Page("second"))
    assert other.form is None
    yourself.catch_up()
    assert yourself.cover["type"] == "locking"
    lock(yourself)
    lock(other)
    assert not home.unlocking.is_open()
    unlock(other)
    assert other.values["coach_plan"] == SECRET


def test_a_form_tells_nothing_by_itself_while_a_workbook_is_open(kernel):
    widget = kernel.forms.closing()
    before = len(widget.comm.sent)
    widget._repr_mimebundle_()
    assert len(widget.comm.sent) == before


def test_closing_the_page_locks(home, guard, yourself):
    yourself.deliver({"type": "goodbye"})
    assert guard.is_locked
    assert not home.unlocking.is_open()


@pytest.mark.parametrize(("hidden", "silence"), [(False, SILENCE), (True, SILENCE_WHILE_HIDDEN)])
def test_a_page_that_is_silent_for_long_is_gone(home, guard, yourself, hidden, silence):
    yourself.deliver({"type": "here", "idle": 0, "hidden": hidden})
    looked_at(guard, home, silence - timedelta(seconds=2))
    assert home.unlocking.is_open()
    looked_at(guard, home, timedelta(seconds=4))
    looked_at(guard, home, GRACE + timedelta(seconds=1))
    assert not home.unlocking.is_open()


def test_nobody_was_there_for_long(home, guard, yourself):
    yourself.deliver({"type": "here", "idle": AFTER.total_seconds() - 1, "hidden": False})
    guard.look()
    assert home.unlocking.is_open()
    yourself.deliver({"type": "here", "idle": AFTER.total_seconds() + 1, "hidden": False})
    guard.look()
    yourself.catch_up()
    assert yourself.cover["type"] == "locking"
    lock(yourself)
    assert guard.is_locked


def looked_at(guard, home, time):
    """Let time go by, in which it is looked every second."""
    for _ in range(int(time.total_seconds())):
        home.clock.forward(seconds=1)
        guard.look()


@pytest.mark.parametrize("leap", [timedelta(hours=8), -timedelta(hours=8)])
def test_a_computer_that_has_slept_locks_and_words_of_before_are_kept_first(home, guard, yourself, leap):
    home.clock.forward(seconds=leap.total_seconds())
    guard.look()
    yourself.catch_up()
    assert yourself.cover["type"] == "locking"
    yourself.type(coach_plan=f"{SECRET} of before")
    lock(yourself)
    assert not home.unlocking.is_open()
    unlock(yourself)
    assert yourself.values["coach_plan"] == f"{SECRET} of before"


def test_pages_that_do_not_answer_hold_nothing_up(home, guard, yourself):
    guard.lock()
    assert home.unlocking.is_open()
    looked_at(guard, home, GRACE + timedelta(seconds=2))
    assert not home.unlocking.is_open()


def test_what_is_typed_for_somebody_new_is_there_again(kernel, home, yourself):
    beginning = kernel.view("beginning")
    name = f"{SECRET} Zoë"  # stands nowhere in the program
    beginning.type(person="new", name=name)
    lock(beginning)
    assert name not in held()
    unlock(beginning)
    assert beginning.values["name"] == name


def test_what_was_said_of_a_hand_over_is_there_again_and_in_no_object_meanwhile(home, guard):
    home.unlock(PASSPHRASE)
    review = Review(home, None, guard)
    view = View(review.handover(), Page("first"))
    words = f"{SECRET} of a hand-over"  # stands nowhere in the program
    view.type(reason=words)
    lock(view)
    view.wire.sent.clear()
    view.read = 0
    assert words not in held()
    unlock(view)
    assert view.values["reason"] == words


def test_a_plain_workbook_has_no_lock_and_is_said_to_be_plain(tmp_path):
    home = Home(tmp_path / "plain", Clock())
    home.create("Ana", "Bo")
    guard = Guard(HomeSafe(home), AFTER)
    view = Kernel(home, guard=guard, page="first").view("yourself")
    assert view.form["lock"]["plain"]
    assert not view.form["lock"]["locks"]
    view.type(coach_plan="walk")
    lock(view)
    assert view.cover is None
    unlock(view)
    view.type(coach_plan="walk on")
    assert "walk on" in texts_of(home)
