"""Nothing private is where a notebook, a log or a traceback could pick it up: no trait, no state, no repr."""

import json

import pytest
from ipywidgets import Widget

from coaching.errors import CoachingError
from coaching.forms.engine.widget import FormWidget, ViewWidget
from coaching.forms.session.desk import Desk
from coaching.jupyter.api import Review
from coaching.model.entry import Entry
from tests.unit.forms.pages import FORMS, Kernel, entries

SECRET = "zqPRIVATEwordxyzzy"  # noqa: S105 - a sentinel


def words_of(home):
    """Return every text of the workbook that is long enough to be nobody else's."""
    values = [value for entry in entries(home).values() for value in entry.content().values()]
    lists = [value for value in values if isinstance(value, tuple)]
    texts = [str(text) for text in (*values, *(part for found in lists for part in found)) if isinstance(text, str)]
    ids = set(entries(home))
    return {text for text in texts if len(text) > 8 and text not in ids and " " in text}


@pytest.fixture
def filled(home):
    """A kernel in whose forms the demo's S12 stands, and a secret in every form."""
    kernel = Kernel(home)
    beginning = kernel.view("beginning")
    beginning.type(session=beginning.field("session")["options"][1][0])
    for form, field in (
        ("opening", "arrival"),
        ("yourself", "coach_plan"),
        ("dreams", "coachee_dream"),
        ("who_what_when", "obstacle"),
        ("closing", "reflection"),
    ):
        kernel.view(form).type({field: SECRET})
    return kernel


def displayed(widget):
    """Display a widget as a cell does, and return what it sends meanwhile."""
    before = len(widget.comm.sent)
    widget._repr_mimebundle_()
    return widget.comm.sent[before:]


def widgets(kernel, home):
    review = Review(home)
    pieces = [review.letter(), review.words(), review.going_on(), review.mission(), review.promises()]
    for piece in pieces:
        piece.comm.receive({"type": "hello"})
    return [*(getattr(kernel.forms, name)() for name in FORMS), review.choose(), *pieces]


def test_the_state_of_no_widget_holds_a_word(home, filled):
    words = words_of(home)
    assert SECRET in "".join(str(entry.content()) for entry in entries(home).values())
    assert len(words) > 100
    for widget in widgets(filled, home):
        # What the widget is made of, the same for everybody, is no state of the person's.
        state = {name: value for name, value in widget.get_state().items() if name not in {"_esm", "_css"}}
        told = json.dumps(state, ensure_ascii=False, default=repr)
        assert SECRET not in told
        assert not [word for word in words if word in told]


def test_no_trait_of_a_widget_holds_a_word(home, filled):
    words = words_of(home)
    for widget in widgets(filled, home):
        values = {name: getattr(widget, name) for name in widget.trait_names() if name not in {"_esm", "_css", "comm"}}
        told = repr(values)
        assert SECRET not in told
        assert not [word for word in words if word in told]


def test_what_a_widget_syncs_never_changes_by_typing(home, filled):
    for name in FORMS:
        sent = getattr(filled.forms, name)().comm.sent
        assert {message["msg_type"] for message in sent} == {"comm_open", "comm_msg"}
        assert {message["method"] for message in sent if message["msg_type"] == "comm_msg"} == {"custom"}


def test_the_words_do_travel_in_messages(filled):
    """Else the tests above would hold of forms that show nothing."""
    sent = json.dumps(filled.forms.closing().comm.sent)
    assert SECRET in sent


def test_no_repr_shows_a_word(home, filled):
    context = Desk(home).open_session()
    workbook = home.workbooks()[0]
    things = [
        filled.forms,
        filled.desk,
        filled.desk.offered(context),
        context,
        context.coach,
        context.coachee,
        context.before,
        context.own,
        context.earlier,
        home,
        workbook,
        workbook._ledger.store,
        workbook.shared(),
        workbook._ledger.store.read(),
        filled.forms._content,
        filled.forms._sitting,
        filled.forms._sitting._unchanged,
        *widgets(filled, home),
    ]
    words = words_of(home)
    for thing in things:
        told = repr(thing) + str(thing)
        assert SECRET not in told, type(thing)
        assert not [word for word in words if word in told], type(thing)


def test_an_entry_names_itself_without_its_words(home):
    for entry in entries(home).values():
        assert isinstance(entry, Entry)
        assert repr(entry) == str(entry) == f"<{type(entry).__name__} {entry.id}>"


@pytest.mark.parametrize(
    ("error", "said"), [(CoachingError("The disk is full."), "The disk is full."), (ValueError(SECRET), "ValueError.")]
)
def test_a_message_that_cannot_be_taken_in_is_refused_and_of_a_strange_error_no_word_is_repeated(home, error, said):
    def fail(_message):
        raise error

    Kernel(home)  # its wire holds what is sent
    widget = FormWidget(fail)
    assert widget.comm.receive({"type": "words", "view": "here"}) == [
        {"type": "refused", "view": "here", "reason": said}
    ]
    [refused] = (sent["content"] for sent in displayed(widget) if sent.get("method") == "custom")
    assert refused == {"type": "refused", "view": None, "reason": said}


def test_a_form_tells_what_it_shows_when_it_is_displayed_first_and_not_again(home):
    form = Kernel(home).forms.opening()
    told = [[message["content"]["type"] for message in displayed(form)] for _ in range(2)]
    assert told == [["form"], []]


@pytest.mark.parametrize("kind", [FormWidget, ViewWidget])
def test_what_a_notebook_keeps_of_a_widget_says_what_it_is(kind):
    bundle = kind(print)._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == "<a form or a chart; its words are kept in the workbook, not in the notebook>"
    assert set(data) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


@pytest.mark.parametrize("kind", [FormWidget, ViewWidget])
def test_a_page_gets_what_all_widgets_of_a_kind_do_once(kind):
    one, other = kind(print), kind(print)
    assert one._esm == other._esm
    assert len(one._esm) < 1500
    assert one.layout is other.layout


@pytest.mark.parametrize("kind", [FormWidget, ViewWidget])
def test_after_all_widgets_were_closed_a_page_gets_it_again(kind):
    before = kind(print).layout
    Widget.close_all()
    again = kind(print).layout
    assert again is not before
    assert again.comm is not None
