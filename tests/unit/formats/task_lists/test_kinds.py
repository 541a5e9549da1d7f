"""Lists as people really keep them: each kind of line is read for what it is, or named."""

import os

import pytest

from coaching.formats.task_lists.markdown import read_check_list
from coaching.formats.task_lists.org import read_org
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.reader import read_lists
from coaching.formats.task_lists.table import read_table
from coaching.formats.task_lists.words import words_key
from tests.unit.formats.task_lists.listing import PARTIES, SEEN_ON, day


def read(text, file="a.md", seen_on=SEEN_ON):
    return read_check_list(text, file, seen_on, PARTIES)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- - [ ] CANARY -->",
        "<!--\n- [ ] CANARY\n-->",
        "%%\n- [ ] CANARY\n%%",
        "%% - [ ] CANARY %%",
        "- [ ] seen <!-- begins\n  - [ ] CANARY\n-->",
        "<!--\n```\n- [ ] CANARY\n```\n-->",
        "%%\n~~~\n- [ ] CANARY\n%%",
        "<!-- nothing closes it\n- [ ] CANARY",
    ],
)
def test_what_is_hidden_is_named_and_its_words_are_nowhere(text):
    found = read(text)
    assert "hidden in a comment, not read" in [remark.said for remark in found.remarks]
    assert "CANARY" not in str([task.what for task in found.tasks]) + str([remark.words for remark in found.remarks])


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("- [ ] Book <!-- CANARY --> a room", "Book a room"),
        ("- [ ] Book %%CANARY%% a room", "Book a room"),
        ("- [ ] Book a room <!-- CANARY", "Book a room"),
        ("- [ ] Write `<!--` down", "Write `<!--` down"),
        ("- [ ] Be 100%% sure", "Be 100%% sure"),
        ("- [ ] Write \\<!-- down --\\>", "Write \\<!-- down --\\>"),
    ],
)
def test_a_comment_in_a_line_is_cut_out_of_its_words(line, what):
    assert [task.what for task in read(line).tasks] == [what]


@pytest.mark.parametrize("text", ["* COMMENT CANARY", "* TODO COMMENT CANARY", "* TODO CANARY :ARCHIVE:",
                                  "* COMMENT x\n** TODO CANARY\n*** DONE CANARY",
                                  "#+BEGIN_COMMENT\n- [ ] CANARY\n#+END_COMMENT",
                                  "# - [ ] CANARY"])  # fmt: skip
def test_what_is_archived_or_commented_in_org_is_named_without_its_words(text):
    found = read_org(f"{text}\n* TODO Read", "a.org", None, PARTIES)
    assert [task.what for task in found.tasks] == ["Read"]
    assert found.remarks
    assert "CANARY" not in str([remark.words for remark in found.remarks])


def test_each_time_that_a_heading_of_org_with_a_repeater_was_done_is_a_promise_of_its_own():
    text = (
        "* TODO Water\n  SCHEDULED: <2026-03-25 Wed .+1w>\n  :LOGBOOK:\n"
        '  - State "DONE"       from "TODO"       [2026-03-18 Wed 10:00]\n'
        '  - State "DONE"       from "TODO"       [2026-03-11 Wed]\n  :END:\n'
    )
    found = read_org(text, "a.org", None, PARTIES)
    assert [(task.state, task.by, task.closed_on) for task in found.tasks] == [
        ("open", day("2026-03-25"), None), ("done", None, day("2026-03-18")), ("done", None, day("2026-03-11")),
    ]  # fmt: skip
    assert all(task.repeats for task in found.tasks)


@pytest.mark.parametrize(
    ("line", "owner", "what"),
    [
        ("Write up → Tom", "coach", "Write up"),
        ("Write up -> Tom Brandt", "coach", "Write up"),
        ("Write up (Tom)", "coach", "Write up"),
        ("Write up (@Tom)", "coach", "Write up"),
        ("Write up – Tom", "coach", "Write up"),
        ("Write up. Owner: Tom", "coach", "Write up."),
        ("Write up [owner:: Tom]", "coach", "Write up"),
        ("@[Tom Brandt] will call", "coach", "will call"),
        ("@[[Tom Brandt]] will call", "coach", "will call"),
        ("[[Tom Brandt]] will call", "coach", "will call"),
        ("[Tom] will call", "coach", "will call"),
        ("**Tom:** call", "coach", "call"),
        ("**Tom**: call", "coach", "call"),
        ("Tom: call", "coach", "call"),
        ("Tom – call", "coach", "call"),
        ("Write up - @Tom - Due: 2026-03-20", "coach", "Write up"),
        ("Ask Tom when", "coachee", "Ask Tom when"),
        ("Tomorrow: call", "coachee", "Tomorrow: call"),
    ],
)
def test_templates_say_whose_it_is_in_many_ways(line, owner, what):
    (task,) = read(f"- [ ] {line}").tasks
    assert (task.owner, task.what) == (owner, what)


def test_a_line_that_holds_a_name_and_does_not_say_whose_it_is_is_named():
    found = read("- [ ] Ask Tom when\n- [ ] Rest\n- [x] Call Tom today")
    assert [(remark.place.line, remark.said.split(",")[0]) for remark in found.remarks] == [
        (1, "names one of you"), (3, "names one of you"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "above",
    ["### Tom Brandt:", "### Tom (coach)", "### Actions for Tom", "### **Tom**", "### @Tom", "### [[Tom Brandt]]",
     "Tom:", "**Tom**", "- Tom", "Tom\n==="],
)  # fmt: skip
def test_a_heading_a_line_or_a_bullet_with_one_name_says_whose_all_below_is(above):
    indent = "  " if above.startswith("-") else ""
    assert [task.owner for task in read(f"- [ ] before\n\n{above}\n{indent}- [ ] a").tasks] == ["coachee", "coach"]


@pytest.mark.parametrize("above", ["### Tom & Maha", "# One-on-one with Tom", "### Tomatoes"])
def test_a_heading_with_both_names_or_about_a_meeting_says_nothing(above):
    assert [task.owner for task in read(f"{above}\n- [ ] a").tasks] == ["coachee"]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- ☐ a", "open"), ("- ☑ a", "done"), ("- ✅ a", "done"), ("• [ ] a", "open"), ("– [x] a", "done"),
        ("- TODO a", "open"), ("- DOING [#A] a", "partly"), ("- LATER a", "open"), ("- DONE a", "done"),
        ("- CANCELED a", "let_go"), ("- [ ] ~~a~~", "let_go"), ("- [x] ~~a~~", "done"),
        ("| [x] a |\n|---|\n| [ ] b |", None),
    ],
)  # fmt: skip
def test_other_notations_are_read(line, state):
    tasks = read(line).tasks
    assert [task.state for task in tasks] == ([state] if state else ["open"])


def test_logseqs_days_are_read_and_its_log_book_is_not():
    text = (
        "- DOING Draft\n  DEADLINE: <2026-03-11 Wed>\n  :LOGBOOK:\n"
        "  CLOCK: [2026-03-04 Wed 10:35:42]--[2026-03-04 Wed 10:35:43] =>  00:00:01\n  :END:\n"
    )
    assert [(task.what, task.by) for task in read(text).tasks] == [("Draft", day("2026-03-11"))]


def test_a_table_in_markdown_is_read_by_its_headings():
    text = "| Action | Owner | Due |\n|---|---|---|\n| [ ] Book | Tom | 2026-03-11 |\n| ☑ Read | Maha | 5.3.2026 |\n"
    assert [(task.what, task.owner, task.state, task.by) for task in read(text).tasks] == [
        ("Book", "coach", "open", day("2026-03-11")), ("Read", "coachee", "done", day("2026-03-05")),
    ]  # fmt: skip


def test_todo_txt_is_known_by_its_lines():
    text = "(A) 2026-03-01 Call @phone due:2026-03-11\nx 2026-03-05 2026-03-01 Book @Tom\nBuy t:2026-03-09"
    assert [(task.what, task.owner, task.state, task.agreed, task.by, task.closed_on)
            for task in read(text, "todo.txt", None).tasks] == [
        ("Call @phone", "coachee", "open", day("2026-03-01"), day("2026-03-11"), None),
        ("Book", "coach", "done", day("2026-03-01"), None, day("2026-03-05")),
        ("Buy", "coachee", "open", None, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    ["Prüfen", "prüfen", "Pru\N{COMBINING DIAERESIS}fen", "**Prüfen**", "~~Prüfen~~", "[Prüfen](https://a.example)",
     "[[Prüfen]]", "Prüfen :tada:", "Prüfen 🎉", "Prüfen.", "Prüfen [2/5]", "Prüfen [[2026-03-04]]", "`Prüfen`!"],
)  # fmt: skip
def test_words_that_change_though_the_task_does_not_are_the_same(other):
    assert words_key(other) == words_key("Prüfen")


def test_headings_with_days_make_a_list_of_each_section_and_properties_say_the_day_of_all():
    running = "# 2026-03-11\n- [x] a\n\n# 2026-03-04\n- [ ] a"
    assert [task.seen_on for task in read(running, seen_on=None).tasks] == [day("2026-03-11"), day("2026-03-04")]
    assert [task.seen_on for task in read(running).tasks] == [SEEN_ON, SEEN_ON]
    noted = "---\ndate: 2026-03-05\n---\n# 2026-03-11\n- [ ] a"
    assert [task.seen_on for task in read(noted, seen_on=None).tasks] == [day("2026-03-05")]


def test_of_several_columns_the_title_says_what_and_headings_may_stand_further_down():
    text = 'Exported by a tool\n\nDescription,Card Name,Completed At,Assignee\nCANARY,Book,2026-03-10,"Brandt, Tom"\n'
    (task,) = read_table(text, "a.csv", None, PARTIES).tasks
    assert (task.what, task.owner, task.closed_on, task.place.line) == ("Book", "coach", day("2026-03-10"), 4)


def test_an_experiment_of_a_table_is_named_and_is_no_action_item():
    listed = read_table("what,state,type\nWalk,showed,experiment\nBook,open,\n", "a.csv", None, PARTIES)
    assert [task.what for task in listed.tasks] == ["Book"]
    assert ["an experiment" in remark.said for remark in listed.remarks if remark.words == "Walk"] == [True]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("Complete ", "done"), ("Done ✅", "done"), ("100%", "done"), ("40 %", "partly"), ("Blocked", "open"),
     ("On hold", "open"), ("WIP", "partly"), ("Resolved", "done"), ("Abandoned", "let_go"), ("Won't Do", "let_go"),
     ("TRUE", "done"), ("Erledigt", "done"), ("In Review", "partly"), ("Dropped", "let_go")],
)  # fmt: skip
def test_states_are_read_as_people_say_them(state, expected):
    assert [task.state for task in read_table(f"Task,Status\na,{state}", "a.csv", None, PARTIES).tasks] == [expected]


@pytest.mark.parametrize(("who", "owner"), [("TB", "coach"), ("tom.brandt@example.org", "coach"), ("Tom (1)", "coach"),
                                            ("Tom Brandt (https://a.example/x)", "coach"), ("Tom and Maha", None),
                                            ("Tom; Maha", None)])  # fmt: skip
def test_tables_name_people_in_many_ways(who, owner):
    parties = Parties({"coach": "Tom Brandt", "coachee": "Maha Darwish"}, "coach")
    assert [task.owner for task in read_table(f'Task,Owner\na,"{who}"', "a.csv", None, parties).tasks] == [owner]


@pytest.mark.skipif(os.name == "nt", reason="needs a pipe of Unix")
def test_a_pipe_and_a_link_out_of_the_folder_are_named_and_hang_nothing(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "out.md").write_text("- [ ] CANARY", encoding="utf-8")
    (tmp_path / "lists/out.md").symlink_to(tmp_path / "out.md")
    (tmp_path / "lists/up").symlink_to(tmp_path)
    (tmp_path / "lists/trello.json").write_text("[]", encoding="utf-8")
    (tmp_path / "lists/prose.md").write_text("prose", encoding="utf-8")
    os.mkfifo(tmp_path / "lists/pipe.md")
    found = read_lists(tmp_path / "lists", PARTIES)
    assert found.tasks == ()
    assert sorted(remark.place.file for remark in found.remarks) == [
        "out.md", "pipe.md", "prose.md", "trello.json", "up",
    ]  # fmt: skip
