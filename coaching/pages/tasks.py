"""The action items as a check list with the marks of Obsidian Tasks: what is changed there can come in again.

Source: the format "Tasks Emoji Format" of the documentation of Obsidian Tasks. The mark ``🆔`` says which item a line
is; `coaching.formats.task_lists` reads what stands before it as its words, and what stands behind it as its days.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from coaching.i18n import say
from coaching.model.cells import rows_of
from coaching.model.ids import mark_of
from coaching.model.sharing import Shared
from coaching.pages.markdown import literal
from coaching.pages.source import COACH, COACHEE, PageSource
from coaching.text import one_line

_BOXES: Final = {"done": "x", "let_go": "-"}
_ENDS: Final = {"done": "✅", "let_go": "❌"}


def tasks(shared: Shared, *, asof: date) -> str:
    """Return the action items that an audience may read as a check list; the same data give the same bytes.

    The properties in front say of which day it is. Below the name of each of the two stand their items: 🆔 the mark of
    the item, ➕ the day on which it was agreed, 📅 the day by which it is due, ✅ or ❌ that on which it ended.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state.
    asof
        The day of which the list speaks; later entries are left out.
    """
    contents = PageSource.of(shared, asof)
    rows = sorted(rows_of(contents.states), key=lambda row: (row["agreed"] or date.max, row["id"]))
    shared.count_items({row["id"] for row in rows}, asof)
    lines = ["---", "coaching: action-items", f"date: {asof.isoformat()}", *_people(contents), "---", ""]
    lines += [f"# {say('Who does what by when')}"]
    for owner in (COACHEE, COACH, None):
        own = [row for row in rows if row["owner"] == owner]
        if own:
            heading = literal(one_line(contents.owner_name(own[0]) or owner)) if owner else say("Nobody yet")
            lines += ["", f"## {heading}", "", *(_line(contents, row) for row in own)]
    return "\n".join(lines) + "\n"


def _people(contents: PageSource) -> Iterator[str]:
    for side in (COACHEE, COACH):
        person: Mapping[str, Any] = next((one for one in contents["person"] if one["side"] == side), {})
        if name := contents.words(person, "name"):
            yield f"{side}: {json.dumps(one_line(name), ensure_ascii=False)}"


def _line(contents: PageSource, row: Mapping[str, Any]) -> str:
    words = one_line(contents.words(contents.one("item", row["id"]), "what") or say("a draft without words"))
    marks = [f"🆔 {mark_of(row['id'])}"]
    days = [("➕", row["agreed"]), ("📅", row["due"]), (_ENDS.get(row["state"], ""), row["closed_on"])]
    marks += [f"{sign} {day.isoformat()}" for sign, day in days if sign and day]
    return f"- [{_BOXES.get(row['state'], ' ')}] {literal(words)} {' '.join(marks)}"
