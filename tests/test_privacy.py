"""Nothing private leaves: not its words, its numbers or its days, not that it is there, and not that it is missing.

What may be read is told here anew, entry by entry, and held against `coaching.model.sharing`. In everything that may
not be read stands what can be traced (`tests.strategies.planted`); then everything that goes out is searched for it.
What cannot be traced, such as a choice of a few words, is held by comparison: with the private entries, and without
them, everything that goes out is the same, byte for byte.
"""

import contextlib
import copy
import dataclasses
import io
import json
import logging
import re
import sys
import traceback
import warnings
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import comm
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty
from rich.pretty import pretty_repr
from typer.testing import CliRunner

from coaching import formats as interchange
from coaching.cli import app
from coaching.errors import CoachingError, InvalidEntryError
from coaching.forms.session.desk import Desk
from coaching.forms.session.session import SessionForms
from coaching.jupyter.api import Review
from coaching.jupyter.laying_out import lay_out
from coaching.jupyter.server import before_save
from coaching.metrics.periods import ALL_TIME
from coaching.metrics.report import figures
from coaching.model.entries import MODELS
from coaching.model.entry import Leaves, fields_marked
from coaching.model.frames import Frames, current, frames, records
from coaching.model.ids import derived_id
from coaching.model.prompts import prompt_of
from coaching.model.revisions import revise
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, Shared, holdings, share
from coaching.model.validation import parse
from coaching.model.vocabulary import LIVES, Kind, Segment, Side, ThreadKind, Topic, Visibility
from coaching.pages import plan_page, sheet_page, summary_page
from coaching.pages.protected.protected import protect
from coaching.store.disk.layout import IDENTITY
from coaching.store.files.memory import FOLDER
from coaching.workbook import preview as previewing
from coaching.workbook.copies import KINDS, Wanted
from coaching.workbook.copies import shown as shown_of
from coaching.workbook.exports import FORMS, Copy
from coaching.workbook.home import Home
from tests.examples import COSTLY, VERY_COSTLY
from tests.invented_year import import_year, load, read_year, reader, write
from tests.strategies import DAYS, PLANTED, TRACES, entries, entry, plantable, planted, words
from tests.unit.forms.pages import FORMS as ALL_FORMS
from tests.unit.forms.pages import Kernel, Wire

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
ASOF = NOW.date()
WORKBOOK = "01JHQF38000000000000000000"
#: Kinds of which nothing leaves, whatever they say of themselves.
NEVER = {Kind.PARKED, Kind.REFLECTION, Kind.PREPARATION, Kind.REMINDER, Kind.QUESTION, Kind.RELEASE}
OTHERS = (Audience.PAIR, Audience.OPEN)
OTHER = {Side.COACH: Side.COACHEE, Side.COACHEE: Side.COACH}
YEARS = ("demo_year", "edge_year")
QUESTIONS = {segment: prompt_of(segment, 7) for segment in Segment}


# What goes out, and what is looked for in it


def frames_of(found):
    return frames(current(to_table(found)))


def exported(found, audience):
    return interchange.write(share(frames_of(found), audience), WORKBOOK, Side.COACH)


def page_of(found, audience):
    return summary_page(share(frames_of(found), audience), asof=ASOF, period=ALL_TIME)


def plan_page_of(found, audience):
    return plan_page(share(frames_of(found), audience), asof=ASOF)


def sheet_of(found):
    return sheet_page(share(frames_of(found), Audience.PAIR), day=ASOF, questions=QUESTIONS)


def previewed(found, audience, what):
    """What is shown of a copy before it is handed out."""
    shared = share(frames_of(found), audience)
    return previewing.told(shared, shown_of(Wanted(WORKBOOK, "all", what, audience.value), shared, ASOF))


def _archived(found, audience, side):
    """A bundle as text: the names, times and remarks of its members, and what is in them."""
    data = FORMS[".zip"].write(copy_of(found, audience, side))
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        about = [f"{member!r} {member.comment!r} {member.extra!r}" for member in bundle.infolist()]
        texts = [bundle.read(name).decode("utf-8") for name in bundle.namelist()]
    return "\n".join([*about, *texts, repr(data)])


def copy_of(found, audience, side):
    shared = share(frames_of(found), audience)
    return Copy(shared, shared, WORKBOOK, Side.COACH, side, ASOF)


def written(found, audience, ending, side=Side.COACHEE):
    """What an export writes, as text; its folded lines as they were."""
    if ending == ".zip":
        return _archived(found, audience, side)
    text = FORMS[ending].write(copy_of(found, audience, side))
    return text if isinstance(text, str) else text.decode("utf-8").replace("\r\n ", "")


def traces(text):
    """What of the planted stands in a text; as JSON or HTML may write it, too."""
    plain = text.casefold().replace("\\u3299", "㊙").replace("&#12953;", "㊙")
    return [trace for trace in TRACES if trace in plain]


class Overheard(io.StringIO):
    """Everything that is said on the side: what is printed, logged, or warned of."""

    def __enter__(self):
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(contextlib.redirect_stdout(self))
        self._stack.enter_context(contextlib.redirect_stderr(self))
        self._warnings = self._stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        handler, root = logging.StreamHandler(self), logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        self._stack.callback(root.setLevel, level)
        self._stack.callback(root.removeHandler, handler)
        return self

    def __exit__(self, *error):
        self._stack.close()
        self.write("\n".join(str(warning.message) for warning in self._warnings))

    @property
    def text(self):
        return self.getvalue()


def test_what_is_said_on_the_side_is_overheard():
    with Overheard() as overheard:
        sys.stdout.write("printed")
        logging.getLogger("some.library").debug("logged %s", "with words")
        warnings.warn("warned of", stacklevel=1)
    assert [word for word in ("printed", "logged with words", "warned of") if word not in overheard.text] == []


def ways_to_print(thing):
    """How a thing may come to stand in a notebook, a log or a debugger."""
    bundle = getattr(thing, "_repr_mimebundle_", dict)()
    shown_in_full = ("display.max_columns", None, "display.max_colwidth", None, "display.width", None)
    with pd.option_context(*shown_in_full):
        return [repr(thing), str(thing), f"{thing}", pretty(thing), pretty_repr(thing), str(bundle)]


# Who may read what, told anew


def covering(found, by_id):
    """The entry that covers another, itself where nothing does, None where it is missing."""
    name = MODELS[found.kind].covered_by
    above = found if name is None else by_id.get(getattr(found, name))
    is_such = above is not None and (above is found or above.kind in MODELS[found.kind].covering)
    return above if is_such else None


def is_readable(found, by_id, audience):
    allowed = {Audience.PAIR: {"pair", "open"}, Audience.OPEN: {"open"}}[audience]
    above = covering(found, by_id)
    if found.kind in NEVER or above is None or found.visibility == "private":
        return False
    return above.visibility in allowed


def is_foreign(found, holder):
    return found.visibility == "private" and found.author != holder


def may_hold(found, newest, holder):
    """Whether a copy of `holder` may hold a revision; `newest` has the newest one of each id."""
    above = covering(found, newest)
    if above is None:
        return False
    about = {id(one): one for one in (found, newest[found.id], above, newest[above.id])}
    return not any(is_foreign(one, holder) for one in about.values())


def newest_of(found):
    return {one.id: one for one in sorted(found, key=lambda one: one.rev)}


@st.composite
def workbooks(draw, **options):
    """The current entries of a workbook; some that meet, so that covering and references lead somewhere."""
    found = [*draw(entries(max_size=14)), *draw(entries(Kind.ITEM, Kind.ITEM_EVENT, Kind.REVIEW, max_size=8))]
    return [one.model_copy(update={"withdrawn": None}) for one in newest_of(found).values()]


def with_traces(found, audience):
    """The same workbook with traces in all that the audience may not read: entries, and fields that never leave."""
    by_id = {one.id: one for one in found}
    marked = []
    for one in found:
        leaving = fields_marked(type(one), Leaves) if is_readable(one, by_id, audience) else frozenset()
        marked.append(planted(one, type(one).model_fields.keys() - leaving))
    return marked


def readable(found, audience):
    by_id = {one.id: one for one in found}
    return [one for one in found if is_readable(one, by_id, audience)]


# The fields


def test_there_is_something_to_trace_in_every_field_for_words():
    texts = {
        "text",
        "title",
        "name",
        "what",
        "if_then",
        "obstacle",
        "levels",
        "bundle",
        "why_changed",
        "goes_to",
        "label",
    }
    for kind, model in MODELS.items():
        assert texts & model.model_fields.keys() <= plantable(kind).keys()
        assert {"label", "rev", "base", "held_on", "saved_at"} <= plantable(kind).keys()


#: The fields of each kind that stay inside even if the entry itself leaves.
STAYS = {kind: {"base", "saved_at", "settles"} for kind in Kind} | {
    Kind.PARKED: {"kind", "base", "saved_at", "settles", "person", "text", "goes_to"},
    Kind.REFLECTION: {
        *("kind", "visibility", "base", "saved_at", "settles"),
        *("text", "who_spoke_more", "longest_pause", "expires_on"),
    },
    Kind.PREPARATION: {
        *("kind", "visibility", "base", "saved_at", "settles"),
        *("text", "prompts", "pushing", "question", "segment", "expires_on"),
    },
    Kind.RELEASE: {
        *("kind", "visibility", "base", "saved_at", "settles"),
        *("quarter", "submission", "members", "epsilon", "homes", "shares"),
    },
    Kind.REMINDER: {"kind", "visibility", "base", "saved_at", "settles", "text", "segment", "expires_on"},
    Kind.QUESTION: {"kind", "visibility", "base", "saved_at", "settles", "text", "segment"},
    Kind.SEGMENT: {"base", "saved_at", "settles", "asked"},
    Kind.HANDOUT: {"base", "saved_at", "settles", "text"},
    Kind.ITEM: {"base", "saved_at", "settles", "seen"},
    Kind.SESSION: {"base", "saved_at", "settles", "seen"},
    Kind.PERSON: {"base", "saved_at", "settles", "old_words"},
}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_fields_that_stay_inside_are_these(kind):
    assert MODELS[kind].model_fields.keys() - fields_marked(MODELS[kind], Leaves) == STAYS[kind]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in NEVER])
@VERY_COSTLY
@given(st.data())
def test_a_new_field_stays_inside_until_it_is_marked(kind, data):
    opened = {"visibility": Visibility.OPEN, "withdrawn": None}
    one = data.draw(entry(kind)).model_copy(update=opened)
    covers = []
    if above := MODELS[kind].covered_by:
        (kind_above, *_) = sorted(MODELS[kind].covering)
        covers = [data.draw(entry(kind_above)).model_copy(update=opened)]
        one = one.model_copy(update={above: covers[0].id})
    found = frames_of([one, *covers])
    with_new_field = Frames({**found.by_kind, kind: found[kind].assign(mood=PLANTED)})
    for audience in OTHERS:
        shared = share(with_new_field, audience)
        assert len(shared.frames[kind]) == 1
        assert traces(str(shared.records())) == []


@pytest.mark.parametrize("kind", sorted(NEVER))
@VERY_COSTLY
@given(one=st.data())
def test_what_never_leaves_does_not_however_open_it_says_it_is(kind, one):
    hidden = one.draw(entry(kind)).model_copy(update={"visibility": Visibility.OPEN, "withdrawn": None})
    told_of = one.draw(entry(Kind.SEGMENT)).model_copy(
        update={"visibility": Visibility.OPEN, "withdrawn": None, "dreams": (hidden.id,), "becoming": hidden.id}
    )
    found = frames_of([planted(hidden, MODELS[kind].model_fields), told_of])
    for audience in OTHERS:
        shared = share(found, audience).records()
        assert [record["id"] for record in shared] == [told_of.id]
        assert hidden.id not in str(shared)
    assert hidden.id in str(share(found, Audience.HOLDER).records())


def test_a_private_note_of_one_side_cannot_be_opened():
    note = {"kind": "reflection", "id": WORKBOOK, "rev": 1, "author": "coachee", "saved_at": NOW, "text": "Mine."}
    assert parse(note).visibility is Visibility.PRIVATE
    with pytest.raises(InvalidEntryError, match="visibility"):
        parse(note | {"visibility": "pair"})


def test_nothing_but_share_makes_what_may_go_out():
    with pytest.raises(TypeError):
        Shared(frames_of([]), Audience.PAIR)


# What goes out to the pair and to others


@pytest.mark.parametrize("audience", OTHERS)
@COSTLY
@given(found=workbooks())
def test_what_others_may_not_read_leaves_no_trace_in_what_is_shared(audience, found):
    marked = with_traces(found, audience)
    allowed = readable(marked, audience)
    text = exported(marked, audience)
    assert traces(text) == []
    hidden = {one.id for one in marked} - {one.id for one in allowed}
    assert [identity for identity in hidden if identity in text] == []
    assert {record["id"] for record in json.loads(text)["entries"]} == {one.id for one in allowed}
    assert text == exported(allowed, audience)


@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks())
def test_what_others_may_not_read_leaves_no_trace_on_the_page(audience, found):
    marked = with_traces(found, audience)
    with Overheard() as overheard:
        html = page_of(marked, audience)
    assert traces(html) + traces(overheard.text) == []
    assert html == page_of(readable(marked, audience), audience)


@pytest.mark.parametrize("ending", [".csv", ".ics", ".md"])
@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks(), side=st.sampled_from(Side))
def test_what_others_may_not_read_leaves_no_trace_in_any_form(audience, ending, found, side):
    marked = with_traces(found, audience)
    with Overheard() as overheard:
        text = written(marked, audience, ending, side)
    assert traces(text) + traces(overheard.text) == []
    assert text == written(readable(marked, audience), audience, ending, side)


@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks(), side=st.sampled_from(Side))
def test_what_others_may_not_read_leaves_no_trace_in_a_bundle(audience, found, side):
    marked = with_traces(found, audience)
    with Overheard() as overheard:
        text = written(marked, audience, ".zip", side)
    assert traces(text) + traces(overheard.text) == []
    assert text == written(readable(marked, audience), audience, ".zip", side)


@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks())
def test_what_others_may_not_read_leaves_no_trace_in_the_plan(audience, found):
    marked = with_traces(found, audience)
    with Overheard() as overheard:
        html = plan_page_of(marked, audience)
    assert traces(html) + traces(overheard.text) == []
    assert html == plan_page_of(readable(marked, audience), audience)


@VERY_COSTLY
@given(found=workbooks())
def test_what_both_may_not_read_leaves_no_trace_on_the_sheet(found):
    marked = with_traces(found, Audience.PAIR)
    with Overheard() as overheard:
        html = sheet_of(marked)
    assert traces(html) + traces(overheard.text) == []
    assert html == sheet_of(readable(marked, Audience.PAIR))


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks())
def test_what_others_may_not_read_is_not_shown_before_a_copy_is_handed_out(audience, what, found):
    marked = with_traces(found, audience)
    groups = previewed(marked, audience, what)
    assert traces(str([dataclasses.astuple(group) for group in groups])) == []
    assert groups == previewed(readable(marked, audience), audience, what)


@pytest.mark.parametrize("audience", OTHERS)
@VERY_COSTLY
@given(found=workbooks())
def test_what_is_shown_before_an_export_is_what_is_in_it(audience, found):
    lines = [line for group in previewed(found, audience, ".json") for line in group.lines]
    entries = {entry["id"]: entry for entry in json.loads(exported(found, audience))["entries"]}
    assert {line.identity for line in lines} == entries.keys()
    for line in lines:
        said = [words for _, place in places(entries[line.identity]) for words in place.values()]
        in_it = {one for words in said for one in (words if isinstance(words, list) else [words])}
        assert [words for words in line.words if words not in in_it] == []


@pytest.mark.parametrize("ending", [".csv", ".ics", ".md"])
def test_the_holder_finds_their_own_private_promise_in_every_form(ending):
    own = {"kind": "item", "id": WORKBOOK, "rev": 1, "author": "coach", "saved_at": NOW, "held_on": date(2025, 3, 3)}
    found = [parse(own | {"owner": "coach", "what": PLANTED, "by": date(2025, 4, 1)})]
    assert traces(written(found, Audience.HOLDER, ending, Side.COACH))
    assert [traces(written(found, audience, ending, Side.COACH)) for audience in OTHERS] == [[], []]


@VERY_COSTLY
@given(st.data())
def test_the_numbers_of_earlier_revisions_hold_none_that_was_private(data):
    found = data.draw(histories())
    marked = [
        one if one.visibility in {"pair", "open"} and one.kind not in NEVER else planted(one, {"text", "title", "what"})
        for one in found
    ]
    shared = share(frames_of(marked), Audience.PAIR, frames(to_table(marked)))
    private = {(one.id, one.rev) for one in marked if one.visibility == "private"}
    assert [(one, rev) for one, revs in shared.earlier.items() for rev in revs if (one, rev) in private] == []
    assert shared.earlier.keys() <= {record["id"] for record in shared.records()}
    assert traces(interchange.write(shared, WORKBOOK, Side.COACH)) == []


# What a copy may hold


@st.composite
def histories(draw):
    """All revisions of a workbook's entries; what was private may have been opened later, and the reverse."""
    found = draw(workbooks())
    later = draw(st.lists(st.sampled_from(found), max_size=6)) if found else []
    changed = [
        one.model_copy(update={"visibility": draw(st.sampled_from(list(Visibility))), "held_on": draw(DAYS)})
        for one in later
        if one.kind not in NEVER - {Kind.PARKED}
    ]
    return [one.model_copy(update={"rev": rev}) for rev, one in enumerate([*found, *changed], start=1)]


def with_foreign_traces(found, holder):
    newest = newest_of(found)
    # A revision stays one: what is planted in `rev` would make another one the newest.
    hidden = [not may_hold(one, newest, holder) for one in found]
    return [
        planted(one, type(one).model_fields.keys() - {"rev"}) if is_hidden else one
        for one, is_hidden in zip(found, hidden, strict=True)
    ]


@pytest.mark.parametrize("holder", Side)
@COSTLY
@given(found=histories())
def test_a_copy_holds_no_revision_of_what_is_private_to_the_other_side(holder, found):
    marked = with_foreign_traces(found, holder)
    held = holdings(frames(to_table(marked)), holder)
    newest = newest_of(marked)
    expected = sorted((one.id, one.rev) for one in marked if may_hold(one, newest, holder))
    rows = [row for kind in Kind for row in held[kind].to_dict("records")]
    assert sorted((row["id"], row["rev"]) for row in rows) == expected
    assert traces(str(rows)) == []


def everything_on_disk(folder):
    """Names and bytes of all files, and every value of those in Parquet, which its compression would hide."""
    for file in sorted(folder.rglob("*")):
        yield str(file.relative_to(folder))
        if file.is_file():
            yield file.read_bytes().decode("utf-8", "replace")
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            yield str(table.to_pylist())
            yield str(table.schema.metadata)


@pytest.mark.parametrize("holder", Side)
@VERY_COSTLY
@given(found=histories())
def test_the_home_of_a_copy_holds_nothing_that_is_private_to_the_other_side(tmp_path_factory, holder, found):
    folder = tmp_path_factory.mktemp("home")
    marked = with_foreign_traces(found, holder)
    file = folder / "whole.json"
    whole = share(frames(to_table(marked)), Audience.HOLDER)
    file.write_text(interchange.write(whole, WORKBOOK, OTHER[holder]), encoding="utf-8")
    with Overheard() as overheard:
        home = Home(folder / "home", lambda: NOW)
        done = home.import_file(file, holder)
        out = [done.workbook.exported(audience) for audience in Audience]
        out += [*done.warnings, *done.workbook.problems(), str(done)]
    newest = newest_of(marked)
    assert done.added.left_out == sum(not may_hold(one, newest, holder) for one in marked)
    assert [found for text in (*everything_on_disk(home.folder), *out, overheard.text) for found in traces(text)] == []


# The invented years, with what is private in them, and without


def whole(found):
    """Everything that a file brings in."""
    incoming = reader.read("year.json", found, "coachee")
    return [parse({"rev": 1, "saved_at": NOW} | record) for record in incoming.records]


def kept(found, holder):
    """What of a file a copy of `holder` keeps."""
    return [parse(record) for record in records(holdings(frames(to_table(whole(found))), Side(holder)))]


def with_item(visibility, label):
    found = load("demo_year")
    (item,) = [item for item in found["items"] if item["id"] == label]
    item["visibility"] = visibility
    return found


def without_item(label):
    found = load("demo_year")
    found["items"] = [item for item in found["items"] if item["id"] != label]
    for session in found["sessions"]:
        session["opening"]["reviews"] = [one for one in session["opening"]["reviews"] if one["item_id"] != label]
        plan = session["who_does_what_by_when"]
        if plan:
            plan["items_new"] = [one for one in plan["items_new"] if one != label]
    for key in ("open_items", "transferred_to_new_coach"):
        found["handover"][key] = [one for one in found["handover"][key] if one != label]
    return found


ITEMS = {
    item["id"]: "coach_private" if item["owner"] == "C1" else "person_private" for item in load("demo_year")["items"]
}


@pytest.mark.parametrize("label", ITEMS)
def test_an_item_that_is_private_is_as_if_it_had_never_been(label):
    private, absent = whole(with_item(ITEMS[label], label)), whole(without_item(label))
    assert len(private) > len(absent)
    assert exported(private, Audience.PAIR) == exported(absent, Audience.PAIR)


#: One that was moved, one let go, and one of the coach's that is open.
@pytest.mark.parametrize("label", ["I01", "I07", "I19"])
def test_the_page_is_the_same_bytes_with_a_private_item_and_without_it(label):
    private, absent = whole(with_item(ITEMS[label], label)), whole(without_item(label))
    assert page_of(private, Audience.PAIR) == page_of(absent, Audience.PAIR)


@pytest.mark.parametrize("ending", [".csv", ".ics", ".md", ".zip"])
@pytest.mark.parametrize("label", ["I07", "I19"])
def test_every_form_is_the_same_bytes_with_a_private_item_and_without_it(label, ending):
    private, absent = whole(with_item(ITEMS[label], label)), whole(without_item(label))
    for side in Side:
        assert written(private, Audience.PAIR, ending, side) == written(absent, Audience.PAIR, ending, side)


@pytest.mark.parametrize("label", ["I07", "I19"])
def test_the_plan_and_what_is_shown_before_are_the_same_with_a_private_item_and_without_it(label):
    private, absent = whole(with_item(ITEMS[label], label)), whole(without_item(label))
    page_with, page_without = (plan_page_of(found, Audience.PAIR) for found in (private, absent))
    assert page_with == page_without
    passphrase = "seven ravens over the bridge"  # noqa: S105 - opens pages of this test alone
    assert len(protect(page_with, passphrase)) == len(protect(page_without, passphrase))
    for what in KINDS:
        assert previewed(private, Audience.PAIR, what) == previewed(absent, Audience.PAIR, what)


@pytest.mark.parametrize("label", ["I07", "I19"])
def test_what_is_private_to_the_other_side_counts_in_no_figure(label):
    private, absent = with_item(ITEMS[label], label), without_item(label)
    other = "coachee" if ITEMS[label] == "coach_private" else "coach"
    assert figures(frames_of(kept(private, other)), ASOF) == figures(frames_of(kept(absent, other)), ASOF)


def test_two_homes_with_a_private_item_and_without_it_give_the_same_export(tmp_path):
    texts = []
    for name, found in (("with", with_item("coach_private", "I05")), ("without", without_item("I05"))):
        file = write(reader.read("year.json", found, "coach"), tmp_path / f"{name}.json")
        texts.append(Home(tmp_path / name, lambda: NOW).import_file(file).workbook.exported(Audience.PAIR))
    assert texts[0] == texts[1]


def places(found, *steps):
    """Every object of a file, and where it stands."""
    if isinstance(found, dict):
        yield steps, found
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for step, value in inner:
        yield from places(value, *steps, step)


def fill(found, but=()):
    """Plant something in every word of an object and of what is in it, without choices and names of others."""
    for name, value in found.items():
        if isinstance(value, str) and name in {
            "note",
            "text",
            "title",
            "what",
            "words",
            "if_then",
            "reason",
            "plan",
            "goal",
        }:
            found[name] = PLANTED
        elif isinstance(value, dict | list) and name not in but:
            for _, inner in places(value):
                fill(inner)


def with_private_words(name, side):
    """A year in which all that is private to a side, and all that belongs to it, says what can be traced."""
    found = load(name)
    mark = {"coach": "coach_private", "coachee": "person_private"}[side]
    private_items = {item["id"] for item in found["items"] if item.get("visibility") == mark}
    for steps, part in list(places(found)):
        if part.get("visibility") == mark or steps[-1:] == (mark,):
            fill(part)
        if part.get("item_id") in private_items:
            fill(part)
    return found


@pytest.mark.parametrize("holder", Side)
@pytest.mark.parametrize("name", YEARS)
def test_no_private_word_of_a_year_is_in_the_home_of_the_other_side(tmp_path, name, holder):
    file = write(reader.read("year.json", with_private_words(name, OTHER[holder]), holder), tmp_path / "year.json")
    assert traces(file.read_text(encoding="utf-8"))
    home = Home(tmp_path / "home", lambda: NOW)
    with Overheard() as overheard:
        workbook = home.import_file(file, holder).workbook
        out = [workbook.page(Audience.HOLDER, asof=ASOF), workbook.exported()]
    for arguments in (["metrics", workbook.id], ["metrics", workbook.id, "--json"], ["list"], ["check"]):
        run = CliRunner().invoke(app, [*arguments, "--home", str(home.folder)])
        assert run.exit_code == 0
        out.append(run.output)
    assert [found for text in (*everything_on_disk(home.folder), *out, overheard.text) for found in traces(text)] == []


@cache
def frames_of_copy(name, holder):
    return frames_of(kept(load(name), holder))


@pytest.mark.parametrize(
    ("holder", "audience", "lists"),
    [
        (Side.COACH, Audience.HOLDER, ["coach_view"]),
        (Side.COACH, Audience.PAIR, ["coach_view", "person_bundle"]),
        (Side.COACH, Audience.OPEN, ["coach_view", "person_bundle", "org_view"]),
        (Side.COACHEE, Audience.HOLDER, ["person_bundle"]),
        (Side.COACHEE, Audience.PAIR, ["coach_view", "person_bundle"]),
        (Side.COACHEE, Audience.OPEN, ["coach_view", "person_bundle", "org_view"]),
    ],
)
@pytest.mark.parametrize("name", YEARS)
def test_what_a_year_says_must_not_appear_does_not(name, holder, audience, lists):
    shared = share(frames_of_copy(name, holder), audience)
    out = summary_page(shared, asof=ASOF, period=ALL_TIME) + interchange.write(shared, WORKBOOK, holder)
    for side in Side:
        copied = Copy(shared, shared, WORKBOOK, holder, side, ASOF)
        out += "".join(str(FORMS[ending].write(copied)) for ending in (".csv", ".md"))
        out += FORMS[".ics"].write(copied).decode("utf-8").replace("\r\n ", "")
    never = load(name)["must_not_appear"]
    canaries = [canary for listed in [*lists, "any_rendering"] for canary in never.get(listed, [])]
    assert canaries
    assert [canary for canary in canaries if canary in out] == []


@pytest.mark.parametrize("name", YEARS)
@pytest.mark.parametrize(("holder", "listed"), [(Side.COACH, "coach_view"), (Side.COACHEE, "person_bundle")])
def test_what_must_not_appear_is_not_on_the_disk_of_a_copy_either(tmp_path, name, holder, listed):
    import_year(Home(tmp_path, lambda: NOW), name, holder)
    text = "\n".join(everything_on_disk(tmp_path))
    assert [canary for canary in load(name)["must_not_appear"][listed] if canary in text] == []


# Names


def opened_but(*kinds):
    """The demo year with every entry opened for others, except of some kinds, and every person called as planted."""
    found = [one for one in kept(load("demo_year"), "coachee") if one.kind not in NEVER]
    renamed = [one.model_copy(update={"name": PLANTED}) if one.kind is Kind.PERSON else one for one in found]
    return [one if one.kind in kinds else one.model_copy(update={"visibility": Visibility.OPEN}) for one in renamed]


def test_others_read_a_name_only_if_the_person_is_open():
    closed, everything = opened_but(Kind.PERSON), opened_but()
    page = page_of(closed, Audience.OPEN)
    assert traces(page) + traces(exported(closed, Audience.OPEN)) == []
    assert "zq7planted" in page_of(everything, Audience.OPEN)
    assert "I want" in page, "there is something to read without the names"


# Who shared first


def who_shared_first(how, *notes):
    """A session with a part that says how it began, and notes of the coach: words, and who may read them."""
    here = {"session": "01JHQF38000000000000000002", "held_on": date(2025, 3, 3)}
    common = {"rev": 1, "saved_at": NOW, "author": "coach", "visibility": "pair"}
    session = {"kind": "session", "id": here["session"], "held_on": here["held_on"], "number": 1, "label": "S01"}
    part = {"kind": "segment", "id": "01JHQF38000000000000000003", "segment": "yourself", "coach_first": how, **here}
    said = [
        {"kind": "note", "id": f"01JHQF3800000000000000001{place}", "segment": "yourself", "text": text, **here}
        | {"topic": "goal", "visibility": visibility}
        for place, (text, visibility) in enumerate(notes)
    ]
    return [parse(common | record) for record in (session, part, *said)]


@pytest.mark.parametrize(
    ("notes", "line"),
    [
        ([], "shared first."),
        ([("To be home for dinner.", "private")], "shared first."),
        ([("", "private")], "shared first."),
        ([(" ", "pair")], "shared first."),
        ([(" ", "pair"), ("To be home for dinner.", "private")], "shared first."),
        ([("To be home for dinner.", "pair")], "shared first, in writing."),
        ([("To be home for dinner.", "pair"), ("And to sleep.", "private")], "shared first, in writing."),
    ],
    ids=["nothing", "private", "private and blank", "blank", "blank, and private", "shared", "shared, and private"],
)
def test_the_page_neither_doubts_that_the_coach_shared_first_nor_says_that_words_are_left_out(notes, line):
    found = who_shared_first("written", *notes)
    html = page_of(found, Audience.PAIR)
    assert re.search(r'<p class="first">(.*?)</p>', html)[1].endswith(line)
    assert html == page_of(readable(found, Audience.PAIR), Audience.PAIR)


@pytest.mark.parametrize(
    ("notes", "coachs_copy", "coachees_copy"),
    [
        ([("Home for dinner.", "private")], "written", "written"),
        ([("Home for dinner.", "pair")], "written", "written"),
        ([("", "private")], "claimed_but_empty", "written"),
        ([("", "pair")], "claimed_but_empty", "claimed_but_empty"),
        ([], "written", "written"),
    ],
    ids=["private", "shared", "private and blank", "shared and blank", "nothing"],
)
def test_no_figure_calls_empty_what_is_only_private_to_the_coach(notes, coachs_copy, coachees_copy):
    found = frames_of(who_shared_first("written", *notes))
    for holder, how in ((Side.COACH, coachs_copy), (Side.COACHEE, coachees_copy)):
        assert figures(holdings(found, holder), ASOF)["coach_first"]["part1"] == {how: 1}


# What is said together


def test_what_is_kept_in_one_act_has_no_gaps_that_count_what_is_private():
    notes = who_shared_first("written", *[(f"Word {place}.", "private" if place % 2 else "pair") for place in range(6)])
    said = {one.id: one.model_dump(exclude={"rev", "base", "saved_at", "settles"}) for one in notes}
    revs = iter(range(7, 100))
    kept_together = revise(said, {}, {}, next_rev=lambda: next(revs), saved_at=NOW)
    assert {one.rev for one in kept_together.values()} == {7}


# Errors and warnings


def everything_an_error_says(error):
    return "".join(traceback.format_exception(error)) + str(error) + repr(error) + str(vars(error))


#: What no field but one for words takes, with something to trace in it.
WRONG = st.sampled_from([[PLANTED], {"words": PLANTED}, (PLANTED, 1), PLANTED, 7134908215.5, object])


@pytest.mark.parametrize("kind", list(Kind))
@COSTLY
@given(st.data())
def test_no_error_about_an_entry_quotes_a_value(kind, data):
    record = data.draw(entry(kind)).model_dump()
    record |= {name: value for name, value in plantable(kind).items() if name not in {"rev", "saved_at"}}
    name = data.draw(st.sampled_from(sorted(record)))
    said = ""
    try:
        parse(record | {name: data.draw(WRONG)})
    except InvalidEntryError as error:
        said = everything_an_error_says(error)
    assert traces(said) == []


@cache
def year_as_workbook(name):
    """A year as a file in the workbook's own form says it."""
    with TemporaryDirectory() as folder:
        return write(read_year(name), Path(folder) / "year.json").read_text(encoding="utf-8")


@cache
def leaves(name):
    """Where words and numbers stand in a year: all that a mistake could fall on."""
    return [
        (*steps, key)
        for steps, part in places(json.loads(year_as_workbook(name)))
        for key, value in part.items()
        if not isinstance(value, dict | list)
    ]


def said_of(found, folder):
    """All that is said, printed and logged when a file with this in it is read."""
    file = folder / "in.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    said = []
    with Overheard() as overheard:
        try:
            said += interchange.read(file).warnings
        except CoachingError as error:
            said.append(everything_an_error_says(error))
    return "\n".join([*said, overheard.text])


MISTAKES = st.sampled_from([[PLANTED], {"words": [PLANTED]}, PLANTED, 7134908215, 71349082.15])


@given(st.data())
def test_no_error_or_warning_about_a_file_quotes_a_value(tmp_path_factory, data):
    name = data.draw(st.sampled_from(YEARS))
    found = json.loads(year_as_workbook(name))
    *steps, last = data.draw(st.sampled_from(leaves(name)))
    part = found
    for step in steps:
        part = part[step]
    part[last] = data.draw(MISTAKES)
    assert traces(said_of(found, tmp_path_factory.mktemp("in"))) == []


@given(st.data())
def test_no_error_about_an_export_quotes_a_value(tmp_path_factory, data):
    kind = data.draw(st.sampled_from(list(Kind)))
    one = planted(data.draw(entry(kind)), MODELS[kind].model_fields)
    whole = json.loads(interchange.write(share(frames_of([one]), Audience.HOLDER), WORKBOOK, "coach"))
    for record in whole["entries"]:
        record[data.draw(st.sampled_from(sorted(record)))] = data.draw(MISTAKES)
    assert traces(said_of(whole, tmp_path_factory.mktemp("in"))) == []


@COSTLY
@given(text=words(), cut=st.integers(1, 600), data=st.data())
def test_no_error_about_a_damaged_export_quotes_a_value(tmp_path_factory, text, cut, data):
    one = planted(data.draw(entry(Kind.NOTE)), {"text"})
    whole = interchange.write(share(frames_of([one]), Audience.HOLDER), WORKBOOK, "coach")
    file = tmp_path_factory.mktemp("in") / "damaged.json"
    damaged = whole[:cut] + text + whole[cut:] if data.draw(st.booleans()) else whole[:cut]
    file.write_text(damaged, encoding="utf-8")
    with Overheard() as overheard:
        try:
            said = str(Home(file.parent / "home", lambda: NOW).import_file(file).warnings)
        except CoachingError as error:
            said = everything_an_error_says(error)
    # A key that was broken is named; the words that stand there are not.
    assert traces(said + overheard.text) == []


def test_an_entry_that_cannot_be_kept_is_named_by_its_label_and_by_nothing_that_only_looks_like_one(tmp_path):
    item = {"kind": "item", "id": WORKBOOK, "author": "coach", "by": PLANTED}
    workbook = Home(tmp_path, lambda: NOW).create("Ada").workbook
    for label, name in (("I07", "item I07"), (PLANTED, f"item {WORKBOOK}"), (None, f"item {WORKBOOK}")):
        with pytest.raises(CoachingError) as caught:
            workbook.add([item | {"label": label}])
        assert f"{name} cannot be kept" in str(caught.value)
        assert traces(everything_an_error_says(caught.value)) == []


# What is printed of things by mistake


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A coach's home whose workbook says what can be traced wherever somebody could write."""
    folder = tmp_path_factory.mktemp("home")
    found = load("demo_year")
    fill(found)
    file = write(reader.read("year.json", found, "coach"), folder / "year.json")
    home = Home(folder / "home", lambda: NOW)
    home.import_file(file)
    return home


def test_a_thing_that_is_printed_says_nothing_of_what_is_in_it(lived_in):
    (workbook,) = lived_in.workbooks()
    assert traces(workbook.exported())
    desk = Desk(lived_in)
    session = SessionForms(desk)
    review = Review(lived_in)
    snapshot = workbook._ledger.store.read()
    forms = [session.beginning(), session.opening(), session.yourself(), session.dreams(), session.closing()]
    pieces = [review.choose(), review.letter(), review.mission(), review.promises()]
    things = [
        *(
            lived_in,
            workbook,
            workbook._ledger.store,
            snapshot,
            workbook.frames(),
            desk,
            session,
            review,
            *forms,
            *pieces,
        ),
        *(workbook.shared(audience) for audience in Audience),
        *(workbook.open_session(), workbook.sessions(), interchange.read(lived_in.folder.parent / "year.json")),
        *workbook._ledger.latest().values(),
    ]
    assert [thing for thing in things for text in ways_to_print(thing) if traces(text)] == []
    assert [widget for widget in (*forms, *pieces) if traces(str(widget.get_state()))] == []


@pytest.mark.parametrize("kind", list(Kind))
@VERY_COSTLY
@given(st.data())
def test_no_entry_prints_its_words(kind, data):
    one = planted(data.draw(entry(kind)), MODELS[kind].model_fields)
    assert [text for text in ways_to_print(one) if traces(text) or "7134" in text] == []


# Names of files, and notebooks


def test_names_of_files_and_the_card_of_a_workbook_say_nothing(lived_in):
    (workbook,) = lived_in.workbooks()
    folder = lived_in.folder / workbook.id
    assert traces("\n".join(str(file.relative_to(lived_in.folder)) for file in lived_in.folder.rglob("*"))) == []
    card = json.loads((folder / "workbook.json").read_text(encoding="utf-8"))
    assert all(map(IDENTITY.fullmatch, card.pop("files")))
    assert card == {"format": 1, "workbook": workbook.id, "holder": "coach", "key": None, "changes": 1}


def test_what_a_home_remembers_beside_its_workbooks_is_ids_and_numbers(lived_in):
    beside = [file for file in (lived_in.folder / FOLDER).iterdir() if file.name != "reserve"]  # that is chance
    remembered = [file.read_bytes() for file in beside]
    assert any(remembered)
    assert [data for data in remembered if not re.fullmatch(rb"[0-9A-HJKMNP-TV-Z.\n]*", data)] == []


def fields_for_words(blocks, prefix=""):
    """Yield the names of all fields of a form that take words, with a row of each group to which some can be added."""
    for block in blocks:
        name = f"{prefix}{block.get('name', '')}"
        if block["type"] == "text":
            yield name
        elif block["type"] in {"rows", "outcomes"}:
            for key in [row["key"] for row in block["fixed"]] or [derived_id(ASOF, "a row", name)]:
                yield from fields_for_words(block["blocks"], f"{name}.{key}.")
        else:
            yield from fields_for_words(block.get("blocks", ()), prefix)


def test_what_is_typed_into_the_forms_is_in_the_workbook_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(comm, "create_comm", Wire)
    monkeypatch.setattr(logging.getLogger("Comm"), "level", logging.INFO)  # below it, comm itself tells all messages
    home = Home(tmp_path / "home", lambda: NOW)
    home.create(PLANTED, PLANTED)
    notebooks = lay_out(home.folder)
    kernel = Kernel(home)
    with Overheard() as overheard:
        for form in ALL_FORMS[1:]:
            view = kernel.view(form)
            view.type({"decision": "not_yet"} if form == "dreams" else {"becoming": "new"})
            view.type(dict.fromkeys(fields_for_words(view.form["blocks"]), PLANTED))
            assert view.unacknowledged == {}
    own = home.workbooks()[0].open_session().own
    assert {(one.kind, getattr(one, "topic", None)) for one in own if traces(repr(one.content()))} >= {
        *((Kind.NOTE, topic) for topic in set(Topic) - {Topic.QUESTION, Topic.WIN, Topic.SHOWED}),
        *((kind, None) for kind in (Kind.AGREEMENT, Kind.DREAM, Kind.BECOMING, Kind.STRENGTH, Kind.SUPPORTER)),
        *((kind, None) for kind in (Kind.ITEM, Kind.REFLECTION, Kind.PARKED, Kind.PREPARATION)),
    }
    for form in ALL_FORMS:
        overheard.write(str(getattr(kernel.forms, form)()._repr_mimebundle_()[0]))
    assert traces(overheard.text) == []
    names = [str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*")]
    beside = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".parquet"]
    assert {file.parent for file in beside} >= {notebooks}
    assert [file for file in beside if traces(file.read_bytes().decode("utf-8", "replace"))] == []
    assert traces("\n".join(names)) == []


@st.composite
def outputs(draw):
    """What a cell may have shown: every form of output that a notebook file knows."""
    data = dict.fromkeys(draw(st.sets(st.sampled_from(["text/plain", "text/html", "image/svg+xml"]))), PLANTED)
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    shown = {"output_type": "display_data", "data": data | view, "metadata": {"words": PLANTED}}
    error = {"output_type": "error", "ename": "E", "evalue": PLANTED, "traceback": [PLANTED]}
    return draw(st.sampled_from([shown, {"output_type": "stream", "name": "stdout", "text": PLANTED}, error]))


@given(shown=st.lists(outputs(), max_size=4), state=st.booleans())
def test_no_notebook_is_saved_with_what_its_forms_showed(shown, state):
    for file in sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb")):
        clean = json.loads(file.read_text(encoding="utf-8"))
        used = copy.deepcopy(clean)
        code = [cell for cell in used["cells"] if cell["cell_type"] == "code"]
        for cell in code:
            cell |= {"outputs": copy.deepcopy(shown), "execution_count": 7134}
        if state:
            used["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"1": PLANTED}}}
        before_save({"type": "notebook", "content": used})
        assert used == clean


def test_a_dataframe_of_what_others_may_not_read_is_empty_and_not_masked():
    """A mask could be lifted: what is left out is not there at all."""
    found = who_shared_first("written", (PLANTED, "private"))
    shared = share(frames_of(found), Audience.PAIR)
    assert shared.frames["note"].empty
    everywhere = pd.concat([frame.astype(str) for frame in shared.frames.by_kind.values()])
    assert traces(everywhere.to_string()) == []


@pytest.mark.parametrize("kind", list(ThreadKind))
def test_a_private_thread_leaves_no_trace_in_what_serves_it_or_tells_of_it(kind):
    made = {"rev": 1, "saved_at": NOW, "held_on": ASOF, "author": Side.COACHEE, "visibility": Visibility.PAIR}
    thread, item, line = ids_of("thread", "item", "line")
    served = {"kind": "item", "id": item, "what": "Close at nine", "owner": "coachee", "by": ASOF} | made
    without = [parse(served)]
    told = {"id": thread, "text": PLANTED} | made | {"visibility": Visibility.PRIVATE}
    if kind in {ThreadKind.DREAM, ThreadKind.BECOMING}:
        private = parse(told | {"kind": kind.value, f"{kind}_status": "active"})
    else:
        private = parse(told | {"kind": "note", "segment": "yourself", "topic": kind.value})
    serves = {kind.value: thread} if kind in {ThreadKind.DREAM, ThreadKind.BECOMING} else {"goal": thread}
    status = LIVES[kind][-1].value
    progress = {"kind": "progress", "id": line, "about": thread, "status": status, "text": PLANTED} | made
    having_had = [parse(served | serves), private, parse(progress)]
    for audience in OTHERS:
        for make in (exported, plan_page_of, page_of):
            assert make(having_had, audience) == make(without, audience)
        for ending in (".md", ".csv", ".zip", ".ics"):
            assert written(having_had, audience, ending) == written(without, audience, ending)


def ids_of(*names):
    return [derived_id(None, name) for name in names]
