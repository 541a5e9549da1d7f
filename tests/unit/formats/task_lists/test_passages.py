"""Meeting notes: each line is an action item, or words of one day and one part of the session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.markdown import read_check_list
from coaching.formats.task_lists.org import read_org
from coaching.formats.task_lists.parts import part_named
from tests.unit.formats.task_lists.listing import PARTIES, SEEN_ON

NAMES = PARTIES.words


def said(text, read=read_check_list, seen_on=SEEN_ON):
    """Return what a text says besides action items: part and words."""
    listed = read(text, "a.md", seen_on, PARTIES, with_notes=True)
    return [(passage.part, passage.words) for passage in listed.passages]


@pytest.mark.parametrize(
    ("part", "headings"),
    [
        (
            "yourself",
            "Talk about yourself|1. Yourself (8 min)|Über dich|Sprich über dich|About Maha|Reden wir über uns",
        ),
        ("yourself", "Plans, goals and failures|Ziele und Pläne|Persönliches|Part I: You and me"),
        (
            "dreams",
            "Talk about your dreams|🌙 Dreams|Deine Träume und Leidenschaften|Teil 2 – Träume|What you love doing",
        ),
        (
            "who_what_when",
            "Who does what by when?|Wer macht was bis wann|Actions & next steps|Nächste Schritte|Aufgaben:",
        ),
        ("mission", "Mission|Personal mission statement|Maha’s mission|Mahas Leitsatz|Neuer Leitsatz|Unser Leitbild"),
        (None, "Dreams of the server|Status|Tom|Budget plan|Mission control|Agenda|About the launch"),
    ],
)
def test_a_heading_names_a_part_by_its_usual_names(part, headings):
    assert {part_named(heading, NAMES) for heading in headings.split("|")} == {part}


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("# 1:1 with Maha, 4 March 2026\nrain\n## Dreams\nA bakery", [(None, "rain"), ("dreams", "A bakery")]),
        ("## Yourself\n### Goals\nwalk\n## Else\nx", [("yourself", "### Goals\nwalk"), (None, "## Else\nx")]),
        ("**Träume**\nMeer\n**Status**\nrot", [("dreams", "Meer"), (None, "**Status**\nrot")]),
        ("Dreams:\nsea\n\nMission: I go.\nOn.\n\nmore", [("dreams", "sea\n\nmore"), ("mission", "I go.\nOn.")]),
        ("- Dreams\n  - sea\n- bus", [("dreams", "- sea"), (None, "- bus")]),
        ("- Goals\n- Dreams\n- Plans", [(None, "- Goals\n- Dreams\n- Plans")]),
        ("## Leitsatz\n> *„Ich gehe.“*\n\nSie zögerte.", [("mission", "Ich gehe."), ("dreams", "Sie zögerte.")]),
        ("> [!quote] Mission\n> I go.\n\nrest", [("mission", "I go."), (None, "rest")]),
        ("## Mission\n_none yet_", [("dreams", "_none yet_")]),
        ("## Mission\nold\n## Mission\nnew", [("dreams", "old"), ("mission", "new")]),
        ("## Actions\n### Tom\n- [ ] a\n  b\n### Maha\n- [x] c", []),
        ("## Actions\n| Task | Owner |\n|---|---|\n| a | Tom |\n\nsoon", [("who_what_when", "soon")]),
        ("Me: hello\nYou: hello", [(None, "Me: hello\nYou: hello")]),
        ("```\n## Dreams\n```", [(None, "```\n## Dreams\n```")]),
        ("seen <!-- CANARY\n## Dreams\nCANARY -->\n%% CANARY %%", [(None, "seen")]),
        ("---\ndate: 2026-01-01\n---\n***\nx", [(None, "x")]),
    ],
)  # fmt: skip
def test_each_line_stands_under_its_part(text, passages):
    assert said(text) == passages


def test_org_notes_are_read_by_their_headings_and_nothing_that_is_put_away():
    text = (
        "#+TITLE: x\n* Yourself\n:PROPERTIES:\n:ID: CANARY\n:END:\nwords\n* Leitsatz\nIch gehe.\n* TODO Buy\n  body\n"
        "* Old :ARCHIVE:\nCANARY\n# CANARY\n"
    )
    assert said(text, read_org) == [("yourself", "words"), ("mission", "Ich gehe."), (None, "body")]


def test_under_headings_that_are_days_each_passage_is_of_its_own_day():
    text = "before\n# 2026-03-04\n## Dreams\na\n# 2026-03-11\n## Dreams\nb\n"
    listed = read_check_list(text, "a.md", None, PARTIES, with_notes=True)
    days = [(passage.day and passage.day.isoformat(), passage.words) for passage in listed.passages]
    assert days == [(None, "before"), ("2026-03-04", "a"), ("2026-03-11", "b")]


LINES = st.sampled_from(
    ["# Dreams", "## Yourself", "**Mission:**", "Mission: {}", "> {}", "- {}", "  - {}", "- [ ] {}", "{}", "", "Tom:",
     "### Other {}", "```", "- Dreams", "    {}", "| {} | b |", "---", "1. [x] {}", "* **Actions**", "## Leitsatz"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_no_word_is_lost_and_none_comes_twice(lines):
    text = "\n" + "\n".join(line.format(f"said{number}said") for number, line in enumerate(lines))
    listed = read_check_list(text, "a.md", SEEN_ON, PARTIES, with_notes=True)
    told = " ".join([*(task.what for task in listed.tasks), *(passage.words for passage in listed.passages)])
    unread = " ".join(remark.words for remark in listed.remarks if remark.is_unread)
    for number, line in enumerate(lines):
        if "{}" in line and f"said{number}said" not in unread:
            is_head_of_items = line.startswith("### Other")
            assert told.count(f"said{number}said") == 1 or (is_head_of_items and listed.tasks), (text, told)
