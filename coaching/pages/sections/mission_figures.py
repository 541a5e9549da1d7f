"""The figures of the mission statement."""

from functools import partial
from typing import Any

import pandas as pd

from coaching.charts.mission.convergence import convergence_chart
from coaching.charts.mission.history_flow import history_flow as draw_history_flow
from coaching.charts.mission.theme_lanes import theme_lanes as draw_theme_lanes
from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.mission.convergence import convergence as convergence_of
from coaching.metrics.mission.similarity import said as share_in_words
from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.themes import Theme, theme_shares
from coaching.pages.figures import Figure, Table, day_cell, session_cell
from coaching.pages.sections.statements import words_of
from coaching.pages.source import PageSource
from coaching.pages.words import Words


def mission_figures(contents: PageSource) -> tuple[Figure, ...]:
    """Return them in the order of the page; none before there is a statement."""
    if not contents.versions:
        return ()
    lanes = (theme_lanes(contents),) if contents.themes else ()
    return (history_flow(contents), *lanes, convergence(contents))


def history_flow(contents: PageSource) -> Figure:
    """Return how the words of the mission statement came, stayed and went."""
    versions = contents.versions
    rows = tuple(
        (
            session_cell(version.session_number),
            day_cell(version.held_on),
            str(sum(any(map(str.isalnum, word.text)) for word in words)),
            words_of(contents, version),
        )
        for version, words in zip(versions, contents.lineage, strict=True)
    )
    head = (say("Session"), say("Day"), say("Words"), say("Statement"))
    table = Table(say("All versions of the mission statement"), head, rows)
    return Figure(
        "history-flow",
        say("How the mission statement grew"),
        _in_words(versions),
        partial(draw_history_flow, versions, contents.lineage),
        table,
    )


def theme_lanes(contents: PageSource) -> Figure:
    """Return the coachee's themes, and how much each version speaks of them."""
    versions, all_themes = contents.versions, contents.themes
    shares = theme_shares(all_themes, versions)
    named = {theme.id: _names(contents, theme) for theme in all_themes}
    rows = tuple(
        (
            *named[row["theme"]],
            _session_cell(row["session_number"]),
            say("{count} of {all}", count=row["count"], all=row["of"]),
        )
        for row in shares.to_dict("records")
    )
    head = (say("Theme"), say("Dream"), say("Session"), say("Its words"))
    table = Table(say("Themes in the versions of the mission statement"), head, rows)
    return Figure(
        "theme-lanes",
        say("The themes of the statement"),
        _in_words(versions),
        partial(draw_theme_lanes, all_themes, shares, versions),
        table,
    )


def convergence(contents: PageSource) -> Figure:
    """Return how much each version has in common with the first, and with that of a quarter earlier."""
    versions = contents.versions
    shares = convergence_of(versions)
    rows = tuple(
        (
            _session_cell(row["session_number"]),
            day_cell(row["held_on"]),
            _in_common(row["with_first"]),
            _in_common(row["with_earlier"]),
        )
        for row in shares.to_dict("records")
    )
    head = (say("Session"), say("Day"), say("In common with the first"), say("With that of a quarter earlier"))
    table = Table(say("What the versions have in common, of the words that carry content"), head, rows)
    return Figure(
        "convergence",
        say("How much of the text has stayed"),
        _in_words(versions),
        partial(convergence_chart, shares),
        table,
    )


def _names(contents: PageSource, theme: Theme) -> tuple[Words, str]:
    """Return what a theme and the dream behind it are called; they may be of a later day than the contents."""
    records, language = contents.shared.by_id, contents.coachee.get("language")
    record = records[theme.id]
    title: str | None = contents.words(record, "title")
    if title is None:
        title = ", ".join(word for word in contents.shared.show(record, "words") or () if word is not None)
    dream = contents.dream_name(records.get(record.get("dream", ""), {}))
    return Words(title, language), Words(dream or "", language) or "–"


def _session_cell(number: Any) -> str:
    return session_cell(None if pd.isna(number) else int(number))


def _in_common(share: float) -> str:
    return "–" if pd.isna(share) else share_in_words(share)


def _in_words(versions: tuple[Version, ...]) -> str:
    if not versions:
        return say("No mission statement yet.")
    return say_counted(
        "{count} version of the mission statement, from {first} to {last}.",
        "{count} versions of the mission statement, from {first} to {last}.",
        len(versions),
        first=say_day(versions[0].held_on),
        last=say_day(versions[-1].held_on),
    )
