"""Every line of a Markdown text that is a check box becomes a task, or is remarked on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.markdown import read_check_list
from tests.strategies import words
from tests.unit.formats.task_lists.listing import PARTIES, SEEN_ON, accounted_for, day, remarks

DUE = "2026-03-11"
UNCLEAR = "'due' is not followed by a day that can be told for sure, such as 2026-03-11; it stays in the words"


def read(text):
    return read_check_list(text, "a.md", SEEN_ON, PARTIES)


def only(text):
    (task,) = read(text).tasks
    return task


@pytest.mark.parametrize(
    ("sign", "state"),
    [
        (" ", "open"),
        (">", "open"),
        ("<", "open"),
        ("/", "partly"),
        ("~", "partly"),
        ("x", "done"),
        ("X", "done"),
        ("-", "let_go"),
        ("?", "open"),
        ("!", "open"),
        ("D", "open"),
    ],
)
def test_the_sign_in_the_box_says_how_it_stands(sign, state):
    assert only(f"- [{sign}] Book a room").state == state


@pytest.mark.parametrize("begin", ["- ", "* ", "+ ", "1. ", "12) ", "    - ", "\t* ", "> - ", "", "-"])
def test_a_box_stands_in_any_list(begin):
    task = only(f"prose\n\n{begin}[x] Book a  room")
    assert (task.what, task.state, str(task.place)) == ("Book a room", "done", "a.md:3")


@pytest.mark.parametrize(
    "mark",
    [
        f"📅 {DUE}", f"📅{DUE}", f"📆 {DUE}", f"🗓️ {DUE}", f"due:{DUE}", f"due: {DUE}", f"Due:{DUE}",
        f"[due:: {DUE}]", f"(due::{DUE})", f"[due:: {DUE}T10:00]", "fällig: 11.03.2026",
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["{} Book a room", "Book {} a room", "Book a room {}", "Book a room ⏫ {} #task ^a1"])
def test_a_due_date_is_taken_out_of_the_words_wherever_it_stands(mark, line):
    task = only(f"- [ ] {line.format(mark)}")
    assert (task.what, task.by) == ("Book a room", day(DUE))


@pytest.mark.parametrize(
    ("line", "agreed", "closed_on"),
    [
        ("- [x] Read ✅ 2026-03-10 ➕ 2026-03-01", "2026-03-01", "2026-03-10"),
        ("- [x] Read ✅2026-03-10➕2026-03-01", "2026-03-01", "2026-03-10"),
        ("- [x] Read [completion:: 2026-03-10] [created:: 2026-03-01]", "2026-03-01", "2026-03-10"),
        ("- [-] Read ❌ 2026-03-10 [created:: 2026-03-01]", "2026-03-01", "2026-03-10"),
        ("- [-] Read (cancelled:: 2026-03-10) ➕ 2026-03-01", "2026-03-01", "2026-03-10"),
    ],
)
def test_marks_say_when_it_was_written_down_and_closed(line, agreed, closed_on):
    task = only(line)
    assert (task.what, task.agreed, task.closed_on) == ("Read", day(agreed), day(closed_on))


@pytest.mark.parametrize("mark", ["🔁 every week", "[repeat:: every week]"])
def test_what_repeats_is_known(mark):
    task = only(f"- [ ] Book a room {mark} 📅 {DUE}")
    assert (task.what, task.by, task.repeats) == ("Book a room", day(DUE), True)


@pytest.mark.parametrize(
    ("line", "owner", "what"),
    [
        ("Book a room", "coachee", "Book a room"),
        ("Book a room @coach", "coach", "Book a room"),
        ("@Tom Book a room", "coach", "Book a room"),
        ("Book a room @me", "coach", "Book a room"),
        (f"Book a room @tom brandt 📅 {DUE}", "coach", "Book a room"),
        ("@Maha: book a room", "coachee", "book a room"),
        ("Ask @Tom, then book", "coach", "Ask @Tom, then book"),
        ("Write to tom@coach.example", "coachee", "Write to tom@coach.example"),
        ("Ask @Lena", "coachee", "Ask @Lena"),
    ],
)
def test_an_at_says_whose_it_is(line, owner, what):
    task = only(f"- [ ] {line}")
    assert (task.owner, task.what) == (owner, what)


def test_under_a_heading_that_is_a_name_it_is_theirs_until_the_next_of_its_rank():
    text = "# Tom\n- [ ] a\n## Work\n- [ ] b\n- [ ] c @Maha\n# Other\n- [ ] d\n## **Coach:**\n- [ ] e"
    assert [task.owner for task in read(text).tasks] == ["coach", "coach", "coachee", "coachee", "coach"]


def test_lines_that_go_on_further_in_are_part_of_it():
    text = "- [ ] Apply for\n  the certificate\n  📅 2026-03-11\n  - [ ] and ask\n- [x] Read\nnot a part"
    assert [(task.what, task.by) for task in read(text).tasks] == [
        ("Apply for the certificate", day(DUE)), ("and ask", None), ("Read", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n- [ ]", 2, "a box without words, not read"),
        (f"- [ ] 📅 {DUE}", 1, "a box without words, not read"),
        ("- [] CANARY", 1, "looks like a check box, and is none: write '- [ ] ' or '- [x] ' before the words"),
        ("- [x]CANARY", 1, "looks like a check box, and is none: write '- [ ] ' or '- [x] ' before the words"),
        ("```\n- [ ] CANARY\n```", 2, "stands in a block of code, not read"),
        ("- [ ] " + "CANARY" * 2000, 1, "longer than 10000 characters, not read"),
    ],
)
def test_what_is_not_read_is_named_with_its_words(text, line, said):
    found = read(text)
    assert (found.tasks, remarks(found)) == ((), [(line, said)])
    (remark,) = found.remarks
    assert remark.is_unread
    assert remark.words == ("" if len(text) > 10_000 else " ".join(text.split("\n")[line - 1].split()))
    assert "CANARY" not in repr(remark)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- [ ] a 📅 2026-02-30", UNCLEAR),
        ("- [ ] a due:tomorrow", UNCLEAR),
        ("- [x] a ✅ 2026-13-01", UNCLEAR.replace("due", "done")),
        ("- [?] a", "its box holds a sign that is not known; taken as open"),
        ("- [ ] a 📅 by:1/2", UNCLEAR),
        (f"- [ ] a ⏳ {DUE}", "without a due date: the day it is scheduled is taken"),
        (f"- [ ] a 🛫 {DUE}", "the day it may start is not kept"),
        (f"- [ ] a ✅ {DUE}", "has a day for 'done', but its box does not say so; the box is taken"),
    ],
)
def test_what_is_read_with_a_doubt_is_remarked_on(line, said):
    found = read(line)
    assert len(found.tasks) == 1
    assert remarks(found) == [(1, said)]


@pytest.mark.parametrize(
    "line", ["[x](https://a.example)", "- [[note]]", "[1]: https://a.example", "- [x](y) z", "- a"]
)
def test_a_link_or_an_item_without_a_box_is_no_task(line):
    assert (read(line).tasks, read(line).remarks) == ((), ())


def test_a_fence_ends_with_its_like_and_a_span_of_code_is_no_fence():
    text = "~~~\n```\n- [ ] a\n~~~\n- [ ] b\n```c```\n- [ ] d"
    assert [task.what for task in read(text).tasks] == ["b", "d"]


LINES = st.one_of(
    words(),
    st.builds(
        "{}{}[{}] {} {}".format,
        st.sampled_from(["", " ", "\t", ">", "  > ", "- ", "1. ", "* "]),
        st.sampled_from(["", "- ", "* ", "1) "]),
        st.sampled_from([" ", "x", "-", "/", "", "?", "]", "["]),
        words(),
        st.sampled_from(["", "📅 2026-03-11", "[due:: x]", "due:", "✅ 9999-99-99", "@Tom", "🔁", "📅", "[due::" * 9]),
    ),
    st.sampled_from(["# Tom", "```", "~~~", "####### x", "  more"]),
)


@given(st.lists(LINES).map("\n".join))
def test_every_line_with_a_box_is_understood_or_named(text):
    found = read(text)
    boxes = {
        number
        for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1)
        if re.match(r"\s*[-*+] \[[ xX]\](\s|$)", line)
    }
    assert boxes <= accounted_for(found)
    assert all(task.what == " ".join(task.what.split()) != "" for task in found.tasks)


@given(st.text())
def test_any_text_can_be_read(text):
    read(text)
