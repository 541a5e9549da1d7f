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


@pytest.mark.parametrize(
    ("line", "owner", "what"),
    [
        ("@tom.brandt call", "coach", "call"),
        ("@TomBrandt call", "coach", "call"),
        ("@tom-brandt: call", "coach", "call"),
        ("[@Tom](https://a.example) call", "coach", "call"),
        ("_Tom_: call", "coach", "call"),
        ("Write up (T. Brandt)", "coach", "Write up"),
        ("@tom.miller call", "coachee", "@tom.miller call"),
        ("@Tom @Maha call", "coachee", "@Tom @Maha call"),
    ],
)
def test_accounts_and_short_names_are_theirs_and_of_two_owners_none_is_taken(line, owner, what):
    (task,) = read(f"- [ ] {line}").tasks
    assert (task.owner, task.what) == (owner, what)


def test_two_owners_are_named():
    assert read("- [ ] @Tom @Maha call").remarks


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("- Tom\n- [ ] a\n- Maha\n- [ ] b", ["coach", "coachee"]),
        ("- Tom\n  - [ ] a\n- [ ] b", ["coach", "coachee"]),
        ("## Toms Aufgaben\n- [ ] a", ["coach"]),
        ("Attendees:\n- Maha\n- Tom\n\nActions:\n- [ ] a", ["coachee"]),
    ],
)
def test_a_name_alone_in_a_list_says_whose_all_below_it_there_is(text, owners):
    assert [task.owner for task in read(text).tasks] == owners


@pytest.mark.parametrize(
    ("words", "due", "what"),
    [
        ("Go due 2026-03-11", "2026-03-11", "Go"),
        ("Go (by March 11, 2026)", "2026-03-11", "Go"),
        ("Go (due: March 11, 2026)", "2026-03-11", "Go"),
        ("Hingehen, fällig am 11.03.2026", "2026-03-11", "Hingehen"),
        ("Go due:: 2026-03-11", "2026-03-11", "Go"),
        ("Go @{2026-03-11}", "2026-03-11", "Go"),
        ("Go @due(2026-03-11)", "2026-03-11", "Go"),
        ("Go 📅 [[2026-03-11]]", "2026-03-11", "Go"),
        ("Go 📅 2026-W11-3", "2026-03-11", "Go"),
        ("Stay from 2026-03-01 by 2026-03-11", None, "Stay from 2026-03-01 by 2026-03-11"),
        ("Read what was due 2026-03-11 first", None, "Read what was due 2026-03-11 first"),
        ("Ask about type:: foo bar", None, "Ask about type:: foo bar"),
        ("⛔ Do not call", None, "⛔ Do not call"),
        ("🏁 finish", None, "🏁 finish"),
    ],
)
def test_a_day_is_taken_from_the_words_where_it_can_be_nothing_else_and_no_word_is_lost(words, due, what):
    (task,) = read(f"- [ ] {words}").tasks
    assert (task.by and task.by.isoformat(), task.what) == (due, what)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date: 2026-03-04\n\n- [ ] a", ["2026-03-04"]),
        ("**Datum:** 4. März 2026\n\n- [ ] a", ["2026-03-04"]),
        ("---\ndatum: 4.3.2026\n---\n- [ ] a", ["2026-03-04"]),
        (
            "## Talk of 2026-03-04 on a budget and plans\n- [ ] a\n## Talk of 2026-02-25 on all other things\n- [ ] b",
            ["2026-03-04", "2026-02-25"],
        ),
    ],
)
def test_the_day_of_a_list_is_read_where_people_write_it(text, days):
    assert [task.seen_on and task.seen_on.isoformat() for task in read(text, seen_on=None).tasks] == days


@pytest.mark.parametrize(
    "text",
    [
        "[//]: # (- [ ] CANARY)",
        "[comment]: <> (- [ ] CANARY)",
        "<script>\n- [ ] CANARY\n</script>",
        "<template>\n\n- [ ] CANARY\n\n</template>",
        "---\ntasks:\n  - [ ] CANARY\n---",
    ],
)
def test_what_markdown_and_pages_never_show_is_hidden_as_well(text):
    found = read(f"{text}\n- [ ] seen")
    assert [task.what for task in found.tasks] == ["seen"]
    assert [(remark.said, remark.words) for remark in found.remarks] == [("hidden in a comment, not read", "")]


@pytest.mark.parametrize(
    "line",
    ["- Tom: [ ] call", "- call [ ]", "a. [ ] call", "<li>[ ] call</li>", '- <input type="checkbox"> call', "✗ call",
     "- ❌ call", "TODO call", "- [X]: call", "DONE: call"],
)  # fmt: skip
def test_a_line_that_may_be_meant_as_a_task_is_named(line):
    found = read(line)
    assert (found.tasks, [remark.words for remark in found.remarks]) == ((), [line])


@pytest.mark.parametrize("line", ["Write `- [ ]` down", "See [x](https://a.example)", "an array a[ ]", "[x]: b.html"])
def test_what_is_no_box_is_not_named(line):
    assert read(line).remarks == ()


@pytest.mark.parametrize(
    ("line", "state"),
    [("- ( ) call", "open"), ("- (x) call", "done"), ("-\xa0[x] call", "done"), ("- [x]\xa0call", "done"),
     ("- Todo: call", "open")],
)  # fmt: skip
def test_boxes_are_written_in_other_ways(line, state):
    (task,) = read(line).tasks
    assert (task.state, task.what) == (state, "call")


@pytest.mark.parametrize(
    "words",
    ["<b>Book</b> a room", "[Book][1] a room", "Book a room [^1]", "Book a room ([[2026-03-04]])",
     "Book a room [[Mar 4th, 2026]]", "Book a room [[2026-03-04|today]]", "Book a ro\xadom", "\u200eBook a room\u200b"],
)  # fmt: skip
def test_signs_that_change_nothing_make_no_other_task(words):
    assert words_key(words) == words_key("Book a room")


@pytest.mark.parametrize("words", ["~~a~~ ~~b~~", "**~~a~~**", "<s>a</s>", "<del>a</del> ~~b~~.", "~a~"])
def test_what_is_wholly_struck_is_let_go_however_it_is_struck(words):
    assert [task.state for task in read(f"- [ ] {words}").tasks] == ["let_go"]


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850"])
def test_a_table_of_another_machine_is_not_misread_as_one_of_windows(tmp_path, encoding):
    (tmp_path / "a.csv").write_bytes("Aufgabe;Zuständig\nBüro für die Öffentlichkeit räumen;Tom\n".encode(encoding))
    found = read_lists(tmp_path, PARTIES)
    assert found.tasks == ()
    assert "UTF-8" in found.remarks[0].said


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_in_two_bytes_a_letter_is_read_without_its_mark(tmp_path, encoding):
    (tmp_path / "a.md").write_bytes("- [ ] Büro räumen\n".encode(encoding))
    assert [task.what for task in read_lists(tmp_path, PARTIES).tasks] == ["Büro räumen"]


def test_what_stands_in_a_block_of_comments_of_org_is_hidden_headings_too_and_inline_comments_are_cut():
    found = read_org(
        "#+TODO: OFFEN | ERLEDIGT\n* OFFEN Read @@comment:CANARY@@ it\n#+begin_comment\n* TODO CANARY\n#+end_comment\n"
        "* ERLEDIGT Write\n* [ ] Not org's\n",
        "a.org",
        None,
        PARTIES,
    )
    assert [(task.what, task.state) for task in found.tasks] == [("Read it", "open"), ("Write", "done")]
    assert [remark.place.line for remark in found.remarks] == [4, 7]


def test_a_keyword_that_a_file_of_org_does_not_name_is_named():
    found = read_org("#+TODO: OFFEN | ERLEDIGT\n* TODO Read", "a.org", None, PARTIES)
    assert (found.tasks, [remark.words for remark in found.remarks]) == ((), ["* TODO Read"])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Done,Task\n[x],a\n[ ],b\n", [("a", "coachee", "done"), ("b", "coachee", "open")]),
        ("Task,Completed?\nTom: a,Yes\n", [("a", "coach", "done")]),
        ("Name,,Due By\na,1,2026-03-11\n", [("a", "coachee", "open")]),
        ("Card Name,List Name,Members\na,Done,tombrandt\n", [("a", "coach", "done")]),
        ("Aufgabe,Status\na,storniert\nb,fertiggestellt\n", [("a", "coachee", "let_go"), ("b", "coachee", "done")]),
    ],
)
def test_tables_say_who_and_how_it_stands_in_more_ways(table, expected):
    found = read_table(table, "a.csv", SEEN_ON, PARTIES)
    assert [(task.what, task.owner, task.state) for task in found.tasks] == expected
    assert not any(task.mark for task in found.tasks)
