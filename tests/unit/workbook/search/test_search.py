"""Words looked for in a workbook: where, by whom, when; who may see them; and that they are gone when they should."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from coaching.errors import CoachingError, LockedError
from coaching.metrics.periods import parse_period
from coaching.model.entries import MODELS
from coaching.model.frames import current, frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, share
from coaching.model.vocabulary import Kind
from coaching.store.files.row_set import one_per_revision
from coaching.workbook.home import Home
from coaching.workbook.search.index import TextIndex
from coaching.workbook.search.query import parse_query
from coaching.workbook.search.search import look
from coaching.workbook.search.wish import EVERYWHERE, Wish
from tests.examples import COSTLY
from tests.strategies import entries, planted
from tests.unit.store.samples import cheap_locks

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def marisol(original_demo):
    return Home(original_demo, clock=lambda: NOW).find("Marisol")


def sentences(findings):
    return [one.text for session in findings.sessions for hit in session.hits for one in hit.passages]


def labels(findings):
    return [session.label for session in findings.sessions]


def test_words_are_found_in_their_sentence_the_newest_session_first(marisol):
    findings = marisol.search("QUIET")
    assert labels(findings) == ["S09", "S07", "S01"]
    assert sentences(findings)[0] == "I have been hoping quietly that the kiosk would be too small."
    assert (findings.hits, findings.number) == (4, 3)


def test_all_words_have_to_be_in_one_entry(marisol):
    assert sentences(marisol.search("grandmother decide in last")) == [
        "My grandmother had an oven made of clay and she let me decide what went in last."
    ]
    assert not marisol.search("grandmother kiosk").hits


def test_a_phrase_is_found_word_for_word(marisol):
    assert marisol.search('"school week"').hits == 1
    assert not marisol.search('"week school"').hits


def test_what_fits_best_comes_first_if_that_is_wanted(marisol):
    best = marisol.search("oven", best=True)
    assert best.hits == marisol.search("oven").hits
    assert {*labels(best)} == {*labels(marisol.search("oven"))}


def test_no_more_sessions_are_told_than_wanted_but_all_are_counted(marisol):
    everything = marisol.search("bread")
    first = marisol.search("bread", limit=1)
    assert labels(first) == labels(everything)[:1]
    assert (first.hits, first.number) == (everything.hits, everything.number)


@pytest.mark.parametrize(
    ("wish", "holds"),
    [
        (Wish(by="coach"), lambda hit, _: hit.by == "coach"),
        (Wish(by="Marisol"), lambda hit, _: hit.who == "Marisol"),
        (Wish(part="dreams"), lambda hit, _: hit.part == "dreams"),
        (Wish(part="who what when"), lambda hit, _: hit.part == "who_what_when"),
        (Wish(kind="promises"), lambda hit, _: hit.kind == "promise"),
        (Wish(kind="statement"), lambda hit, _: hit.kind == "statement"),
        (Wish(kind="goal"), lambda hit, _: hit.kind == "goal"),
        (Wish(kind="Dream"), lambda hit, _: hit.kind == "dream"),
        (Wish(when=parse_period("2025Q3")), lambda _, day: date(2025, 7, 1) <= day < date(2025, 10, 1)),
        (Wish(thread="I07"), lambda hit, _: hit.label == "I07"),
    ],
)
def test_where_to_look_can_be_said(marisol, wish, holds):
    findings = marisol.search("", wish)
    assert findings.hits
    assert all(holds(hit, session.held_on) for session in findings.sessions for hit in session.hits)
    assert findings.hits < marisol.search("").hits


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        (Wish(by="Nobody"), "by: write coach, coachee, or one of the names Anselm, Marisol"),
        (Wish(part="d"), None),
        (Wish(part="x"), "part: write one of opening"),
        (Wish(kind="x"), "kind: write one of"),
        (Wish(thread="Z99"), "thread: No entry is called 'Z99'"),
    ],
)
def test_a_place_that_is_none_is_said(marisol, wish, problem):
    if problem is None:
        assert marisol.search("", wish).hits
        return
    with pytest.raises(CoachingError, match=problem):
        marisol.search("", wish)


def test_what_is_told_of_a_promise_leads_to_the_promise(marisol):
    (session,) = marisol.search("Anselm's idea").sessions
    (hit,) = session.hits
    assert (hit.label, hit.kind) == ("I07", "promise")
    assert marisol.upkeep.history(hit.identity)


def test_findings_show_no_words_where_they_are_printed(marisol):
    findings = marisol.search("oven")
    printed = repr(
        (findings, findings.sessions[0].hits[0], findings.sessions[0].hits[0].passages[0], findings.sessions)
    )
    assert "oven" not in printed


# who may see what


PLANTED_IN = ("text", "title", "what", "question")


def with_words(records):
    """What the records with the planted word are about: the entry above, where that is there."""
    there = {record["id"] for record in records}
    return {
        above if (above := record.get(MODELS[record["kind"]].covered_by)) in there else record["id"]
        for record in records
        if any("zq7planted" in str(record.get(name)) for name in PLANTED_IN)
    }


@COSTLY
@given(entries(max_size=16))
def test_both_find_what_both_may_read_and_the_holder_alone_all_the_rest(said):
    rows = one_per_revision([to_table([planted(entry, PLANTED_IN) for entry in said])])
    index = TextIndex()
    index.follow(rows)
    found = {}
    for private in (False, True):
        query = parse_query("zq7planted")
        findings = look(index, query, EVERYWHERE, private=private, best=False, limit=None)
        found[private] = {hit.identity for session in findings.sessions for hit in session.hits}
    now = frames(current(rows))
    assert found[False] == with_words(share(now, Audience.PAIR).records())
    assert found[False] | found[True] == with_words(share(now, Audience.HOLDER).records())


# as time goes on


def record(kind, name, **fields):
    common = {"kind": kind, "id": derived_id(None, kind, name), "rev": 1, "author": "coachee", "visibility": "pair"}
    return common | {"held_on": date(2026, 11, 2), "saved_at": NOW} | fields


@pytest.fixture
def workbook(tmp_path):
    with cheap_locks():
        made = Home(tmp_path / "home", clock=lambda: NOW).create("Maya", "Ana", lambda: "four words of nonsense")
    return made.workbook


def kept(workbook, text, name="note", session=None):
    note = record(Kind.NOTE, name, segment="yourself", topic="goal", text=text, session=session)
    identity = note["id"]
    context = workbook.open_session()
    workbook.keep(context.session, {identity: note | {"session": context.session}})
    return context.session, identity


def test_a_word_is_found_by_the_next_search_though_its_session_is_open(workbook):
    assert not workbook.search("canary").hits
    kept(workbook, "A canary sang.")
    assert sentences(workbook.search("canary")) == ["A canary sang."]


def test_what_was_said_otherwise_since_is_found_as_it_stands_now(workbook):
    kept(workbook, "A canary sang.")
    kept(workbook, "A robin sang.")
    assert not workbook.search("canary").hits
    assert workbook.search("robin").hits == 1


def test_what_is_erased_is_found_no_more_in_any_window(workbook):
    other = Home(workbook.folder.parent, clock=lambda: NOW)
    other.unlock("four words of nonsense")
    elsewhere = other.find("Maya")
    session, identity = kept(workbook, "A canary sang.")
    workbook.close(session)
    assert elsewhere.search("canary").hits == workbook.search("canary").hits == 1
    workbook.upkeep.erase(identity)
    assert elsewhere.search("canary").hits == workbook.search("canary").hits == 0


def test_after_a_lock_nothing_is_found_and_no_index_is_left(tmp_path):
    home = Home(tmp_path / "home", clock=lambda: NOW)
    with cheap_locks():
        workbook = home.create("Maya", "Ana", lambda: "four words of nonsense").workbook
    kept(workbook, "A canary sang.")
    assert workbook.search("canary").hits
    index = workbook._ledger._index
    home.lock()
    with pytest.raises(LockedError):
        workbook.search("canary")
    assert workbook._ledger._index is None
    assert repr(index) == "<TextIndex of 0 entries>"


def test_nothing_of_the_index_is_on_the_disk(workbook):
    kept(workbook, "A canary sang.")
    workbook.search("canary")
    files = [file for file in workbook.folder.parent.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"canary" in file.read_bytes()]
