"""One session of the nested form → records: its parts, notes, reviews, check, what was parked, private notes."""

from datetime import date

from tests.invented_year import session_form as form
from tests.invented_year.book import Book, Reading, ours, readable

_PAIR = {side: Reading(side, "pair") for side in ("coach", "coachee")}
_PRIVATE = {side: Reading(side, "private") for side in ("coach", "coachee")}


def add_session(book: Book, session: form.Session) -> None:
    """Add a session and all that was said in it."""
    book.add(
        "session",
        (session.id,),
        session.date,
        _PAIR["coach"],
        label=session.id,
        number=session.number,
        person=book.id("person", session.held_by),
        minutes=session.minutes,
        language=session.language,
        closed=True,
        next_on=session.closing and session.closing.next_on,
    )
    _opening(book, session)
    _yourself(book, session)
    _dreams(book, session)
    _who_what_when(book, session)
    _closing(book, session)
    _parked(book, session)
    _reflections(book, session)


def _segment(book: Book, session: form.Session, segment: str, **fields: object) -> None:
    where = book.id("session", session.id)
    names = (session.id, segment)
    book.add("segment", names, session.date, _PAIR["coach"], session=where, segment=segment, **fields)


def _note(book: Book, session: form.Session, about: tuple[str, str], text: str | None, reading: Reading) -> None:
    """Add words about a topic of a segment; a blank field is kept, an absent one is no note.

    Where the file says that the coach wrote and has no words, one blank note keeps that: no note could also mean that
    the words are private to the coach.
    """
    if text is None:
        return
    segment, topic = about
    where = book.id("session", session.id)
    names = (session.id, segment, topic, reading.author)
    book.add("note", names, session.date, reading, session=where, segment=segment, topic=topic, text=text)


def _opening(book: Book, session: form.Session) -> None:
    _segment(book, session, "opening")
    _note(book, session, ("opening", "arrival"), session.opening.arrival, _PAIR["coachee"])
    items = {item.id: item for item in book.year.items}
    for review in session.opening.reviews:
        book.add(
            "review",
            (session.id, review.item_id),
            session.date,
            book.item_reading(items[review.item_id]),
            session=book.id("session", session.id),
            item=book.id("item", review.item_id),
            outcome=review.outcome,
            person=book.id("person", review.told_by),
            text=review.note,
        )


def _yourself(book: Book, session: form.Session) -> None:
    part = session.talk_about_yourself
    if part is None:
        return
    _segment(
        book,
        session,
        "yourself",
        coach_first=ours(session.coach_first.part1),
        coach_passed=part.coach and part.coach.passed,
        coachee_passed=part.person and part.person.passed,
    )
    if part.coach:
        is_blank = {part.coach.plan, part.coach.goal, part.coach.failure} == {None}
        claimed = is_blank and session.coach_first.part1 == "written"
        said = part.coach.model_copy(update={"plan": ""}) if claimed else part.coach
        _said(book, session, said, readable(part.coach.visibility, "coach"))
    if part.person:
        _said(book, session, part.person, readable(part.person.visibility, "coachee"))


def _said(book: Book, session: form.Session, said: form.Said, reading: Reading) -> None:
    words = {"plan": said.plan, "goal": said.goal, "failure": said.failure}
    for line, about in book.told_of(session.id, reading.author):
        text = words.pop(line.topic) if line.topic else None
        where, names = book.id("session", session.id), (session.id, about)
        book.add("progress", names, session.date, reading, session=where, about=about, status=line.status, text=text)
    for topic, text in words.items():
        _note(book, session, ("yourself", topic), text, reading)


def _dreams(book: Book, session: form.Session) -> None:
    part = session.talk_about_your_dreams
    if part is None:
        return
    _segment(
        book,
        session,
        "dreams",
        coach_first=ours(session.coach_first.part2),
        decision=part.statement_decision,
        dreams=book.ids("dream", part.dreams_touched),
    )
    claimed = part.coach is None and session.coach_first.part2 == "written"
    _note(book, session, ("dreams", "dream"), "" if claimed else part.coach, _PAIR["coach"])
    _note(book, session, ("dreams", "joy"), part.person_joy, _PAIR["coachee"])
    _note(book, session, ("dreams", "dream"), part.person, _PAIR["coachee"])


def _who_what_when(book: Book, session: form.Session) -> None:
    part = session.who_does_what_by_when
    if part is None:
        return
    _segment(book, session, "who_what_when", becoming=book.id("becoming", part.becoming_id))
    _note(book, session, ("who_what_when", "obstacle"), part.obstacle, _PAIR["coachee"])


def _closing(book: Book, session: form.Session) -> None:
    part = session.closing
    if part is None:
        return
    _segment(book, session, "closing")
    _note(book, session, ("closing", "takeaway"), part.person_takeaway, _PAIR["coachee"])
    _note(book, session, ("closing", "said_back"), part.coach_takeaway, _PAIR["coach"])
    if check := part.person_check:
        book.add(
            "check",
            (session.id,),
            session.date,
            readable(check.visibility, "coachee"),
            session=book.id("session", session.id),
            heard=check.heard,
            mine=check.mine,
            useful=check.useful,
            text=check.words,
        )


def _parked(book: Book, session: form.Session) -> None:
    for parked in session.parked:
        book.add(
            "parked",
            (session.id, parked.raised_by or ""),
            session.date,
            _PAIR[book.side(parked.raised_by)],
            session=book.id("session", session.id),
            person=book.id("person", parked.raised_by),
            text=parked.text,
            goes_to=parked.goes_to,
        )


def _reflections(book: Book, session: form.Session) -> None:
    """Add each side's private note; one that says nothing is none."""
    where = book.id("session", session.id)
    if (coach := session.coach_private) and {coach.note, coach.who_spoke_more, coach.longest_pause} != {None}:
        book.add(
            "reflection",
            (session.id, "coach"),
            session.date,
            _PRIVATE["coach"],
            session=where,
            text=coach.note,
            who_spoke_more=coach.who_spoke_more,
            longest_pause=coach.longest_pause,
            expires_on=_expiry(session.date, coach.expires_after_days),
        )
    if (coachee := session.person_private) and coachee.note is not None:
        names = (session.id, "coachee")
        book.add("reflection", names, session.date, _PRIVATE["coachee"], session=where, text=coachee.note)


def _expiry(day: date, after: int | None) -> date | None:
    """Return the day on which a note expires, at the latest the last one of the calendar."""
    return None if after is None else date.fromordinal(min(day.toordinal() + after, date.max.toordinal()))
