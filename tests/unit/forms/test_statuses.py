"""Every status that an entry can have is one that somebody can say in a form."""

from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import get_args

import pytest

from coaching.forms.handover import HandoverForm
from coaching.forms.own_copy import GivingOwnCopy
from coaching.forms.session.desk import Desk
from coaching.metrics.threads import threads
from coaching.model.entries import MODELS, Becoming, Dream, Item
from coaching.model.frames import frames
from coaching.model.schema import from_table, to_table
from coaching.model.vocabulary import (
    LIVES,
    Kind,
    MissionDecision,
    Origin,
    Ownership,
    ReviewOutcome,
    Segment,
    Side,
    ThreadKind,
    Topic,
    Visibility,
)
from coaching.workbook.copies import Copies, Written
from tests.unit.forms.pages import Kernel, Page, View, entries, new_row

#: What says who and where, and no status.
PLACES = {Kind, Side, Visibility, Segment, Topic}
DREAM, ERASED, PROMISE, THEIRS, EXPERIMENT = map(new_row, range(1, 6))
WHOLE = {"what": "Sit at the back", "owner": "coachee", "by": "2026-01-19"}


@cache
def statuses():
    """Return each model's fields that hold a status, with all that they can say."""
    return [
        (model, name, set(kind))
        for model in MODELS.values()
        for name, field in model.model_fields.items()
        for kind in (field.annotation, *get_args(field.annotation))
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind not in PLACES
    ]


class Recording(Desk):
    """A desk that takes down all statuses that were ever kept: what a draft said before is on no disk."""

    kept = ()

    def keep(self, context, records, settled):
        super().keep(context, records, settled)
        Recording.kept += tuple(record for record in records.values() if record)


@pytest.fixture
def written(first_home, tmp_path):
    """All that was ever written by forms, in sessions in which everything is said that can be, as (model, field)."""
    Recording.kept = ()
    later(first_home, first(first_home), days=7)
    later(first_home, second(first_home), days=7)
    third = Kernel(first_home, desk=Recording)
    third.view("opening").type({f"ended.{PROMISE}.answer": "reopened", "agreed": "true"})
    later(first_home, third, days=7)
    fourth = Kernel(first_home, desk=Recording)
    fourth.view("opening").type(agreement_goes_on="ended")
    later(first_home, fourth, days=7)
    fifth = Kernel(first_home, desk=Recording)
    fifth.view("opening").type(agreed="true")
    later(first_home, fifth, days=400)
    sixth = Kernel(first_home, desk=Recording)
    sixth.view("opening").type(agreed="true")
    later(first_home, sixth, days=7)
    hand_over(first_home, tmp_path / "handed.zip")
    on_disk = from_table(first_home.workbooks()[0]._ledger.store.read().history)
    found = {}
    for record in (*Recording.kept, *(entry.content() for entry in on_disk)):
        for model, name, _ in statuses():
            if record["kind"] == model.model_fields["kind"].default and record.get(name):
                found.setdefault((model, name), set()).add(record[name])
    return found


def later(home, kernel, days):
    kernel.view("closing").type(act="close_anyway")
    home.clock.forward(days=days)


def first(home):
    """Hold the session in which everything is told."""
    kernel = Kernel(home, desk=Recording)
    opening, yourself, dreams = kernel.view("opening"), kernel.view("yourself"), kernel.view("dreams")
    opening.type(agreement="Between us.")
    opening.type(agreed="true")
    yourself.type(coachee_goal="To sleep", coachee_plan="To run", coachee_failure="I was late")
    for values in ({"chose_to_start": "true"}, {"chose_to_start": ""}, {"spoken": "true"}, {"coach_goal": "Chess"}):
        yourself.type(values)
    dreams.type({f"dream.{DREAM}.title": "To sail", f"dream.{ERASED}.title": "To fly"})
    for decision in MissionDecision:
        dreams.type(decision=decision.value)
    who = kernel.view("who_what_when")
    who.type(becoming="new", becoming_text="Somebody who waits")
    for key, more in ((PROMISE, {}), (THEIRS, {"owner": "coach"}), (EXPERIMENT, {"experiment": "true"})):
        who.type({f"item.{key}.{name}": value for name, value in (WHOLE | more).items()})
    for name, kind in (("origin", Origin), ("ownership", Ownership)):
        for value in kind:
            who.type({f"item.{THEIRS}.{name}": value.value})
    closing = kernel.view("closing")
    closing.type(act="list_words")
    closing.type(erase_words=ERASED)
    closing.type(act="erase")
    return kernel


def second(home):
    """Hold the session in which it is told how everything is: each answer once, and the ends last."""
    kernel = Kernel(home, desk=Recording)
    opening = kernel.view("opening")
    for outcome in (*sorted(set(ReviewOutcome) - {"done", "showed"}), ReviewOutcome.DONE):
        opening.type({f"review.{PROMISE}.outcome": outcome.value, f"review.{PROMISE}.due": "2026-02-09"})
    opening.type({f"review.{EXPERIMENT}.outcome": "showed", "agreement_goes_on": "paused"})
    part = {ThreadKind.DREAM: "dreams", ThreadKind.BECOMING: "who_what_when"}
    told = threads(frames(to_table(list(entries(home).values()))), home.clock().date())
    for kind in ThreadKind:
        view, own = kernel.view(part.get(kind, "yourself")), [thread for thread in told if thread.kind is kind]
        for status in LIVES[kind]:
            view.type({f"thread.{thread.id}.status": status.value for thread in own})
        # How a dream or a becoming is, its lines say.
        stands = [replace(own[0], status=status).standing | {"kind": kind.value} for status in LIVES[kind]]
        Recording.kept += tuple(one for one in stands if lines_say(own[0].id, LIVES[kind]))
    return kernel


def lines_say(thread, statuses):
    return set(statuses) == {record["status"] for record in Recording.kept if record.get("about") == thread}


def hand_over(home, file):
    (book,) = home.workbooks()

    def handed(_workbook, plan, _file, seal):
        book.handing_over.hand_over(plan, file, seal)
        return Written("Written.")

    form = HandoverForm(
        lambda: (book.id, "Ana"),
        lambda _: book.handing_over.offered(),
        lambda _, wish: book.handing_over.planned(wish),
        handed,
        lambda: home.clock().date(),
        own_copy=GivingOwnCopy(Copies(lambda _: book, home.clock)),
    )
    view = View(form.form(), Page())
    view.type({"to": "Nora", f"promise.{THEIRS}.becomes": "taken-over", "opens": "plain"}, act="look")
    view.type(act="hand_over")
    assert view.told == "Written.", (view.told, view.problems)


def test_every_status_that_any_model_knows_can_be_reached_by_a_form(written):
    assert {Dream, Becoming, Item} <= {model for model, _, _ in statuses()}
    for model, name, every in statuses():
        reached = written.get((model, name), set())
        assert every - reached == set(), (model.__name__, name)
