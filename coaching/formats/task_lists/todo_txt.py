"""The notation of todo.txt: one task a line, with its priority, its days and its marks.

Source: the format rules of todo.txt (github.com/todotxt/todo.txt).
"""

from collections.abc import Sequence
from datetime import date
from re import compile as pattern

from coaching.formats.task_lists.boxes import beginning
from coaching.formats.task_lists.dates import day_in
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.task import LONGEST_LINE, TOO_LONG, Listed, ListRead, Place, Remark, Task
from coaching.formats.task_lists.words import even
from coaching.i18n import to_say

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LINE = pattern(
    rf"(?:(?P<done>x) )?(?:\((?P<rank>[A-Z])\) )?(?:(?P<first>{_DAY}) )?(?:(?P<second>{_DAY}) )?(?P<words>.*)"
)
_SURE = pattern(rf"(?:x (?:\([A-Z]\) )?{_DAY} |\([A-Z]\) |{_DAY} \S).*")
_MARKS = pattern(r"(?:^|(?<= ))(due|t|rec|pri|id|p):(\S+)")
_BOX = pattern(r"\s*(?:[-*+•–] )?\[.\] ")
_NAMES = ("todo", "done")
_DUE = to_say("'due' is not followed by a day that can be told for sure, such as 2026-03-11; it stays in the words")


def is_todo_txt(lines: Sequence[str], file: str) -> bool:
    """Tell whether a text is written in this notation: by its name, or by lines that can be nothing else."""
    name = file.rsplit("/", 1)[-1].casefold()
    if not name.endswith(".txt"):
        return False
    written = [line for line in lines if line.strip()]
    sure = sum(bool(_SURE.match(line)) for line in written)
    boxes = sum(bool(_BOX.match(line)) for line in written)
    return sure > boxes and (sure * 2 > len(written) or name.startswith(_NAMES))


def read_todo_txt(lines: Sequence[str], file: str, seen_on: date | None, parties: Parties) -> Listed:
    """Return the tasks of a todo.txt: each line that is not empty.

    ``t:``, the day before which a task is not to be shown, is not kept.
    """
    tasks, remarks = [], []
    for number, line in enumerate(lines, 1):
        place = Place(file, number)
        if len(line) > LONGEST_LINE:
            remarks.append(Remark(place, TOO_LONG, is_unread=True))
            continue
        box = beginning(line.strip(), is_item=False) if _BOX.match(line) else None
        match = _LINE.match(box.words if box else line.strip())
        if not line.strip() or match is None:
            continue
        said = dict(_MARKS.findall(match["words"]))
        by = day_in(said.get("due", ""))
        if "due" in said and by is None:
            remarks.append(Remark(place, _DUE, even(line)))
        if "t" in said:
            remarks.append(Remark(place, to_say("the day it may start is not kept"), even(line)))
        words = _MARKS.sub(lambda mark: "" if mark[1] != "due" or day_in(mark[2]) else mark[0], match["words"])
        owner, what = parties.mentioned(even(words))
        if not what:
            remarks.append(Remark(place, to_say("a line without words, not read"), even(line), is_unread=True))
            continue
        days = [day for name in ("first", "second") if (day := day_in(match[name] or ""))]
        closed_on = days[0] if match["done"] and days else None
        created = days[1:] if match["done"] else days
        tasks.append(
            Task(
                place,
                what,
                owner or "coachee",
                state=box.state if box else "done" if match["done"] else "open",
                seen_on=seen_on,
                agreed=created[0] if created else None,
                by=by,
                closed_on=closed_on,
                repeats="rec" in said,
            )
        )
    days_read = (seen_on,) if seen_on else ()
    read = ListRead(file, len(tasks), days_read, "name of the file" if seen_on else None)
    return Listed(tuple(tasks), tuple(remarks), (read,))
