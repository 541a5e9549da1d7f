"""What is shown before a copy is handed out is what is in it: every word that it shows, and no other."""

import io
import re
import shutil
import zipfile
from datetime import UTC, date, datetime
from functools import cache

import pytest

from coaching import pages as summary
from coaching.errors import CoachingError
from coaching.metrics.periods import last_day, parse_period
from coaching.model.frames import frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, share
from coaching.model.validation import parse
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook import preview as previewing
from coaching.workbook.copies import KINDS, Copies, Outgoing, Wanted, Written, shown
from coaching.workbook.exports import FORMS, Copy, as_plan_page
from coaching.workbook.home import Home
from tests.invented_year import read_year

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
WORKBOOK = "01JHQF38000000000000000000"
TOKEN = re.compile(r"zq\d+z")
HANDOUT = {"kind": "handout", "author": "coach", "held_on": date(2025, 3, 3), "audience": "open", "form": ".zip"}


@cache
def told_in_tokens(year):
    """A year in which every word that people said is one that stands nowhere else; every second entry is open."""
    tokens = {}

    def token(words):
        return tokens.setdefault(words, f"zq{len(tokens)}z") if words and words.strip() else words

    handout = HANDOUT | {"id": WORKBOOK, "visibility": "pair", "text": "my mentor"}
    records = [*read_year(year, Side.COACH).records, handout]
    found = []
    for number, record in enumerate(records):
        words = {name: record[name] for name in previewing.WORDS if record.get(name)}
        said = {n: tuple(map(token, v)) if isinstance(v, (list, tuple)) else token(v) for n, v in words.items()}
        is_open = number % 2 and record["visibility"] == "pair" and record["kind"] != "handout"
        seen = {"visibility": "open"} if is_open else {}
        found.append(parse({"rev": 1, "saved_at": NOW} | record | said | seen))
    return found


def written(what, shared, period):
    """What a copy says, as text."""
    copy = Copy(shared, shared, WORKBOOK, Side.COACH, Side.COACHEE, TODAY)
    if what == "page":
        return summary.summary_page(shared, asof=last_day(period, TODAY), period=period)
    if what == "plan":
        return as_plan_page(copy)
    content = FORMS[what].write(copy)
    if what == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            return "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    return content if isinstance(content, str) else content.decode().replace("\r\n ", "")


def words_of(groups):
    """The tokens of a preview: those of the words, and those that stand among what is told about them."""
    lines = [line for group in groups for line in group.lines]
    return set(TOKEN.findall("\n".join("\n".join((line.about, *line.words)) for line in lines)))


CASES = [
    (year, what, audience, period)
    for year, periods in (("demo_year", ("all", "2025Q2", "2025Q4")), ("edge_year", ("all", "2024Q4")))
    for what in KINDS
    for audience in (Audience.PAIR, Audience.OPEN)
    for period in (periods if what == "page" else ("all",))
]


@pytest.mark.parametrize(("year", "what", "audience", "period"), CASES)
def test_the_words_that_are_shown_are_those_that_are_in_the_copy(year, what, audience, period):
    shared = share(frames(to_table(told_in_tokens(year))), audience)
    groups = previewing.told(shared, shown(Wanted(WORKBOOK, period, what, audience.value), shared, TODAY))
    in_the_copy = set(TOKEN.findall(written(what, shared, parse_period(period))))
    assert in_the_copy
    assert words_of(groups) == in_the_copy


def test_every_form_that_can_be_written_can_be_shown():
    assert FORMS.keys() <= KINDS.keys() | {".html"}
    assert {ending for kind in KINDS.values() for ending in FORMS if kind.file.endswith(ending)} == FORMS.keys()


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A home with the demo year, made once."""
    home = Home(tmp_path_factory.mktemp("demo") / "home", lambda: NOW)
    home.demo()
    return home.folder


@pytest.fixture
def workbook(original, tmp_path):
    shutil.copytree(original, tmp_path / "home")
    (workbook,) = Home(tmp_path / "home", lambda: NOW).workbooks()
    return workbook


@pytest.fixture
def copies(workbook):
    return Copies({workbook.id: workbook}.__getitem__, lambda: NOW)


def wanted(workbook, what="page", audience="pair", period="all"):
    return Wanted(workbook.id, period, what, audience)


@pytest.mark.parametrize("what", KINDS)
def test_what_is_written_is_named_with_its_place_and_noted(copies, workbook, tmp_path, what):
    file = tmp_path / KINDS[what].file
    written = copies.write(wanted(workbook, what), Outgoing(str(file), " my mentor ", "en", None))
    assert written == Written(f"Written: {file}")
    assert file.stat().st_size
    assert copies.handed_out(workbook.id) == [
        (f"Monday, 12 January 2026 · for the two of you · {file.suffix}", "my mentor")
    ]


@pytest.mark.parametrize("what", KINDS)
def test_a_name_that_says_another_form_is_refused_as_it_is_not_what_was_shown(copies, workbook, tmp_path, what):
    other = next(ending for ending in FORMS if not KINDS[what].file.endswith(ending))
    with pytest.raises(CoachingError, match="its name must end in"):
        copies.write(wanted(workbook, what), Outgoing(str(tmp_path / f"mine{other}"), "", "en", None))
    assert copies.handed_out(workbook.id) == []


def test_a_past_quarter_is_shown_as_it_was_known_on_its_last_day(copies, workbook):
    seen = copies.seen(wanted(workbook, period="2025Q1"))
    held = [group.title for group in seen.groups if any("took place" in line.about for line in group.lines)]
    assert held == [
        "Session 3 · Thursday, 13 March 2025",
        "Session 2 · Thursday, 13 February 2025",
        "Session 1 · Thursday, 16 January 2025",
    ]


def test_a_quarter_shows_who_went_first_in_the_sessions_before_it_too_as_its_figure_does(copies, workbook):
    seen = copies.seen(wanted(workbook, period="2025Q2"))
    lines = {group.title: [line.about for line in group.lines] for group in seen.groups}
    assert {
        "how “talk about yourself” went · the coach went first, in writing",
        "how “talk about your dreams” went · the coach went first, in writing",
    } <= set(lines["Session 1 · Thursday, 16 January 2025"])


PRIVATE = "What is private stays out."


@pytest.mark.parametrize(
    ("what", "audience", "is_counted"), [(".zip", "pair", False), (".csv", "pair", True), (".zip", "open", True)]
)
def test_of_what_both_may_read_and_is_not_in_it_there_are_counts_and_of_the_rest_none(
    copies, workbook, what, audience, is_counted
):
    found = copies.seen(wanted(workbook, what, audience)).left_out
    notes = sum(record["kind"] == "note" for record in workbook.shared(Audience.PAIR).records())
    assert (f"{notes} notes" in found) is is_counted
    assert found[-1] == PRIVATE
    assert not any(words in sentence for sentence in found for words in ("parked", "private notes", "preparation"))


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("audience", ["pair", "open"])
def test_what_is_private_changes_nothing_that_the_two_look_at_together(copies, workbook, what, audience):
    before = copies.seen(wanted(workbook, what, audience))
    item = {"kind": "item", "id": WORKBOOK, "author": "coach", "visibility": "private", "what": "Mine alone"}
    workbook.add([item | {"owner": "coach", "by": TODAY}])
    assert copies.seen(wanted(workbook, what, audience)) == before


def test_lines_to_choose_from_are_named_by_their_people_and_their_sessions(copies, workbook):
    groups = {group.title: group.lines for group in copies.choosable(workbook.id)}
    assert list(groups)[:2] == ["General", "Session 12 · Thursday, 11 December 2025"]
    said = {line.words: line for line in groups["Session 12 · Thursday, 11 December 2025"]}
    line = said[("To open on the first of March.",)]
    assert (line.about, line.is_open) == ("Marisol · plan", False)
    copies.open(workbook.id, line.identity, to_others=True)
    (seen,) = copies.seen(wanted(workbook, audience="open")).groups
    # Nobody has opened a name, nor the session.
    assert (seen.title, [line.about for line in seen.lines]) == ("General", ["the person coached · plan"])


def test_in_the_coachees_own_copy_they_decide_themselves(tmp_path, workbook):
    workbook.write_export(tmp_path / "mine.zip")
    mine = Home(tmp_path / "other", lambda: NOW).import_file(tmp_path / "mine.zip").workbook
    offered = Copies(lambda _: mine, lambda: NOW).offered(mine.id)
    assert (mine.holder, offered.decides, offered.reader) == (Side.COACHEE, "You decide", "your coach")
    assert Visibility.OPEN not in {entry.visibility for entry in mine.handouts.choosable()}


def test_nothing_of_the_people_is_in_a_repr(copies, workbook):
    seen = copies.seen(wanted(workbook))
    for thing in (copies, seen, seen.groups[0], seen.groups[0].lines[0], copies.offered(workbook.id)):
        assert "Marisol" not in repr(thing)
