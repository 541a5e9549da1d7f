"""The views of a review: one choice of person and period on top, and pieces that are drawn again when it changes."""

import pytest

from coaching.errors import StoreError
from coaching.forms.review import ReviewViews
from coaching.jupyter.api import Review
from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Page, View
from tests.unit.store.samples import PASSPHRASE, cheap_locks

PEOPLE = [("w1", "Ana"), ("w2", "Zoë")]
PERIODS = {"w1": [("2025Q4", "quarter 4 of 2025"), ("all", "the whole time")], "w2": [("all", "the whole time")]}


class NoCopies:
    """Workbooks of which nothing can be handed out."""

    def offered(self, workbook):
        raise StoreError(f"{workbook} is gone.")


def views_of(people, draw):
    return ReviewViews(
        lambda: people, lambda: (0, []), print, PERIODS.__getitem__, draw, NoCopies(), follow=lambda: None
    )


@pytest.fixture
def views():
    return views_of(PEOPLE, lambda *what: f"<p>{' '.join(what)}</p>")


@pytest.fixture
def choose(views):
    return View(views.choose(), Page())


def drawn(piece):
    """Return what a piece shows in the end, and whether it said before that it was busy."""
    sent = [message["content"] for message in piece.comm.sent if message.get("method") == "custom"]
    return sent[-1].get("html"), [message["type"] for message in sent]


def test_it_begins_with_the_first_person_and_their_first_period(views, choose):
    assert choose.form["heading"] == "Ana"
    assert choose.values == {"person": "w1", "period": "2025Q4"}
    piece = views.piece("burnup")
    piece.comm.receive({"type": "hello"})
    assert drawn(piece) == ("<p>burnup w1 2025Q4</p>", ["page"])


def test_another_period_draws_every_piece_again(views, choose):
    pieces = [views.piece(name) for name in ("burnup", "lifelines")]
    choose.type(period="all")
    assert choose.unacknowledged == {}
    assert [drawn(piece) for piece in pieces] == [
        ("<p>burnup w1 all</p>", ["busy", "page"]),
        ("<p>lifelines w1 all</p>", ["busy", "page"]),
    ]


def test_a_fold_is_drawn_when_it_is_opened_and_folded_again_when_another_period_is_chosen(views, choose):
    folded = views.fold("promises", "Who does <what>", "by when")
    closed = (
        "<details class='coaching-theme' data-waits>"
        "<summary><h3>Who does &lt;what&gt;</h3> <span>by when</span></summary></details>"
    )
    folded.comm.receive({"type": "hello"})
    assert drawn(folded) == (closed, ["page"])
    folded.comm.receive({"type": "open"})
    assert drawn(folded)[0] == closed.replace("data-waits", "open").replace(
        "</details>", "<p>promises w1 2025Q4</p></details>"
    )
    choose.type(period="all")
    assert drawn(folded) == (closed, ["page", "page", "busy", "page"])


def test_where_no_period_matters_none_is_asked_for():
    views = ReviewViews(
        lambda: PEOPLE, lambda: (0, []), print, lambda _: (), lambda *_: "", NoCopies(), follow=lambda: None
    )
    assert [block["name"] for block in View(views.choose(), Page()).blocks()] == ["person"]
    assert (views.workbook, views.period) == ("w1", "")


def test_a_choice_that_is_said_twice_is_drawn_once(views, choose):
    """The browser says again what has not been answered in time, and drawing can take longer than that."""
    piece = views.piece("burnup")
    message = choose.message({"period": "all"})
    choose.deliver(message)
    choose.deliver(message)
    assert choose.unacknowledged == {}
    assert drawn(piece) == ("<p>burnup w1 all</p>", ["busy", "page"])


def test_a_choice_that_arrives_after_a_later_one_does_not_come_back(views, choose):
    earlier, later = choose.message({"period": "2025Q4"}), choose.message({"period": "all"})
    choose.deliver(later)
    choose.deliver(earlier)
    assert (choose.values["period"], views.period) == ("all", "all")


def test_another_person_begins_with_their_first_period(views, choose):
    choose.type(period="all")
    choose.type(person="w2", period="2025Q4")
    assert choose.form["heading"] == "Zoë"
    assert [value for value, _ in choose.field("period")["options"]] == ["all"]
    assert (views.workbook, views.period) == ("w2", "all")


def test_the_form_for_copies_is_of_the_chosen_person_and_period(views, choose):
    copies = View(views.writer(), Page())
    assert copies.form["heading"] == "Ana · 2025Q4"
    choose.type(person="w2")
    copies.catch_up()
    assert copies.form["heading"] == "Zoë · all"
    assert [block["text"] for block in copies.blocks()] == ["w2 is gone."]


@pytest.mark.parametrize(("chosen", "is_blank"), [({"person": "w2"}, True), ({"period": "all"}, False)])
def test_what_is_drawn_of_one_person_is_gone_before_anything_is_drawn_of_another(chosen, is_blank):
    drawing = []

    def draw(*what):
        drawing.append([views.piece(name).comm.sent[-1]["content"] for name in ("burnup", "lifelines")])
        return " ".join(what)

    views = views_of(PEOPLE, draw)
    for name in ("burnup", "lifelines"):
        views.piece(name)
    View(views.choose(), Page()).type(chosen)
    assert drawing[0] == [{"type": "busy", "blank": is_blank}] * 2


def test_one_person_is_not_asked_for():
    choose = View(views_of(PEOPLE[:1], str).choose(), Page())
    assert [block["name"] for block in choose.blocks()] == ["period"]


def test_without_a_workbook_the_pieces_are_empty_and_the_form_says_what_to_do():
    views = views_of([], str)
    choose = View(views.choose(), Page())
    assert choose.form["lead"].startswith("There is no workbook yet.")
    assert choose.blocks() == []
    piece = views.piece("burnup")
    piece.comm.receive({"type": "hello"})
    assert drawn(piece) == ("", ["page"])


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (StoreError("the folder <b> is gone."), "<p role='alert'>the folder &lt;b&gt; is gone.</p>"),
        (KeyError("a private word"), "<p role='alert'>This could not be shown: KeyError.</p>"),
    ],
)
def test_a_piece_that_cannot_be_drawn_says_why_and_keeps_the_others(error, shown):
    def draw(name, *_chosen):
        if name == "burnup":
            raise error
        return name

    views = views_of(PEOPLE, draw)
    pieces = [views.piece(name) for name in ("burnup", "lifelines")]
    View(views.choose(), Page()).type(period="all")
    assert [drawn(piece)[0] for piece in pieces] == [shown, "lifelines"]


@pytest.mark.parametrize("chosen", [{"period": "2025Q9"}, {"person": "w3"}], ids=["a period", "a person"])
def test_what_is_not_offered_is_not_taken_and_what_is_chosen_is_shown_again(views, choose, chosen):
    piece = views.piece("burnup")
    choose.type(chosen)
    assert choose.values == {"person": "w1", "period": "2025Q4"}
    assert (views.workbook, views.period) == ("w1", "2025Q4")
    assert choose.refusals == []
    assert not [sent for sent in piece.comm.sent if sent.get("method") == "custom"]


def test_a_period_of_the_one_before_that_arrives_late_is_not_taken_for_the_other(views, choose):
    late = choose.message({"period": "2025Q4"})
    View(views.choose(), choose.page).type(person="w2")
    choose.deliver(late)
    assert (views.workbook, views.period, choose.values) == ("w2", "all", {"person": "w2", "period": "all"})


def test_the_demo_year_is_offered_by_quarters_newest_first(home):
    choose = View(Review(home).choose(), Page())
    assert [value for value, _ in choose.field("period")["options"]] == ["2025Q4", "2025Q3", "2025Q2", "2025Q1", "all"]


def test_it_begins_with_the_workbook_of_the_latest_session(home):
    home.create("Ana", "Bo")
    choose = View(Review(home).choose(), Page())
    assert [name for _, name in choose.field("person")["options"]] == ["Marisol", "Ana"]
    assert choose.form["heading"] == "Marisol"


def test_a_folder_that_is_gone_is_named(home):
    choose = View(Review(home).choose(), Page())
    folder = home.workbooks()[0]._ledger.store.folder
    folder.rename(folder.with_name("aside"))
    choose.deliver({"type": "hello", "view": choose.name})
    assert len(choose.refusals) == 1


def test_each_cell_of_a_notebook_that_was_laid_out_by_an_older_program_still_shows_its_figure(home):
    """Those of 0.1.0, beside the forms; what was changed of such a notebook is not laid out anew."""
    review = Review(home)
    figures = (
        *("words", "threads", "timeline", "promise_dots", "lifelines", "ageing", "burnup", "time_to_done"),
        *("mission_today", "history_flow", "mission_changes", "theme_lanes", "convergence", "conversation", "team"),
    )
    for name in figures:
        piece = getattr(review, name)()
        piece.comm.receive({"type": "hello"})
        assert "</" in drawn(piece)[0], name


def test_nothing_of_the_people_is_in_a_repr(home: Home):
    review = Review(home)
    for thing in (review, review._views, review.choose(), review.letter()):
        assert "Marisol" not in repr(thing)


@pytest.fixture
def locked_home(tmp_path):
    """A home folder with the locked workbook of Ana, of which nobody has given the passphrase."""
    home = Home(tmp_path / "locked", Clock())
    with cheap_locks():
        home.create("Ana", "Bo", lambda: PASSPHRASE)
    return Home(home.folder, home.clock)


@pytest.mark.parametrize("name", [None, "Ana"])
def test_while_all_is_locked_the_passphrase_is_asked_for_and_then_everything_is_shown(locked_home, name):
    review = Review(locked_home, name)
    choose, page, piece = View(review.choose(), Page()), View(review.page(), Page()), review.letter()
    assert "One workbook is locked" in [block.get("title") for block in choose.blocks()]
    assert not choose.form["lead"].startswith("There is no workbook yet.")
    assert page.blocks() == []
    choose.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert (choose.form["heading"], choose.problems, choose.refusals) == ("Ana", {}, [])
    assert choose.field("period")["options"] == [["all", "the whole time"]]
    assert drawn(piece)[1] == ["busy", "page"]


def test_nobody_elses_review_comes_up_instead_of_a_locked_one_that_was_asked_for(locked_home):
    locked_home.create("Anabel", "Bo")
    review = Review(locked_home, "Ana")
    choose, piece = View(review.choose(), Page()), review.letter()
    piece.comm.receive({"type": "hello"})
    assert (choose.form["heading"], drawn(piece)[0]) == (None, "")
    assert choose.field("person")["options"][0][1] == "somebody whose workbook is open"
    choose.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert (choose.form["heading"], choose.refusals) == ("Ana", [])


def test_while_the_one_who_was_asked_for_is_locked_somebody_who_is_open_can_be_chosen(locked_home):
    anabel = locked_home.create("Anabel", "Bo").workbook.id
    review = Review(locked_home, "Ana")
    choose = View(review.choose(), Page())
    choose.type(person=anabel)
    assert (choose.form["heading"], choose.values["period"]) == ("Anabel", "all")


def test_who_is_on_the_screen_stays_there_while_another_is_unlocked(locked_home):
    locked_home.create("Zoë", "Bo")
    choose = View(Review(locked_home).choose(), Page())
    for _ in range(2):
        choose.type(act="unlock", secrets={"opening": PASSPHRASE})
        assert (choose.form["heading"], len(choose.field("person")["options"])) == ("Zoë", 2)


def test_what_leaves_is_of_whoever_is_chosen_however_they_came_up(locked_home):
    locked_home.create("Zoë", "Bo")
    review = Review(locked_home)
    choose, handover = View(review.choose(), Page()), View(review.handover(), Page())
    assert handover.form["heading"] == "Zoë"
    choose.type(act="unlock", secrets={"opening": PASSPHRASE})
    other = next(value for value, name in choose.field("person")["options"] if value != choose.values["person"])
    headings = []
    for person in (choose.values["person"], other):
        choose.type(person=person)
        handover.catch_up()
        headings.append((choose.form["heading"], handover.form["heading"]))
    assert headings in ([("Ana", "Ana"), ("Zoë", "Zoë")], [("Zoë", "Zoë"), ("Ana", "Ana")])


def test_a_wrong_passphrase_is_said_beside_its_field_and_leaves_what_is_shown(locked_home):
    locked_home.create("Zoë", "Bo")
    choose = View(Review(locked_home).choose(), Page())
    choose.type(act="unlock", secrets={"opening": "wrong horse battery staple"})
    assert choose.problems == {"opening": "This passphrase does not open the locked workbook."}
    assert (choose.form["heading"], choose.refusals) == ("Zoë", [])


def test_a_wrong_passphrase_that_is_said_twice_is_tried_once_and_named_still(locked_home):
    choose = View(Review(locked_home).choose(), Page())
    message = choose.message(act="unlock", secrets={"opening": "wrong horse battery staple"})
    choose.deliver(message)
    assert [sent["type"] for sent in choose.deliver(message)] == ["kept"]
    assert choose.problems == {"opening": "This passphrase does not open the locked workbook."}


def test_a_passphrase_is_never_sent_back(locked_home):
    choose = View(Review(locked_home).choose(), Page())
    choose.type(act="unlock", secrets={"opening": PASSPHRASE})
    assert PASSPHRASE not in str(choose.wire.sent)
