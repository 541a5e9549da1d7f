"""What a nested file says that looks wrong and is kept all the same, in words for its reader."""

import re
from collections.abc import Iterator

from coaching.formats.problems import shown
from tests.invented_year import form
from tests.invented_year.book import Book
from tests.invented_year.plan import planned_day
from tests.invented_year.session_form import CoachSaid, Session

# Only what looks like a date is repeated; anything else typed there may be private.
_LIKE_A_DATE = re.compile(r"[0-9][0-9./-]{0,19}")


def oddities(book: Book, holder: str) -> list[str]:
    """Return a warning for each oddity, sorted; none hints at what the copy of `holder` may not hold."""
    visible = [item for item in book.year.items if not book.item_reading(item).hidden_from(holder)]
    found = [
        *(warning for item in visible for warning in _of_item(book, item)),
        *(warning for session in book.year.sessions for warning in _of_session(book, session, visible)),
        *(_of_cancelled(cancelled) for cancelled in book.year.cancelled if planned_day(cancelled) is None),
    ]
    return sorted(found)


def _of_item(book: Book, item: form.Item) -> Iterator[str]:
    if item.by and item.by < book.agreed_on(item):
        yield f"{shown(item.id)}: due before created"


def _of_cancelled(cancelled: form.Cancelled) -> str:
    typed = cancelled.planned
    return f"cancelled: impossible date {typed if _LIKE_A_DATE.fullmatch(typed) else '(kept as typed)'}"


def _of_session(book: Book, session: Session, visible: list[form.Item]) -> Iterator[str]:
    label = shown(session.id)
    yourself, dreams, plan = session.talk_about_yourself, session.talk_about_your_dreams, session.who_does_what_by_when
    if yourself and session.coach_first.part1 == "written":
        said = yourself.coach or CoachSaid()
        if _blank(said.plan, said.goal, said.failure):
            yield f"{label} part1: coach_first says written, coach text is empty"
    if dreams and session.coach_first.part2 == "written" and _blank(dreams.coach):
        yield f"{label} part2: coach_first says written, coach text is empty"
    made_in = {statement.version: statement.session for statement in book.year.mission_statements}
    if dreams and dreams.statement_version is not None and made_in[dreams.statement_version] != session.id:
        yield f"{label}: statement_version {dreams.statement_version} belongs to another session, and stays there"
    for item in visible:
        if plan and item.id in plan.items_new and item.created_session != session.id:
            yield f"{label}: {shown(item.id)} belongs to another session, and stays there"


def _blank(*texts: str | None) -> bool:
    return not any(text and text.strip() for text in texts)
