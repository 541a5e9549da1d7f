"""A workbook written by hand, entry by entry, for tests of what is counted from it."""

from datetime import UTC, date, datetime

import pytest

from coaching.model.entries import (
    Becoming,
    Dream,
    Item,
    ItemEvent,
    Mission,
    Note,
    Parked,
    Person,
    Progress,
    Review,
    SegmentState,
    Session,
)
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def day(text):
    """``03-06`` is a day of 2025, ``2024-03-06`` says its year."""
    return None if text is None else date.fromisoformat(text if len(text) > len("MM-DD") else f"2025-{text}")


class Written:
    """Collects entries; sessions, people and items are named by their labels."""

    def __init__(self):
        self.entries = []
        self._days = {}
        self.person("P1", "coachee")
        self.person("C1", "coach")

    @staticmethod
    def id(kind, label):
        return None if label is None else derived_id(None, kind, label)

    def _add(self, model, names, **fields):
        rev = len(self.entries) + 1
        fields.setdefault("author", "coachee")
        fields.setdefault("id", derived_id(None, model.__name__, *names, str(rev)))
        self.entries.append(model(rev=rev, saved_at=NOW, **fields))
        return self

    def person(self, label, side, name=None):
        return self._add(Person, (label,), id=self.id("person", label), label=label, side=side, name=name, author=side)

    def session(self, label, on, **fields):
        self._days[label] = day(on)
        return self._add(
            Session,
            (label,),
            id=self.id("session", label),
            label=label,
            held_on=day(on),
            number=int(label[1:]),
            **fields,
        )

    def segment(self, session, segment, **fields):
        return self._add(SegmentState, (session, segment), **self._of(session), segment=segment, **fields)

    def note(self, session, segment, text, author="coach", topic="plan"):
        return self._add(
            Note, (session, segment), **self._of(session), segment=segment, topic=topic, text=text, author=author
        )

    def mission(self, on, text, number=None, session=None, **fields):
        fields.setdefault("confirmed", True)
        where = self.id("session", session)
        return self._add(Mission, (str(on),), held_on=day(on), session=where, text=text, number=number, **fields)

    def item(self, label, on, by, *, owner="coachee", person=None, session=None, what="Bake", **fields):
        """An item and, with `on`, the event of its agreement."""
        self.bare_item(label, on, by, owner=owner, person=person, session=session, what=what, **fields)
        return self.event(label, on, "agreed", to=by, session=session)

    def bare_item(self, label, on, by, *, owner="coachee", person=None, session=None, what="Bake", **fields):
        if owner is not None and person is None:
            person = {"coachee": "P1", "coach": "C1"}[owner]
        return self._add(
            Item,
            (label,),
            id=self.id("item", label),
            label=label,
            held_on=day(on),
            by=day(by),
            owner=owner,
            person=self.id("person", person),
            session=self.id("session", session),
            what=what,
            **fields,
        )

    def event(self, item, on, kind, *, to=None, was=None, session=None, people=(None, None), name=None, **told):
        before, after = (self.id("person", person) for person in people)
        chosen = {} if name is None else {"id": derived_id(None, name)}
        return self._add(
            ItemEvent,
            (item, kind, str(on)),
            item=self.id("item", item),
            event=kind,
            held_on=day(on),
            due_from=day(was),
            due_to=day(to),
            person_from=before,
            person_to=after,
            session=self.id("session", session),
            **chosen,
            **told,
        )

    def review(self, session, item, outcome="not_yet"):
        return self._add(Review, (session, item), **self._of(session), item=self.id("item", item), outcome=outcome)

    def thread(self, session, kind, text, **fields):
        """Something that can move, told in a session; it is named by its words."""
        fields = self._of(session) | {"id": self.id("thread", text), "visibility": "pair", "text": text} | fields
        model = {"dream": Dream, "becoming": Becoming}.get(kind, Note)
        about = {"segment": "yourself", "topic": kind} if model is Note else {}
        return self._add(model, (str(text),), **about, **fields)

    def progress(self, session, thread, status=None, text=None, **fields):
        fields = {"visibility": "pair"} | self._of(session) | fields
        return self._add(
            Progress, (session, thread), about=self.id("thread", thread), status=status, text=text, **fields
        )

    def parked(self, session, person):
        return self._add(Parked, (session,), **self._of(session), person=self.id("person", person), text="Line four")

    def frames(self):
        return frames(to_table(self.entries))

    def _of(self, session):
        return {"session": self.id("session", session), "held_on": self._days[session]}


@pytest.fixture(name="written")
def _written():
    """An empty workbook of P1, the coachee, and C1, the coach."""
    return Written()


@pytest.fixture(scope="session", name="new_workbook")
def _new_workbook():
    """Return empty workbooks, one at each call, for tests that try many."""
    return Written
