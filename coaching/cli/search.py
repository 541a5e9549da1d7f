"""The command that looks for words."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import unlock
from coaching.cli.common import HomeOption, found, takes_passphrase, warn
from coaching.errors import CoachingError
from coaching.i18n import say, say_counted, to_say
from coaching.l10n import in_words
from coaching.metrics.periods import ALL_TIME, Period
from coaching.text import one_line
from coaching.workbook.home import Home
from coaching.workbook.search.findings import Findings, Hit, InSession, Passage
from coaching.workbook.search.wish import Wish
from coaching.workbook.workbook import Workbook

#: So many sessions are shown unless somebody wants more.
_SHOWN = 20
_BOLD, _PLAIN = "\x1b[1;4m", "\x1b[0m"
#: Stand where a word begins and ends while a line is made fit for a terminal; people's own are taken out before.
_BEGIN, _END = "\ue001", "\ue002"
_NO_MARKS: Final = {ord(mark): "\N{REPLACEMENT CHARACTER}" for mark in (_BEGIN, _END)}
_NOTHING = to_say("Nothing was found: no entry that both may read has all of this.")
_PRIVATE_TOO = to_say("What is private to you was not looked at; --private looks there too.")


@app.command()
@takes_passphrase
def search(  # noqa: PLR0913 - what can be said of where to look
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The coachee's name, a part of it, or the workbook's id; with --all the first word."
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="What to look for; '\"two words\"' are looked for side by side."),
    ] = None,
    *,
    everywhere: Annotated[bool, typer.Option("--all", metavar="", help="Look in all workbooks that are open.")] = False,
    by: Annotated[
        str | None,
        typer.Option(
            parser=options.words, metavar="WHO", help="Whose words, or whose promise: coach, coachee, or a name."
        ),
    ] = None,
    part: Annotated[
        str | None, typer.Option(parser=options.part, metavar="PART", help="A part of a session, such as dreams.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(parser=options.kind, metavar="KIND", help="Such as dream, promise, statement, note, goal."),
    ] = None,
    when: Annotated[
        Period | None,
        typer.Option(
            parser=options.stretch, metavar="TIME", help="Such as 2025Q3, 'last autumn', 2025-09, 'since March'."
        ),
    ] = None,
    thread: Annotated[
        str | None,
        typer.Option(parser=options.words, metavar="ENTRY", help="This entry, such as D03, and what belongs to it."),
    ] = None,
    best: Annotated[bool, typer.Option("--best", metavar="", help="What fits best first; else the newest.")] = False,
    private: Annotated[
        bool, typer.Option("--private", metavar="", help="Look in your private notes too; for your eyes alone.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="How many sessions to show.")] = _SHOWN,
    as_json: Annotated[bool, typer.Option("--json", metavar="", help="As JSON instead of text.")] = False,
    home: HomeOption = None,
) -> None:
    typed = " ".join([*([name] if everywhere else []), *(words or [])])
    wish = Wish(by, part, kind, when or ALL_TIME, thread)
    if not typed.strip() and not wish:
        raise typer.BadParameter(say("say what to look for: words, or an option such as --kind"), param_hint="'WORDS'")
    workbooks = _all_open(home) if everywhere else [found(name, home)]
    answers = _answers(workbooks, typed, wish, private=private, best=best, limit=limit)
    if as_json:  # in ASCII, so that it is JSON whatever the terminal's alphabet
        typer.echo(json.dumps(_record(answers), indent=1))
        return
    for workbook, shared, own in answers:
        for line in _lines(workbook, shared, own, is_named=everywhere):
            typer.echo(line)
    if not any(shared.hits or own.hits for _, shared, own in answers):
        typer.echo(say(_NOTHING))
    if not private:
        typer.echo(say(_PRIVATE_TOO))


_Answer = tuple[Workbook, Findings, Findings]


def _all_open(home: Path | None) -> list[Workbook]:
    place = Home(home)
    unlock(place)
    warn(place.problems())
    if not (workbooks := place.workbooks()) and not place.locked():
        raise CoachingError(place.without_workbooks())
    return workbooks


def _answers(
    workbooks: Sequence[Workbook], typed: str, wish: Wish, *, private: bool, best: bool, limit: int
) -> list[_Answer]:
    """Return what each workbook has; one that knows nobody and nothing of a name has nothing, unless none knows it."""
    answers, unknown = [], []
    for workbook in workbooks:
        try:
            shared = workbook.search(typed, wish, best=best, limit=limit)
            own = workbook.search(typed, wish, private=True, best=best, limit=limit) if private else Findings()
        except CoachingError as error:
            unknown.append(error)
        else:
            answers.append((workbook, shared, own))
    if unknown and not answers:
        raise unknown[0]
    return answers


def _lines(workbook: Workbook, shared: Findings, own: Findings, *, is_named: bool) -> Iterator[str]:
    if is_named and (shared.hits or own.hits):
        yield f"{one_line(workbook.name)}:"
    yield from _told(shared)
    if own.hits:
        yield say("Private, for you alone:")
        yield from _told(own)


def _told(findings: Findings) -> Iterator[str]:
    for session in findings.sessions:
        yield _heading(session)
        for hit in session.hits:
            yield from _hit_in_lines(hit)
    if findings.hits:
        entries = say_counted("{count} entry", "{count} entries", findings.hits)
        sessions = say_counted("{count} session", "{count} sessions", findings.number)
        if more := findings.number - len(findings.sessions):
            yield say(
                "{entries} in {sessions}; {others} more with --limit {limit}.",
                entries=entries,
                sessions=sessions,
                others=say_counted("{count} session", "{count} sessions", more),
                limit=findings.number,
            )
        else:
            yield say("{entries} in {sessions}.", entries=entries, sessions=sessions)


def _heading(session: InSession) -> str:
    called = one_line(session.label or say("a session")) if session.session else say("Outside a session")
    return f"{called}, {in_words(session.held_on)}" if session.held_on else called


def _hit_in_lines(hit: Hit) -> Iterator[str]:
    heading = " ".join(filter(None, [say(hit.kind), hit.label and one_line(hit.label)]))
    for passage in hit.passages:
        yield f"    {heading}, {one_line(hit.who)}: {_marked(passage)}"


def _marked(passage: Passage) -> str:
    """Return a sentence with what was looked for marked: by how it looks at a terminal, by stars in a file."""
    text, end = "", 0
    for start, stop in passage.spans:
        text += _unmarked(passage.text[end:start]) + _BEGIN + _unmarked(passage.text[start:stop]) + _END
        end = stop
    line = one_line(text + _unmarked(passage.text[end:]))
    begin, stops = (_BOLD, _PLAIN) if sys.stdout.isatty() else ("*", "*")
    return line.replace(_BEGIN, begin).replace(_END, stops)


def _unmarked(text: str) -> str:
    return text.translate(_NO_MARKS)


def _record(answers: Sequence[_Answer]) -> dict[str, Any]:
    return {
        "workbooks": [
            {
                "workbook": workbook.id,
                "name": workbook.name,
                "entries": shared.hits,
                "number_of_sessions": shared.number,
                "sessions": [*map(_session_record, shared.sessions)],
                "private": [*map(_session_record, own.sessions)],
            }
            for workbook, shared, own in answers
        ]
    }


def _session_record(session: InSession) -> dict[str, Any]:
    return {
        "session": session.session,
        "label": session.label,
        "held_on": session.held_on.isoformat() if session.held_on else None,
        "entries": [*map(_hit_record, session.hits)],
    }


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.identity,
        "label": hit.label,
        "kind": hit.kind,
        "by": hit.by,
        "who": hit.who,
        "part": hit.part,
        "sentences": [{"field": one.field, "text": one.text, "matches": one.spans} for one in hit.passages],
    }
