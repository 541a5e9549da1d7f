"""What the coachee sends from their own copy goes into the coach's, told line by line, and waits in the opening."""

import json
from datetime import UTC, datetime

import pytest

from coaching.errors import CoachingError
from coaching.formats.sealing import Seal, SealKeys, recipient_of, seal
from coaching.forms.parts.dreams import Dreams
from coaching.model.entries import Mission
from coaching.model.ids import derived_id, new_id, other_copy
from coaching.model.sharing import Audience
from coaching.store import identity
from coaching.workbook.home import Home
from coaching.workbook.own_file import write_own_file
from coaching.workbook.waiting import waiting
from tests.unit.store.samples import cheap_locks

PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
NEXT_TIME = {"kind": "note", "segment": "opening"}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", lambda: NOW)


@pytest.fixture
def workbook(home):
    with cheap_locks():
        return home.create("Maya", "Ana", lambda: "seven lost kites over town").workbook


def entry(name, **fields):
    """One entry of hers, said some minutes ago."""
    rev = int(NOW.timestamp() * 1_000_000) - 600_000_000
    common = {"id": derived_id(None, name), "author": "coachee", "visibility": "pair", "held_on": "2026-01-15"}
    return common | {"rev": rev} | fields


def sent(workbook, tmp_path, *entries, sealed=True):
    """What her page writes for her coach, as `shared` in its script does."""
    document = {
        "format": "coaching-workbook/1",
        "workbook": other_copy(workbook.id),
        "holder": "coachee",
        "audience": "pair",
        "earlier": {},
        "entries": [*json.loads(workbook.exported(Audience.PAIR))["entries"], *entries],
    }
    content = json.dumps(document).encode()
    file = tmp_path / f"{new_id(NOW)}.json{'.age' if sealed else ''}"
    file.write_bytes(seal(content, Seal(recipients=(workbook.own_copy().recipient,))) if sealed else content)
    return file


def test_it_is_sealed_for_the_workbook_that_wrote_her_copy(home, workbook):
    copy = workbook.own_copy()
    secret = identity(workbook.folder, home.unlocking.keys(workbook.folder))
    assert copy.recipient == recipient_of(secret)


def test_what_she_sends_goes_into_the_coachs_workbook_and_is_told_line_by_line(home, workbook, tmp_path):
    win = entry("a win", **NEXT_TIME, topic="win", text="The boys tasted the rye")
    item = entry("a promise", kind="item", what="Write to the mill", owner="coachee", by="2026-01-30")
    agreed = entry("agreed", kind="item_event", item=item["id"], event="agreed", due_to="2026-01-30")
    done = home.import_file(sent(workbook, tmp_path, win, item, agreed))
    assert done.workbook.id == workbook.id
    assert done.added.new == 3
    told = [(line.about, line.words) for line in done.lines]
    assert told == [
        ("Maya · a win", ("The boys tasted the rye",)),
        ("promise of Maya · by Friday, 30 January 2026", ("Write to the mill",)),
    ]


def test_it_waits_in_the_next_opening_until_a_session_was_held(home, workbook, tmp_path):
    win = entry("a win", **NEXT_TIME, topic="win", text="The boys tasted the rye")
    home.import_file(sent(workbook, tmp_path, win))
    context = workbook.open_session()
    assert [line.words for line in waiting(context)] == [("The boys tasted the rye",)]
    session = {"kind": "session", "id": context.session, "author": "coach", "visibility": "pair", "number": 1}
    workbook.keep(context.session, {context.session: session | {"held_on": context.held_on, "closed": True}})
    workbook.close(context.session)
    later = Home(home.folder, lambda: NOW.replace(day=16))
    later.unlock("seven lost kites over town")
    assert waiting(later.find("Maya").open_session()) == ()


def test_it_still_waits_when_the_session_before_is_closed_after_it_came_in(home, workbook, tmp_path):
    last = Home(home.folder, lambda: NOW.replace(day=8))
    last.unlock("seven lost kites over town")
    before = last.find("Maya")
    context = before.open_session()
    session = {"kind": "session", "id": context.session, "author": "coach", "visibility": "pair", "number": 1}
    note = {"kind": "note", "id": new_id(NOW), "author": "coach", "visibility": "pair", "segment": "yourself"}
    told = note | {"topic": "plan", "text": "To bake less", "session": context.session, "held_on": context.held_on}
    before.keep(context.session, {context.session: session | {"held_on": context.held_on}, note["id"]: told})
    before.close(context.session)
    home.import_file(sent(workbook, tmp_path, entry("a win", **NEXT_TIME, topic="win", text="The rye")))
    again = workbook.open_session(context.session)
    workbook.keep(again.session, {again.session: session | {"held_on": again.held_on, "closed": True}})
    workbook.close(again.session)
    assert [line.words for line in waiting(workbook.open_session())] == [("The rye",)]


def test_a_sentence_that_she_proposes_begins_the_dreams_and_counts_once_she_confirms_it(home, workbook, tmp_path):
    proposed = entry("proposed", kind="mission", text="To bake for the quarter", confirmed=False)
    home.import_file(sent(workbook, tmp_path, proposed))
    context, form = workbook.open_session(), Dreams()
    values, identity = form.values(context), context.identity(Mission)
    assert proposed["text"] in [block.get("text") for section in form.blocks(context) for block in section["blocks"]]
    assert form.records(context, values)[identity] is None
    decided = form.records(context, values | {"decision": "new", "confirmed": "true"})
    assert (decided[identity]["text"], decided[identity]["confirmed"]) == ("To bake for the quarter", True)
    workbook.keep(context.session, {identity: decided[identity]})
    workbook.close(context.session)
    later = Home(home.folder, lambda: NOW.replace(day=16))
    later.unlock("seven lost kites over town")
    assert form.values(later.find("Maya").open_session()).get("mission") is None


def test_for_a_workbook_without_a_passphrase_yet_she_seals_with_one_of_hers(home):
    begun = home.create("Zoë", "Ana", is_locked_later=True).workbook
    assert begun.own_copy().recipient is None


@pytest.mark.thorough
def test_brought_in_twice_it_is_there_once(home, workbook, tmp_path):
    file = sent(workbook, tmp_path, entry("a win", **NEXT_TIME, topic="win", text="The boys tasted the rye"))
    home.import_file(file)
    again = home.import_file(file)
    assert (again.added.new, again.lines) == (0, ())


def test_an_older_file_says_that_it_is_older_and_takes_nothing_back(home, workbook, tmp_path):
    old = entry("a win", **NEXT_TIME, topic="win", text="First words")
    older = sent(workbook, tmp_path, old)
    home.import_file(sent(workbook, tmp_path, old | {"text": "Second words", "rev": old["rev"] + 60}))
    done = home.import_file(older)
    assert any("older" in warning for warning in done.warnings)
    assert list(workbook.frames()["note"]["text"]) == ["Second words"]


def test_what_is_private_to_her_stays_out_even_if_a_file_holds_it(home, workbook, tmp_path):
    note = entry("private", kind="reflection", visibility="private", text="zqPRIVATE")
    done = home.import_file(sent(workbook, tmp_path, note))
    assert done.added.left_out == 1
    assert "zqPRIVATE" not in workbook.exported()


@pytest.mark.thorough
def test_it_opens_with_a_passphrase_as_well(home, workbook, tmp_path):
    plain = sent(workbook, tmp_path, entry("a win", **NEXT_TIME, topic="win", text="x"), sealed=False)
    file = tmp_path / "for-my-coach.json.age"
    file.write_bytes(seal(plain.read_bytes(), Seal(PASSPHRASE)))
    assert home.import_file(file, seal_keys=SealKeys(lambda: PASSPHRASE)).added.new == 1


@pytest.mark.thorough
def test_who_holds_the_coachees_copy_needs_no_file_to_write_in(workbook, tmp_path):
    bundle = tmp_path / "bundle.zip"
    workbook.write_export(bundle)
    hers = Home(tmp_path / "hers", lambda: NOW).import_file(bundle).workbook
    with pytest.raises(CoachingError, match="coachee's copy already"):
        write_own_file(hers, tmp_path / "own.html", PASSPHRASE)
