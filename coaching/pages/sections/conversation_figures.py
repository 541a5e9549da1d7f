"""The figure of the conversations."""

from functools import partial

import pandas as pd

from coaching.charts.conversation import conversation as draw_conversation
from coaching.i18n import say, say_counted
from coaching.metrics.sessions.conversation import PARTS, conversation_row
from coaching.pages.figures import Figure, Table, day_cell, session_cell
from coaching.pages.source import COACH, COACHEE, PageSource


def conversation(contents: PageSource) -> Figure:
    """Return who shared first, the gaps between sessions, and whose ideas the coachee's promises were."""
    row = conversation_row(contents.shared.frames, contents.asof)
    names = contents.name(COACH, inside=True), contents.name(COACHEE)
    held = set(row.sessions["session"])
    for part in contents["segment"]:
        if part["segment"] in PARTS and part.get("session") in held and "coach_first" in part:
            contents.shared.count(part)
    first = _first_in_words()
    ideas = row.origins.groupby(["session", "origin"], dropna=False).size()
    rows = tuple(
        (
            session_cell(None if pd.isna(held["number"]) else int(held["number"])),
            day_cell(held["held_on"]),
            first.get(held["yourself"], "–"),
            first.get(held["dreams"], "–"),
            "–" if pd.isna(held["gap_days"]) else str(held["gap_days"]),
            *(str(ideas.get((held["session"], origin), 0)) for origin in ("coachee", "together", "coach")),
        )
        for held in row.sessions.to_dict("records")
    )
    head = (
        say("Session"),
        say("Day"),
        say("First in Yourself"),
        say("First in Dreams"),
        say("Days since the one before"),
        say("Ideas of their own"),
        say("Found together"),
        say("Ideas of the coach"),
    )
    caption = say_counted("{count} session held.", "{count} sessions held.", len(row.sessions))
    table = Table(say("The conversations, session by session"), head, rows)
    return Figure("conversation", say("The conversation"), caption, partial(draw_conversation, row, *names), table)


def _first_in_words() -> dict[str, str]:
    """Return who shared first; that something was not noted, or passed, is not told."""
    return {
        "written": say("the coach, in writing"),
        "spoken_not_recorded": say("the coach, not recorded"),
        "coachee_chose_to_start": say("the coachee chose to start"),
        "coach_did_not": say("the coach did not"),
    }
