"""The person's own copy: what goes back and forth between two homes in bundles, and what never does."""

import itertools
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from coaching.errors import CoachingError, LockedError
from coaching.model.ids import derived_id
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from tests.unit.store.samples import cheap_locks

CANARY = "I never told anybody"


class Pair:
    """The coach's home and the coachee's, on two computers whose clocks agree."""

    def __init__(self, folder):
        self.folder = folder
        self.moments = (datetime(2025, 3, 4, 9, 30, tzinfo=UTC) + timedelta(minutes=n) for n in itertools.count())
        self.ahead = dict.fromkeys(Side, timedelta(0))
        self.homes = {
            side: Home(folder / side, lambda side=side: next(self.moments) + self.ahead[side]) for side in Side
        }
        self.homes[Side.COACH].create("Maya", "Ana")
        self.bundles = 0

    def __getitem__(self, side):
        (workbook,) = self.homes[Side(side)].workbooks()
        return workbook

    def bundle(self, side):
        self.bundles += 1
        file = self.folder / f"bundle {self.bundles}.zip"
        self[side].write_export(file)
        return file

    def send(self, side):
        """One side exports a bundle, the other brings it in."""
        file = self.bundle(side)
        return self.homes[Side.COACHEE if side == "coach" else Side.COACH].import_file(file)

    def says(self, side, name, text, **fields):
        workbook = self[side]
        note = {"kind": "note", "id": derived_id(None, name), "author": side, "visibility": "pair", "text": text}
        workbook.add([note | {"segment": "dreams", "topic": "dream"} | fields])

    def edits(self, side, name, text, **fields):
        """Change an entry as the forms do: from what is known here."""
        workbook = self[side]
        context = workbook.open_session()
        known = context.earlier.get(derived_id(None, name)) or next(
            e for e in context.own if e.id == derived_id(None, name)
        )
        workbook.keep(context.session, {known.id: known.content() | {"text": text} | fields})
        workbook.close(context.session)

    def notes(self, side):
        return sorted(self[side].frames()["note"]["text"])

    def conflicts(self, side):
        return {tuple(entry.text for entry in others) for others in self[side].upkeep.conflicts().values()}


@pytest.fixture
def pair(tmp_path):
    return Pair(tmp_path)


def test_a_bundle_makes_the_coachees_copy(pair):
    pair.says("coach", "a", "words")
    done = pair.send("coach")
    assert (done.workbook.holder, done.workbook.name) == (Side.COACHEE, "Maya")
    assert done.workbook.id != pair["coach"].id
    assert (done.added.left_out, done.warnings) == (0, ())
    assert pair.notes("coachee") == ["words"]


def test_the_same_bundle_again_changes_nothing(pair):
    pair.says("coach", "a", "words")
    file = pair.bundle("coach")
    first = pair.homes[Side.COACHEE].import_file(file)
    again = pair.homes[Side.COACHEE].import_file(file)
    assert (again.added.new, again.added.known) == (0, first.added.new)
    assert pair["coachee"].exported() == first.workbook.exported()


def test_a_bundle_that_comes_back_goes_into_the_coachs_copy(pair):
    pair.send("coach")
    pair.says("coachee", "b", "from Maya")
    done = pair.send("coachee")
    assert (done.workbook.id, done.workbook.holder) == (pair["coach"].id, Side.COACH)
    assert pair.notes("coach") == ["from Maya"]


def test_both_carry_on_and_nothing_is_lost(pair):
    pair.says("coach", "a", "first")
    pair.send("coach")
    for turn in range(3):
        pair.edits("coachee", "a", f"Maya {turn}")
        pair.says("coachee", f"m{turn}", f"new from Maya {turn}")
        pair.says("coach", f"c{turn}", f"new from Ana {turn}")
        pair.send("coachee")
        pair.edits("coach", "a", f"Ana {turn}")
        pair.send("coach")
    expected = sorted(["Ana 2", *(f"new from {who} {turn}" for who in ("Ana", "Maya") for turn in range(3))])
    assert pair.notes("coach") == pair.notes("coachee") == expected
    assert pair.conflicts("coach") == pair.conflicts("coachee") == set()
    said = [entry.text for entry in pair["coach"].upkeep.history(derived_id(None, "a"))]
    assert said == ["Ana 2", "Maya 2", "Ana 1", "Maya 1", "Ana 0", "Maya 0", "first"]


def test_several_changes_on_one_side_between_two_bundles_are_no_conflict(pair):
    pair.says("coach", "a", "first")
    pair.send("coach")
    for text in ("second", "third", "fourth"):
        pair.edits("coachee", "a", text)
    pair.send("coachee")
    assert pair.notes("coach") == ["fourth"]
    assert pair.conflicts("coach") == set()


def test_an_old_bundle_undoes_nothing(pair):
    pair.says("coach", "a", "first")
    old = pair.bundle("coach")
    pair.homes[Side.COACHEE].import_file(old)
    pair.edits("coachee", "a", "second")
    assert pair.homes[Side.COACHEE].import_file(old).added.new == 0
    assert pair.notes("coachee") == ["second"]


@pytest.mark.parametrize("first", ["coach", "coachee"])
def test_what_both_changed_at_once_is_a_conflict_on_both_sides_until_one_of_them_chooses(pair, first):
    pair.says("coach", "a", "first")
    pair.send("coach")
    other = "coachee" if first == "coach" else "coach"
    pair.edits(first, "a", f"by the {first}")
    pair.edits(other, "a", f"by the {other}")
    for side in (first, other, first, other):
        pair.send(side)
    assert pair.conflicts("coach") == pair.conflicts("coachee") == {(f"by the {first}",)}
    workbook = pair["coachee"]
    context = workbook.open_session()
    identity = derived_id(None, "a")
    ((mine,),) = workbook.upkeep.conflicts().values()
    chosen = {identity: context.earlier[identity].content() | {"text": "chosen"}}
    workbook.keep(context.session, chosen, {identity: (mine.rev,)})
    workbook.close(context.session)
    pair.send("coachee")
    assert pair.notes("coach") == pair.notes("coachee") == ["chosen"]
    assert pair.conflicts("coach") == pair.conflicts("coachee") == set()


def test_what_is_private_to_the_coach_is_never_in_the_coachees_copy(pair):
    pair.says("coach", "a", CANARY, visibility="private")
    pair.says("coach", "b", "for both")
    done = pair.send("coach")
    assert done.added.left_out == 0
    assert pair.notes("coachee") == ["for both"]
    assert CANARY not in done.workbook.exported()


def test_the_coachees_own_private_words_are_not_in_their_bundle(pair):
    pair.send("coach")
    pair.says("coachee", "mine", CANARY, visibility="private")
    done = pair.send("coachee")
    assert (done.added.new, done.added.left_out) == (0, 0)
    with zipfile.ZipFile(pair.bundle("coachee")) as bundle:
        assert not any(CANARY.encode() in bundle.read(name) for name in bundle.namelist())
    assert pair.notes("coachee") == [CANARY]


def test_a_coachs_import_leaves_out_what_the_coachee_keeps_private_and_says_how_much(pair, tmp_path):
    pair.send("coach")
    pair.says("coachee", "mine", CANARY, visibility="private")
    pair.says("coachee", "mine too", CANARY, visibility="private")
    pair["coachee"].write_export(tmp_path / "everything.json", Recipient(Audience.HOLDER))
    assert CANARY in (tmp_path / "everything.json").read_text()
    done = pair.homes[Side.COACH].import_file(tmp_path / "everything.json", Side.COACH)
    assert (done.workbook.id, done.added.left_out, done.added.new) == (pair["coach"].id, 2, 0)
    assert CANARY not in pair["coach"].exported()


def test_a_forged_bundle_brings_no_private_words_of_the_other_side(pair, tmp_path):
    pair.says("coach", "a", CANARY, visibility="private")
    pair["coach"].write_export(tmp_path / "whole.json", Recipient(Audience.HOLDER))
    with zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged:
        forged.writestr("workbook.json", (tmp_path / "whole.json").read_text())
    done = pair.homes[Side.COACHEE].import_file(tmp_path / "forged.zip")
    assert done.added.left_out == 1
    assert CANARY not in done.workbook.exported()


def test_what_a_copy_could_not_say_is_not_lost_when_it_comes_back(pair):
    """A link to a private dream, and a question that stays inside: the other side edits the entry without them."""
    dream, part = derived_id(None, "dream"), derived_id(None, "part")
    hidden = {"kind": "dream", "id": dream, "author": "coach", "visibility": "private", "title": CANARY}
    about = {"kind": "segment", "id": part, "author": "coach", "visibility": "pair", "segment": "dreams"}
    pair["coach"].add([hidden, about | {"dreams": (dream,), "becoming": dream, "asked": "What do you love?"}])
    pair.send("coach")
    assert pair["coachee"].frames()["segment"]["dreams"].tolist() == [None]
    workbook = pair["coachee"]
    context = workbook.open_session()
    workbook.keep(context.session, {part: context.earlier[part].content() | {"coachee_passed": True}})
    workbook.close(context.session)
    pair.send("coachee")
    (row,) = pair["coach"].frames()["segment"].to_dict("records")
    assert (row["dreams"], row["becoming"], row["asked"]) == ((dream,), dream, "What do you love?")
    assert bool(row["coachee_passed"])
    assert dream not in pair["coachee"].exported()


def test_only_the_numbers_of_earlier_revisions_that_the_other_could_have_read_go_along(pair):
    pair.says("coach", "a", CANARY, visibility="private")
    for text in ("second", "third"):
        pair.edits("coach", "a", text, visibility="pair")
    whole = json.loads(pair["coach"].exported(Audience.PAIR))
    private, second, third = sorted(entry.rev for entry in pair["coach"].upkeep.history(derived_id(None, "a")))
    assert whole["earlier"][derived_id(None, "a")] == [second]
    assert [entry["rev"] for entry in whole["entries"] if entry["kind"] == "note"] == [third]
    assert str(private) not in json.dumps(whole)
    assert "earlier" not in json.loads(pair["coach"].exported(Audience.OPEN))


def edited_at_once(pair, here, there, began):
    """Both edit an entry without knowing of each other, the coach first; the coachee's bundle comes to the coach."""
    pair.says("coach", "a", "first", visibility=began)
    pair.send("coach")
    pair.edits("coach", "a", "by the coach", visibility=here)
    pair.edits("coachee", "a", "by the coachee", visibility=there)
    return pair.send("coachee")


def newest(pair, side):
    return pair[side].upkeep.history(derived_id(None, "a"))[0]


@pytest.mark.parametrize(
    ("began", "here", "there", "stays"),
    [
        ("open", "pair", "open", "pair"),
        ("open", "private", "open", "private"),
        ("pair", "private", "pair", "private"),
        ("pair", "pair", "open", "pair"),
        ("open", "open", "pair", "pair"),
        ("open", "open", "open", "open"),
    ],
)
def test_of_two_visibilities_said_at_once_the_narrower_stays_and_no_words_are_lost(pair, began, here, there, stays):
    done = edited_at_once(pair, here, there, began)
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("by the coachee", stays)
    assert pair.conflicts("coach") == {("by the coach",)}
    assert done.added.new == 1
    for audience, may_read in ((Audience.PAIR, stays != "private"), (Audience.OPEN, stays == "open")):
        assert ("by the coachee" in pair["coach"].exported(audience)) is may_read


def test_what_was_closed_stays_closed_where_the_wider_words_are_the_newer_ones_here(pair):
    pair.says("coach", "a", "first", visibility="open")
    pair.send("coach")
    pair.edits("coachee", "a", "first", visibility="pair")
    pair.edits("coach", "a", "second")
    pair.send("coachee")
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("second", "pair")


@pytest.mark.parametrize(("began", "closed"), [("open", "pair"), ("pair", "private")])
def test_what_stayed_closed_is_not_opened_by_the_next_edit_of_the_other_copy_either(pair, began, closed):
    edited_at_once(pair, closed, began, began)
    pair.edits("coachee", "a", "again by the coachee")
    pair.send("coachee")
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("again by the coachee", closed)


def test_the_other_copy_learns_that_it_is_closed_and_either_may_open_it_again(pair):
    edited_at_once(pair, "pair", "open", "open")
    pair.send("coach")
    assert newest(pair, "coachee").visibility == "pair"
    pair.edits("coachee", "a", "opened again", visibility="open")
    pair.send("coachee")
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("opened again", "open")


def test_who_chose_to_open_it_is_not_overruled_by_an_edit_that_follows(pair):
    edited_at_once(pair, "pair", "open", "open")
    pair.edits("coach", "a", "chosen", visibility="open")
    pair.send("coach")
    pair.edits("coachee", "a", "later")
    pair.send("coachee")
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("later", "open")


def test_what_stayed_closed_is_the_newest_even_if_the_clock_of_the_other_copy_is_ahead(pair):
    pair.says("coach", "a", "first", visibility="open")
    pair.send("coach")
    pair.ahead[Side.COACHEE] = timedelta(days=1)
    pair.edits("coach", "a", "by the coach", visibility="pair")
    pair.edits("coachee", "a", "by the coachee")
    pair.send("coachee")
    assert (newest(pair, "coach").text, newest(pair, "coach").visibility) == ("by the coachee", "pair")


CAME_IN = r"^What came last came in with a file, and was not said here: it cannot be undone\."


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=1)])
@pytest.mark.parametrize("count", [1, 4])
def test_of_what_came_in_with_a_bundle_no_part_is_undone(pair, count, ahead):
    pair.says("coach", "a", "first")
    pair.send("coach")
    pair.ahead[Side.COACHEE] = ahead
    for number in range(count):
        pair.says("coachee", f"m{number}", f"from Maya {number}")
    pair.send("coachee")
    before = pair["coach"].exported()
    with pytest.raises(CoachingError, match=CAME_IN):
        pair["coach"].upkeep.undo()
    assert pair["coach"].exported() == before


def test_an_own_act_before_a_bundle_came_in_is_not_undone_instead_of_it(pair):
    pair.send("coach")
    pair.says("coachee", "m", "from Maya")
    pair.says("coach", "a", "from Ana")
    pair.send("coachee")
    with pytest.raises(CoachingError, match=CAME_IN):
        pair["coach"].upkeep.undo()
    assert pair.notes("coach") == ["from Ana", "from Maya"]


def test_that_something_stayed_closed_is_not_undone(pair):
    edited_at_once(pair, "pair", "open", "open")
    with pytest.raises(CoachingError, match=CAME_IN):
        pair["coach"].upkeep.undo()
    assert newest(pair, "coach").visibility == "pair"


def test_an_own_act_after_a_bundle_came_in_is_undone_and_comes_back(pair):
    pair.send("coach")
    for number in range(2):
        pair.says("coachee", f"m{number}", "from Maya")
    pair.send("coachee")
    pair.says("coach", "a", "from Ana")
    assert [entry.text for entry in pair["coach"].upkeep.undo()] == ["from Ana"]
    assert [entry.text for entry in pair["coach"].upkeep.undo()] == [None]
    assert pair.notes("coach") == ["from Ana", "from Maya", "from Maya"]


def test_a_bundle_that_brings_nothing_new_stands_in_the_way_of_no_undoing(pair):
    pair.says("coach", "a", "from Ana")
    pair.send("coach")
    pair.send("coachee")
    assert [entry.text for entry in pair["coach"].upkeep.undo()] == ["from Ana"]


def test_a_bundle_for_a_locked_workbook_waits_for_its_passphrase(pair, tmp_path):
    with cheap_locks():
        locked = Home(tmp_path / "locked", lambda: next(pair.moments))
        locked.import_file(pair.bundle("coach"), passphrase=lambda: "a passphrase of some length")
        before = sorted((path, path.read_bytes()) for path in locked.folder.rglob("*") if path.is_file())
        with pytest.raises(LockedError):
            Home(tmp_path / "locked").import_file(pair.bundle("coach"))
    assert sorted((path, path.read_bytes()) for path in locked.folder.rglob("*") if path.is_file()) == before
