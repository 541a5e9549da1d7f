"""Every heading of an org file with a keyword becomes a task, or is remarked on."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.org import read_org
from tests.strategies import words
from tests.unit.formats.task_lists.listing import PARTIES, SEEN_ON, accounted_for, day, remarks


def read(text):
    return read_org(text, "a.org", SEEN_ON, PARTIES)


def only(text):
    (task,) = read(text).tasks
    return task


@pytest.mark.parametrize(
    ("keyword", "state"),
    [
        ("TODO", "open"),
        ("NEXT", "open"),
        ("WAITING", "open"),
        ("STARTED", "partly"),
        ("DONE", "done"),
        ("CANCELLED", "let_go"),
        ("CANCELED", "let_go"),
    ],
)
def test_the_keyword_says_how_it_stands(keyword, state):
    task = only(f"prose\n** {keyword} [#A] Book  a [[https://a.example][room]] :work:")
    assert (task.what, task.state, task.owner, str(task.place)) == ("Book a room", state, "coachee", "a.org:2")


def test_keywords_of_the_file_are_its_own_wherever_they_stand():
    found = read("* LATER a\n* FIXED b\n* VERWORFEN c\n* TODO d\n#+TODO: LATER(l) | FIXED VERWORFEN(v@)")
    assert [(task.what, task.state) for task in found.tasks] == [("a", "open"), ("b", "done"), ("c", "let_go")]


@pytest.mark.parametrize(
    ("planning", "by", "closed_on"),
    [
        ("DEADLINE: <2026-03-11 Wed>", "2026-03-11", None),
        ("  DEADLINE: <2026-03-11 Wed 10:00 +1w -2d> SCHEDULED: <2026-03-09 Mon>", "2026-03-11", None),
        ("SCHEDULED: <2026-03-09 Mon>", "2026-03-09", None),
        ("CLOSED: [2026-03-10 Tue 21:15] DEADLINE: <2026-03-11 Wed>", "2026-03-11", "2026-03-10"),
        ("some prose with DEADLINE: <2026-03-11 Wed>", None, None),
    ],
)
def test_the_planning_line_says_the_days(planning, by, closed_on):
    task = only(f"* DONE a\n{planning}")
    assert (task.by, task.closed_on) == (by and day(by), closed_on and day(closed_on))


@pytest.mark.parametrize("heading", ["* TODO a :coach:", "* TODO a :x:@coach:", "* TODO a @Tom", "* Coach\n** TODO a"])
def test_a_tag_an_at_or_a_heading_above_says_whose_it_is(heading):
    assert (only(heading).owner, only(heading).what) == ("coach", "a")


def test_a_box_is_a_task_of_its_heading():
    found = read("* Tom\n- [X] a 📅 2026-03-11\n  goes on\n** TODO b\n   1. [-] c\n   2. [ ] @Maha: d\n")
    told = [(task.place.line, task.owner, task.state, task.what, task.parent) for task in found.tasks]
    assert told == [(2, "coach", "done", "a goes on", ""), (4, "coach", "open", "b", ""),
                    (5, "coach", "partly", "c", "b"), (6, "coachee", "open", "d", "b")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("* TODO", 1, "a heading without words, not read"),
        ("* CANARY\nDEADLINE: <2026-03-11 Wed>", 1, "has a day, but no keyword such as TODO, not read"),
        ("* TODO <2026-02-30 Mon>", 1, "holds a day that no calendar has, not read"),
        ("* TODO " + "CANARY " * 200, 1, "too long, or too full of signs, not read"),
        ("* TODO a" + ":a" * 21, 1, "too long, or too full of signs, not read"),
        ("* a\n#+begin_example\n- [ ] CANARY\n#+end_example", 3, "a box in a block, not read"),
    ],
)
def test_what_is_not_read_is_named_without_its_words(text, line, said):
    found = read(text)
    assert found.tasks == ()
    assert remarks(found)[-1] == (line, said)


@pytest.mark.parametrize(
    ("planning", "said"),
    [
        ("DEADLINE: <2026-02-30 Mon>", "a day that no calendar has; the days of this heading are left out"),
        ("DEADLINE: tomorrow", "DEADLINE is not followed by a day as org writes it"),
        ("SCHEDULED: <2026-03-11>", "without a deadline: the day it is scheduled is taken"),
    ],
)
def test_what_is_read_with_a_doubt_is_remarked_on(planning, said):
    found = read(f"* TODO a\n{planning}")
    assert [task.what for task in found.tasks] == ["a"]
    assert remarks(found) == [(2, said)]


@pytest.mark.parametrize(
    "line",
    [
        "* TODO a" + ":a" * 4000,
        "* TODO a" + " " * 9000 + "b",
        "* TODO " + "<2026-01-01>" * 900,
        "* TODO " + "[[" * 4000,
    ],
)
def test_a_line_for_which_orgparse_would_take_ever_so_long_is_passed_over(line):
    begin = time.perf_counter()
    read(f"{line}\n{line}\nDEADLINE: {line}")
    assert time.perf_counter() - begin < 5


LINES = st.one_of(
    words(),
    st.builds(
        "{} {} {}{}".format,
        st.sampled_from(["*", "**", "***", " *"]),
        st.sampled_from(["TODO", "DONE", "TODO ", "todo", "", "#+TODO:"]),
        words(),
        st.sampled_from(["", " :a:", "::", "<2026-02-30>", "<2026-03-11 Wed", " [1/2]", "\x00"]),
    ),
    st.sampled_from(["#+TODO: A(a) | B", "#+TODO: |", "#+TODO:", "#+SEQ_TODO", "#+FILETAGS: :a:", ":PROPERTIES:"]),
    st.sampled_from(
        ["DEADLINE: <2026-03-11>", "CLOSED: [0000-00-00 x 25:61]", "SCHEDULED: <9999-99-99>", "CLOCK: [1]"]
    ),
)


@given(st.lists(LINES).map("\n".join))
def test_any_text_can_be_read_and_every_heading_with_todo_is_understood_or_named(text):
    found = read(text)
    headings = {n for n, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if re.match(r"\*+ TODO( |$)", line)}
    assert "#+" in text or headings <= accounted_for(found)


@given(st.text())
def test_any_text_at_all_can_be_read(text):
    read(text)
