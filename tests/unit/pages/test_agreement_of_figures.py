"""What the sentences of a page say is what its figures show, whatever happened."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.charts.conversation import conversation
from coaching.charts.mission.history_flow import history_flow
from coaching.charts.promises.ageing import ageing
from coaching.charts.promises.lifelines import lifelines
from coaching.charts.promises.promise_dots import promise_dots
from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.metrics.sessions.conversation import conversation_row
from coaching.model.sharing import Audience
from coaching.pages.figures import period_in_words
from coaching.pages.sections.written_review import written_review
from coaching.pages.source import PageSource
from tests.examples import COSTLY
from tests.invented_year import load
from tests.unit.charts.charting import Seen
from tests.unit.pages.conftest import ASOF, identity, record, shared_of, shared_year

FIRST = date(2025, 1, 6)
ACTIVE = date(2026, 11, 30)


def number(pattern, text):
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def contradictions(contents):
    """Yield each sentence of the review that says another number than the title of its figure."""
    states, sessions, asof, period = contents.states, contents.sessions_held, contents.asof, contents.period
    said = [sentence.text for sentence in written_review(contents)]
    name = period_in_words(period)
    alive = next((text for text in said if text.startswith(f"{name}: ") and "promise" in text), "")
    title = Seen(lifelines(states, sessions, asof, period.start, period.end, name)).finding()
    done = number(r"(\d+) kept", alive) + number(r"(\d+) done afterwards", alive) + number(r"(\d+) done\b(?! a)", alive)
    shown = number(r": (\d+) of", title), number(r" of (\d+) ", title), number(r"(\d+) still open", title)
    if alive and shown != (done, number(r": (\d+) promise", alive), number(r"(\d+) open", alive)):
        yield alive, title
    waiting = next((text for text in said if re.match(r"\d+ promises? (is|are) open|Nothing is open", text)), "")
    title = Seen(ageing(states, asof)).finding()
    past = number(r"(\d+) of them past", waiting) or int("open, past its day" in waiting)
    shown = (
        number(r"^(\d+) promise", title),
        number(r"(\d+) of them past", title)
        or (number(r"^(\d+)", title) if "all past" in title or "open, past" in title else 0),
    )
    if waiting and shown != (number(r"^(\d+) promise", waiting), past):
        yield waiting, title
    title = Seen(promise_dots(states, sessions, asof)).finding()
    if period == ALL_TIME and alive and number(r" of (\d+) promise", title) not in {0, shown_total(alive)}:
        yield alive, title


def contradictions_of_the_talk(contents):
    """Yield each sentence on the mission statement or the sessions that says another number than its figure's title."""
    said = [sentence.text for sentence in written_review(contents)]
    title = Seen(history_flow(contents.versions, contents.lineage)).finding()
    since = next((text for text in said if "since the first one of" in text or "Since the first one" in text), None)
    if since:
        stayed = number(r"^(\d+) of its", since), number(r"of its (\d+) words?", since)
        shown = number(r"^(\d+) of the latest", title), number(r"of the latest (\d+)", title)
        if stayed != shown and not (stayed == (0, 0) and title.startswith("None of the latest")):
            yield since, title
        if (back := number(r"; (\d+) (?:was|were) let go and came back", since)) != number(
            r"(\d+) came back", title
        ) and back:
            yield since, title
    first = next((text for text in said if text.startswith("The first mission statement was written")), None)
    if first and len(contents.versions) == 1 and number(r"in (\d+) word", first) != number(r", (\d+) word", title):
        yield first, title
    if ("no mission statement yet" in " ".join(said)) and title != "No mission statement yet":
        yield "no mission statement yet", title
    held = next((text for text in said if "sessions took place" in text), None)
    row = conversation_row(contents.shared.frames, contents.asof)
    title = Seen(conversation(row, "Bo", "Ana")).finding()
    if held and contents.period == ALL_TIME:
        told = number(r"^(\d+) sessions", held), number(r"usually (\d+) days", held)
        shown = number(r"So far (\d+) session", title), number(r"usually (\d+) days", title)
        if told[0] != shown[0] or (told[1] and shown[1] and told[1] != shown[1]):
            yield held, title


def shown_total(alive):
    return number(r": (\d+) promise", alive)


@pytest.mark.parametrize("name", ["all", "Q1", "Q2", "Q3", "Q4"])
@pytest.mark.parametrize("year", ["demo_year", "edge_year", "active_pair"])
def test_no_sentence_of_an_invented_year_contradicts_a_figure(year, name):
    asof = ACTIVE if year == "active_pair" else ASOF[year]
    of = {"demo_year": 2025, "edge_year": 2024, "active_pair": 2026}[year]
    period = ALL_TIME if name == "all" else parse_period(f"{of}{name}")
    assert load(year)
    contents = PageSource.of(shared_year(year), asof, period)
    assert [*contradictions(contents), *contradictions_of_the_talk(contents)] == []


EVENT = st.tuples(st.integers(0, 3), st.sampled_from(["done", "let_go", "reopened", "due_moved"]), st.integers(1, 120))


@COSTLY
@given(st.lists(EVENT, max_size=8), st.integers(20, 200), st.sampled_from(["all", "2025Q1", "2025Q2"]))
def test_no_sentence_contradicts_a_figure_whatever_happens(events, after, name):
    items = [
        record("item", str(place), held_on=FIRST, what=f"Carry stone {place}", owner=owner, by=due)
        for place, (owner, due) in enumerate(
            [("coachee", FIRST + timedelta(30)), ("coach", FIRST + timedelta(60)), ("coachee", None), (None, FIRST)]
        )
    ]
    told = [
        record(
            "item_event",
            str(place),
            held_on=FIRST + timedelta(day),
            item=identity("item", str(item)),
            event=kind,
            **({"due_to": FIRST + timedelta(day + 20)} if kind == "due_moved" else {}),
        )
        for place, (item, kind, day) in enumerate(events)
    ]
    held = [
        record("session", str(n), held_on=FIRST + timedelta(28 * n), number=n + 1, author="coach") for n in range(4)
    ]
    shared = shared_of([*held, *items, *told], Audience.PAIR)
    found = list(contradictions(PageSource.of(shared, FIRST + timedelta(after), parse_period(name))))
    assert found == []


STATEMENT = st.lists(st.sampled_from(["bread", "I", "bake", "1.", "night", "–", "wake"]), max_size=6).map(" ".join)


@COSTLY
@given(
    st.lists(st.tuples(STATEMENT, st.booleans(), st.integers(1, 60)), max_size=7),
    st.sampled_from(["all", "2025Q1", "2025Q2"]),
)
def test_no_sentence_on_words_or_sessions_contradicts_a_figure_whatever_is_said(sessions, name):
    day, records = FIRST, []
    for place, (text, confirmed, after) in enumerate(sessions):
        day += timedelta(after)
        held = record("session", str(place), held_on=day, number=place + 1, author="coach")
        within = {"session": held["id"], "held_on": day}
        how = "written" if confirmed else "coach_did_not"
        records += [held, record("segment", str(place), **within, segment="yourself", coach_first=how, author="coach")]
        records.append(record("mission", str(place), **within, number=place + 1, text=text, confirmed=confirmed))
    contents = PageSource.of(shared_of(records, Audience.PAIR), day, parse_period(name))
    assert list(contradictions_of_the_talk(contents)) == []
