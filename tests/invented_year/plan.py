"""The nested form's plan → records: people, agreement, dreams, becomings, missions, action items, hand-over."""

from datetime import date

from tests.invented_year import form
from tests.invented_year.book import Book, Reading, ours, readable

_PLAN = Reading("coachee", "pair")


def add_plan(book: Book) -> None:
    """Add everything of the file that stands outside its sessions."""
    year = book.year
    _people(book, year)
    for agreement in year.agreement:
        names = (agreement.date.isoformat(), agreement.event)
        book.add("agreement", names, agreement.date, _PLAN, agreement_event=agreement.event, text=agreement.text)
    for cancelled in year.cancelled:
        _cancellation(book, cancelled)
    for becoming in year.becoming:
        _becoming(book, becoming)
    for dream in year.dreams:
        _dream(book, dream)
    for theme in year.themes:
        _theme(book, theme)
    for statement in year.mission_statements:
        _mission(book, statement)
    for item in year.items:
        _item(book, item)
    if year.handover:
        _handover(book, year.handover)


def _people(book: Book, year: form.Year) -> None:
    coachee = year.person
    book.add(
        "person",
        (coachee.id,),
        None,
        _PLAN,
        label=coachee.id,
        side="coachee",
        name=coachee.display_name,
        pronouns=coachee.pronouns,
        text=coachee.in_her_words,
        language=coachee.language,
        time_zone=coachee.timezone,
    )
    for coach in year.coaches:
        book.add(
            "person",
            (coach.id,),
            None,
            Reading("coach", "pair"),
            label=coach.id,
            side="coach",
            name=coach.display_name,
            is_line_manager=coach.is_line_manager,
            since_on=coach.since,
            until_on=coach.until,
            text=coach.note,
        )


def planned_day(cancelled: form.Cancelled) -> date | None:
    """Return the day that a cancelled session was planned for; none if no calendar has it."""
    try:
        return date.fromisoformat(cancelled.planned)
    except ValueError:
        return None


def _cancellation(book: Book, cancelled: form.Cancelled) -> None:
    day = planned_day(cancelled)
    book.add(
        "cancellation",
        (cancelled.planned, cancelled.by or ""),
        day,
        Reading(book.side(cancelled.by), "pair"),
        person=book.id("person", cancelled.by),
        as_typed=None if day else cancelled.planned,
        text=cancelled.note,
    )


def _becoming(book: Book, becoming: form.Becoming) -> None:
    book.add(
        "becoming",
        (becoming.id,),
        book.day(becoming.since),
        _PLAN,
        label=becoming.id,
        session=book.id("session", becoming.since),
        text=becoming.text,
        becoming_status=becoming.status,
        until=book.id("session", becoming.until),
    )


def _dream(book: Book, dream: form.Dream) -> None:
    reading = readable(dream.visibility, "coachee")
    book.add(
        "dream",
        (dream.id,),
        book.day(dream.since),
        reading,
        label=dream.id,
        session=book.id("session", dream.since),
        title=dream.title,
        text=dream.text,
        dream_status=dream.status,
        wants_plan=dream.wants_plan,
    )
    for told in dream.history:
        book.add(
            "dream_event",
            (dream.id, told.session),
            book.day(told.session),
            reading,
            session=book.id("session", told.session),
            dream=book.id("dream", dream.id),
            text=told.note,
            visibility_from=told.was and readable(told.was, "coachee").visibility,
            visibility_to=told.became and readable(told.became, "coachee").visibility,
        )


def _theme(book: Book, theme: form.Theme) -> None:
    book.add(
        "theme",
        (theme.id,),
        None,
        _PLAN,
        label=theme.id,
        title=theme.title,
        words=tuple(theme.words) or None,
        dream=book.id("dream", theme.dream_id),
    )


def _mission(book: Book, statement: form.Statement) -> None:
    book.add(
        "mission",
        (str(statement.version),),
        statement.date,
        _PLAN,
        session=book.id("session", statement.session),
        number=statement.version,
        text=statement.text,
        why_changed=statement.why_changed,
        confirmed=statement.confirmed_by_person,
    )


def _item(book: Book, item: form.Item) -> None:
    reading = book.item_reading(item)
    levels = item.levels
    book.add(
        "item",
        (item.id,),
        book.agreed_on(item),
        reading,
        label=item.id,
        session=book.id("session", item.created_session),
        what=item.what,
        owner=item.owner and book.side(item.owner),
        person=book.id("person", item.owner),
        by=item.by,
        becoming=book.id("becoming", item.becoming_id),
        dream=book.id("dream", item.dream_id),
        goal=book.served_by(item),
        if_then=item.if_then,
        origin=ours(item.origin),
        ownership=item.owner_says,
        levels=levels and (levels.much_less, levels.less, levels.agreed, levels.more, levels.much_more),
    )
    for event in _events(book, item):
        _item_event(book, item, event, reading)


def _events(book: Book, item: form.Item) -> list[form.Event]:
    """Return the events, the first one with the note of the item, for which an entry has no other place.

    An item of a file without a created event was agreed all the same: in its session, by its date.
    """
    events = list(item.events)
    first = next((number for number, event in enumerate(events) if event.event == "created"), None)
    if first is None:
        day = book.agreed_on(item)
        events.insert(0, form.Event(session=item.created_session, date=day, event="created", due=item.by))
        first = 0
    events[first] = events[first].model_copy(update={"note": _joined(events[first].note, item.note)})
    return events


def _item_event(book: Book, item: form.Item, event: form.Event, reading: Reading) -> None:
    book.add(
        "item_event",
        (item.id, event.event, event.date.isoformat(), event.session or ""),
        event.date,
        reading,
        session=book.id("session", event.session),
        item=book.id("item", item.id),
        event=ours(event.event),
        due_from=event.due_from,
        due_to=event.due_to or event.due,
        person_from=book.id("person", event.from_owner),
        person_to=book.id("person", event.to_owner),
        text=_joined(event.note, event.reason),
    )


def _joined(*words: str | None) -> str | None:
    """Return what was said, one after the other; blank words are words."""
    said = [word for word in words if word is not None]
    return "\n\n".join(said) if said else None


def _handover(book: Book, handover: form.Handover) -> None:
    book.add(
        "handover",
        (handover.last_session or "",),
        book.day(handover.last_session),
        Reading(book.side(handover.decided_by), "pair"),
        session=book.id("session", handover.last_session),
        person=book.id("person", handover.decided_by),
        reason=handover.reason,
        bundle=tuple(handover.bundle) or None,
        items_open=book.ids("item", handover.open_items),
        items_transferred=book.ids("item", handover.transferred_to_new_coach),
        delete_by=handover.coach_copy_delete_by,
    )
