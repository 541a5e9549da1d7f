"""Opening a session again: what nobody touches stays as it is, whatever the forms know or do not know of it."""

import pytest

from coaching.model.entries import (
    Check,
    Dream,
    Item,
    ItemEvent,
    Mission,
    Note,
    Reflection,
    Review,
    SegmentState,
    Session,
)
from coaching.model.vocabulary import Visibility
from coaching.workbook.home import Home
from tests.invented_year import import_year
from tests.unit.forms.pages import Clock, Kernel, changes, entries, said

YEARS = ["demo_year", "edge_year"]
HOLDERS = ["coach", "coachee"]


@pytest.fixture
def opened(home):
    """Open a session again, and return the views of its forms by name."""

    def open_again(label, home=home):
        kernel = Kernel(home)
        (session,) = said(home, Session, label=label)
        kernel.view("beginning").type(session=session.id)
        return kernel.view

    return open_again


@pytest.fixture
def imported(tmp_path):
    def bring_in(year, holder):
        home = Home(tmp_path / f"{year} {holder}", Clock())
        import_year(home, year, holder)
        return home

    return bring_in


def labels(home):
    return sorted(session.label for session in said(home, Session))


def changed_fields(home, before):
    """Return the changed fields of each changed entry, by kind."""
    return {(entries(home) | before)[identity].kind.value: fields for identity, fields in changes(home, before).items()}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("year", YEARS)
def test_opening_any_session_again_changes_nothing(imported, year, holder):
    home = imported(year, holder)
    before = entries(home)
    kernel = Kernel(home)
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    for label in labels(home):
        beginning.type(session=said(home, Session, label=label)[0].id)
        assert f"{label}, this one" == beginning.field("session")["options"][0][1]
        yourself.type()
        yourself.deliver(yourself.message())
    assert entries(home) == before
    assert list(home.folder.glob("*/drafts/*")) == []


@pytest.mark.thorough
@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("year", YEARS)
def test_typing_one_field_in_any_session_changes_that_entry_alone(imported, year, holder):
    home = imported(year, holder)
    kernel = Kernel(home)
    beginning, closing = kernel.view("beginning"), kernel.view("closing")
    for label in labels(home):
        beginning.type(session=said(home, Session, label=label)[0].id)
        before = entries(home)
        closing.type(takeaway=f"{label} <again>")
        changed = changed_fields(home, before)
        assert changed.pop("note")["text"][1] == f"{label} <again>"
        # A session whose closing left no trace has now had one; nothing else is new.
        assert set(changed) <= {"segment"}
        assert all(old is None for old, _ in changed.get("segment", {}).values())


@pytest.mark.parametrize(
    ("form", "typed", "kind", "fields"),
    [
        ("opening", {"arrival": "Again."}, "note", {"text"}),
        ("yourself", {"coach_failure": "Again."}, "note", {"text"}),
        ("yourself", {"coachee_goal:seen": "open"}, "note", {"visibility"}),
        ("yourself", {"chose_to_start": "true"}, "segment", {"coach_first"}),
        ("dreams", {"coachee_dream": "Again."}, "note", {"text"}),
        ("dreams", {"decision": "not_yet"}, "segment", {"decision"}),
        ("who_what_when", {"obstacle": "Again."}, "note", {"text"}),
        ("closing", {"takeaway": "Again."}, "note", {"text"}),
        ("closing", {"heard": "2"}, "check", {"heard"}),
        ("closing", {"reflection": "Again."}, "reflection", {"text"}),
        ("beginning", {"day": "2025-12-11"}, None, None),
    ],
)
def test_each_form_of_s12_changes_what_was_typed_and_nothing_else(home, opened, form, typed, kind, fields):
    before = entries(home)
    view = opened("S12")(form)
    view.type(typed)
    assert view.unacknowledged == {}
    changed = changed_fields(home, before)
    assert set(changed) == ({kind} if kind else set())
    if kind:
        assert set(changed[kind]) == fields


def test_a_closed_session_keeps_its_minutes_and_language_and_stays_closed(home, opened):
    view = opened("S12")
    view("closing").type(takeaway="Again.")
    view("closing").type(act="close_anyway")
    (session,) = said(home, Session, label="S12")
    assert (session.minutes, session.language, session.closed, session.number) == (60, "en", True, 12)


def test_an_item_keeps_what_its_form_does_not_ask(home, opened):
    before = next(item for item in said(home, Item) if item.levels)
    (session,) = said(home, Session, id=before.session)
    opened(session.label)("who_what_when").type({f"item.{before.id}.what": "Again."})
    (after,) = said(home, Item, id=before.id)
    assert {name for name, value in after.content().items() if value != before.content()[name]} == {"what"}


def test_an_item_keeps_its_own_becoming_beside_that_of_the_session(home, opened):
    (before,) = said(home, Item, label="I19")
    opened("S12")("who_what_when").type({f"item.{before.id}.what": "Again."})
    (after,) = said(home, Item, label="I19")
    assert (after.what, after.becoming, after.by) == ("Again.", before.becoming, before.by)


def test_an_event_keeps_words_that_were_never_those_of_its_review(home, opened):
    (item,) = said(home, Item, label="I01")
    (session,) = said(home, Session, label="S02")
    own = {e.id: e.text for e in said(home, ItemEvent, item=item.id, session=session.id)}
    (review,) = said(home, Review, item=item.id, session=session.id)
    assert any(text and text != review.text for text in own.values())
    opened("S02")("opening").type({f"review.{item.id}.text": "Again."})
    assert said(home, Review, id=review.id)[0].text == "Again."
    kept = {e.id: e.text for e in said(home, ItemEvent, item=item.id, session=session.id)}
    assert kept == {identity: "Again." if text == review.text else text for identity, text in own.items()}


def test_the_dreams_that_came_up_keep_their_order(home, opened):
    (session,) = said(home, Session, label="S04")
    (before,) = said(home, SegmentState, session=session.id, segment="dreams")
    view = opened("S04")("dreams")
    lists = [block for block in view.blocks() if block.get("name") == "thread"]
    lines = {line["key"] for block in lists for line in (*block["fixed"], *block["others"]["lines"])}
    new = next(dream.id for dream in said(home, Dream) if dream.id in lines - {*before.dreams})
    view.type({f"thread.{new}.status": "alive"})
    (after,) = said(home, SegmentState, session=session.id, segment="dreams")
    assert after.dreams == (*before.dreams, new)


def test_clearing_the_words_of_a_note_to_oneself_keeps_what_else_was_noted(home, opened):
    noted = next(note for note in said(home, Reflection) if note.who_spoke_more and note.text)
    label = next(session.label for session in said(home, Session) if session.id == noted.session)
    opened(label)("closing").type(reflection="")
    (after,) = said(home, Reflection, id=noted.id)
    assert (after.text, after.who_spoke_more, after.longest_pause) == (None, noted.who_spoke_more, noted.longest_pause)


def test_what_was_private_in_the_coachees_copy_stays_private(imported, opened):
    home = imported("demo_year", "coachee")
    private = next(check for check in said(home, Check) if check.visibility is Visibility.PRIVATE)
    label = next(session.label for session in said(home, Session) if session.id == private.session)
    opened(label, home)("closing").type(heard="1")
    (after,) = said(home, Check, id=private.id)
    assert (after.heard, after.visibility) == (1, Visibility.PRIVATE)


def test_a_statement_whose_words_came_back_stays_when_something_else_is_typed(imported, opened):
    home = imported("edge_year", "coach")
    before = said(home, Mission)
    opened("S14", home)("dreams").type(coachee_dream="Again.")
    assert said(home, Mission) == before


def test_what_was_typed_and_taken_back_is_as_it_was(home, opened):
    before = {identity: entry.content() for identity, entry in entries(home).items()}
    closing = opened("S12")("closing")
    words = closing.values["takeaway"]
    closing.type(takeaway="Again.")
    closing.type(takeaway=words)
    assert {identity: entry.content() for identity, entry in entries(home).items()} == before


def test_clearing_everything_of_a_closed_session_leaves_the_session(home, opened):
    view = opened("S12")
    for form in ("opening", "yourself", "dreams", "who_what_when", "closing"):
        filled = view(form)
        filled.type(dict.fromkeys(filled.values, ""))
    assert said(home, Session, label="S12")[0].minutes == 60


def test_moving_the_day_moves_also_what_no_form_shows(home, opened):
    (session,) = said(home, Session, label="S12")
    own = {i: entry for i, entry in entries(home).items() if session.id in {entry.session, entry.id}}
    of_its_day = {identity for identity, entry in own.items() if entry.held_on == session.held_on}
    opened("S12")("beginning").type(day="2025-12-12")
    now = entries(home)
    assert {now[identity].held_on.isoformat() for identity in of_its_day} == {"2025-12-12"}


def test_words_of_a_session_that_was_opened_again_and_not_closed_are_found_again(home, opened):
    opened("S12")("yourself").type(coachee_plan="Again.")
    beginning = Kernel(home).view("beginning")
    assert beginning.field("session")["options"][0][1] == "S12, this one"
    assert said(home, Note, text="Again.")
