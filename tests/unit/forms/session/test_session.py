"""What happens to a message: whatever its order, thread, view or fate, no word is lost and none lands elsewhere."""

import itertools
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.session.desk import Desk
from coaching.model.entries import Check, Note, Session
from tests.examples import COSTLY
from tests.unit.forms.pages import Kernel, drafts, entries, said, texts
from tests.unit.forms.words import shown
from tests.unit.store.disks import refusing

FIELDS = ("coach_plan", "coach_goal", "coachee_plan")


class WatchedDesk(Desk):
    """A desk that gives a second thread the time to come in while the first is keeping words."""

    def __init__(self, home, name=None):
        super().__init__(home, name)
        self.inside = 0
        self.together = threading.Event()

    def keep(self, context, records, settled):
        self.inside += 1
        if self.inside > 1:
            self.together.set()
        self.together.wait(0.1)
        super().keep(context, records, settled)
        self.inside -= 1


@pytest.fixture
def yourself(kernel):
    return kernel.view("yourself")


def here(view):
    return view.key.split("/")[1]


def test_words_are_acknowledged_after_they_are_on_disk_and_not_before(home, yourself, monkeypatch):
    on_disk_when_sent = []
    send = yourself.wire.publish_msg

    def sending(*arguments, **options):
        on_disk_when_sent.append("walk" in texts(home))
        send(*arguments, **options)

    monkeypatch.setattr(yourself.wire, "publish_msg", sending)
    kept, _ = yourself.type(coach_plan="walk")
    assert on_disk_when_sent == [True, True]
    assert kept == {
        "type": "kept",
        "view": yourself.name,
        "touched": {"coach_plan": yourself.sequence},
        "at": "10:42",
        "status_talk": {"coach_plan": False},
        "begun": True,
    }


def test_a_view_learns_what_is_there_when_it_says_hello(kernel, yourself):
    assert yourself.form["kept"] is None
    yourself.type(coach_plan="walk")
    again = kernel.view("yourself")
    assert again.values["coach_plan"] == "walk"
    assert again.form["kept"] == "10:42"


def with_what_was_typed_before(before, message):
    """Return a message as a page sends it that has had no answer yet."""
    return message | {key: before[key] | message[key] for key in ("values", "touched")}


@given(order=st.permutations(range(6)), repeated=st.lists(st.integers(0, 5), max_size=4))
@COSTLY
def test_messages_in_any_order_and_repeated_end_with_the_words_typed_last(home, kernel, order, repeated):
    view = kernel.view("yourself")
    view.type(dict.fromkeys(FIELDS, ""))
    typed = [
        {"coach_plan": "w"},
        {"coach_plan": "wa"},
        {"coach_goal": "x"},
        {"coach_plan": "walk"},
        {"coach_goal": ""},
        {"coachee_plan": "bake"},
    ]
    messages = list(itertools.accumulate((view.message(values) for values in typed), with_what_was_typed_before))
    for place in (*order, *repeated):
        view.deliver(messages[place])
    assert view.unacknowledged == {}
    assert texts(home) == {"walk", "bake"}


def test_what_an_older_message_says_of_an_untouched_field_is_not_taken(home, kernel, yourself):
    other = kernel.view("yourself")
    stale = other.message({"coach_goal": "write"})
    yourself.type(coach_plan="walk")
    other.deliver(stale)
    assert texts(home) == {"walk", "write"}


def test_a_session_is_held_from_the_first_word_in_a_part_and_not_by_preparing_it(home, kernel, yourself):
    def is_held():
        return [view.form["held"] for view in (kernel.view("yourself"), Kernel(home).view("yourself"))]

    assert is_held() == [False, False]
    kernel.view("preparation").type(mind="the oven")
    assert is_held() == [False, False]
    yourself.type(coach_plan="walk")
    assert is_held() == [True, True]


def test_two_views_of_one_form_show_the_same_words(home, kernel, yourself):
    other = kernel.view("yourself")
    yourself.type(coach_plan="walk")
    assert other.values["coach_plan"] == "walk"
    other.type(coach_plan="walk on")
    assert yourself.values["coach_plan"] == "walk on"
    assert texts(home) == {"walk on"}


def test_a_view_that_has_just_been_opened_is_heard_although_the_other_has_typed_more(home, kernel, yourself):
    for number in range(5):
        yourself.type(coach_plan=f"walk {number}")
    kernel.view("yourself").type(coach_plan="rest")
    assert texts(home) == {"rest"}


def test_words_that_arrive_after_those_of_another_view_are_shown_there_too(kernel, yourself):
    other = kernel.view("yourself")
    held_back = other.message({"coach_plan": "being typed"})
    yourself.type(coach_plan="typed elsewhere")
    other.deliver(held_back)
    assert yourself.values["coach_plan"] == "being typed"


def test_messages_from_many_threads_at_once_are_all_kept(home, kernel):
    views = [kernel.view(name) for name in ("yourself", "yourself", "dreams", "closing", "opening")]
    fields = ("coach_plan", "coachee_plan", "coach_dream", "takeaway", "arrival")
    typed = [
        [view.message({field: f"{field} {n}"}) for n in range(8)] for view, field in zip(views, fields, strict=True)
    ]
    together = threading.Barrier(len(views))

    def deliver(view, messages):
        together.wait()
        return [view.wire.receive(message) for message in messages]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(len(views)) as threads:
            list(threads.map(deliver, views, typed))
    finally:
        sys.setswitchinterval(interval)
    for view in views:
        view.catch_up()
    assert all(view.unacknowledged == {} and view.refusals == [] for view in views)
    assert texts(home) == {f"{field} 7" for field in fields}


def test_messages_are_kept_one_after_the_other(home):
    kernel = Kernel(home, desk=WatchedDesk)
    views = [kernel.view(name) for name in ("yourself", "dreams")]
    typed = [views[0].message({"coach_plan": "walk"}), views[1].message({"coach_dream": "a lake"})]
    with ThreadPoolExecutor(len(views)) as threads:
        list(threads.map(lambda view, message: view.wire.receive(message), views, typed))
    assert not kernel.desk.together.is_set()
    assert texts(home) == {"walk", "a lake"}


def test_a_message_for_another_session_changes_nothing_and_is_answered_with_the_form_at_hand(home, kernel, yourself):
    message = yourself.message({"coach_plan": "for S13"})
    beginning = kernel.view("beginning")
    beginning.type(session=said(home, Session, label="S12")[0].id)
    before = entries(home)
    (answer,) = yourself.deliver(message)
    assert entries(home) == before
    assert (answer["type"], answer["view"], answer["key"]) == ("form", yourself.name, yourself.key)
    assert yourself.key != message["key"]
    assert set(yourself.unacknowledged) == {"coach_plan"}, "the page puts it back later"


def test_words_that_missed_their_session_are_kept_when_they_come_again_while_it_is_shown(home, kernel, yourself):
    kernel.view("dreams").type(coach_dream="a lake")
    beginning = kernel.view("beginning")
    s13 = beginning.values["session"]
    late = yourself.message({"coach_plan": "for S13"})
    beginning.type(session=said(home, Session, label="S12")[0].id)
    yourself.deliver(late)
    beginning.type(session=s13)
    yourself.deliver(late)
    assert yourself.unacknowledged == {}
    assert said(home, Note, text="for S13", session=s13)


@pytest.mark.parametrize("at", range(1, 5))
def test_a_disk_that_refuses_is_answered_with_refused_and_nothing_is_lost(home, yourself, at):
    yourself.type(coach_plan="before")
    message = yourself.message({"coach_goal": "meanwhile"})
    with refusing(at, 28) as calls:
        yourself.deliver(message)
    assert len(calls) >= at, "the disk has not refused"
    (reason,) = yourself.refusals
    assert "the disk is full" in reason
    assert set(yourself.unacknowledged) == {"coach_goal"}
    assert "before" in texts(home)
    yourself.deliver(message)
    assert yourself.unacknowledged == {}
    assert texts(home) == {"before", "meanwhile"}


def test_a_refusal_quotes_no_word_and_no_path(home, yourself):
    with refusing(1, 5):
        yourself.type(coach_plan="a private word")
    (reason,) = yourself.refusals
    assert "a private word" not in reason
    assert str(home.folder) not in reason


@pytest.mark.parametrize("call", range(1, 25))
def test_a_session_that_could_not_be_closed_says_so_and_is_not_called_closed(home, kernel, call):
    kernel.view("beginning").type(act="renew")  # so that nothing is left to erase, which may fail and is put off
    closing = kernel.view("closing")
    closing.type(reflection="short")
    with refusing(call, 28) as calls:
        closing.type(act="close_anyway")
    if len(calls) < call or not closing.refusals:
        assert closing.told.startswith("closed and kept"), "the disk refused at no step, or what is done without"
        assert drafts(home) == []
        return
    assert len(closing.refusals) == 1
    assert closing.told is None
    assert kernel.view("opening").gate is None
    closing.type(act="close_anyway")
    assert closing.told.startswith("closed and kept")
    assert drafts(home) == []
    assert said(home, Session, label="S13")[0].closed is True


def test_an_answer_that_no_form_can_give_is_refused_and_what_was_kept_stays(home, kernel):
    closing = kernel.view("closing")
    closing.type(heard="4", takeaway="That Mondays are mine.")
    closing.type(heard="9")
    (reason,) = closing.refusals
    assert reason.startswith("check ")
    assert "heard" in reason
    closing.type(heard="5")
    assert said(home, Check, heard=5)
    assert "That Mondays are mine." in texts(home)


@pytest.mark.parametrize("words", ["half \ud83d", "\udd25", "\x00", "\u202eright to left", "<script>", "高橋 👨‍👩‍👧‍👦"])
def test_whatever_was_typed_is_kept_and_travels_back(home, kernel, yourself, words):
    other = kernel.view("yourself")
    yourself.type(coach_plan=words)
    assert (yourself.unacknowledged, yourself.refusals) == ({}, [])
    assert texts(home) == {shown(words)}
    assert other.values["coach_plan"] == kernel.view("yourself").values["coach_plan"] == shown(words)


@pytest.mark.parametrize(
    "message",
    [{}, {"type": "words"}, {"type": "nonsense"}, {"type": "hello"}, {"type": "words", "key": None, "view": 7}],
)
def test_a_message_that_is_none_changes_nothing(home, yourself, message):
    yourself.type(coach_plan="walk")
    before = entries(home)
    yourself.deliver(message)
    assert entries(home) == before


@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}, True])
def test_a_value_that_is_no_text_does_not_keep_later_words_from_being_kept(home, yourself, value):
    message = yourself.message({"coach_plan": "walk"})
    message["values"]["coach_goal"] = value
    yourself.deliver(message)
    yourself.type(coachee_plan="bake")
    assert {"walk", "bake"} <= texts(home)


def test_a_folder_that_is_gone_is_named_when_a_view_says_hello(home, kernel):
    folder = home.workbooks()[0]._ledger.store.folder
    folder.rename(folder.with_name("aside"))
    beginning = kernel.view("beginning")
    assert len(beginning.refusals) == 1
    folder.with_name("aside").rename(folder)
    assert kernel.view("beginning").form["heading"].startswith("Marisol")
