"""The search on the page: it answers what is looked for there, and keeps nothing of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Literal

from coaching.errors import CoachingError
from coaching.forms.engine.messages import FoundHit, FoundMessage, FoundSession, KernelMessage, PastMessage
from coaching.i18n import say, say_counted, to_say
from coaching.l10n import in_words
from coaching.metrics.periods import ALL_TIME
from coaching.workbook.search.findings import Findings, Hit, InSession, Passage
from coaching.workbook.search.past import Version
from coaching.workbook.search.times import read_time
from coaching.workbook.search.wish import Wish
from coaching.workbook.workbook import Workbook

#: Who looks: the holder of the copy alone, or the two together.
Looking = Literal["alone", "both"]
#: So many sessions are shown; who wants others says more of what they look for.
_SHOWN = 30
_NOTHING = to_say("Nothing was found.")
_Piece = tuple[str, bool]


class Searching:
    """Answers from the workbooks that are open.

    Two who look together find what both of them may read, in the workbook that they have before them; who is alone may
    look in their private notes and in other workbooks too, if they say so.

    Parameters
    ----------
    books
        Returns the workbooks that are open, by id.
    today
        Returns the day it is.
    looking
        Who looks.
    """

    def __init__(
        self, books: Callable[[], Mapping[str, Workbook]], today: Callable[[], date], looking: Looking
    ) -> None:
        self._books, self._today = books, today
        self._is_alone = looking == "alone"

    def answer(self, workbook: str, message: Mapping[str, Any]) -> KernelMessage:
        """Return the answer to a message of `SEARCHES`, for those who have this workbook before them."""
        if message["type"] == "look_back":
            return self._looked_back(workbook, message)
        private = self._is_alone and bool(message["private"])
        try:
            found = list(self._found(workbook, message, private=private))
        except CoachingError as error:
            return _answered(message, [], str(error), private=private)
        is_named = len(found) > 1
        sessions = [
            _session(book, one, self._today(), is_named=is_named)
            for book, findings in found
            for one in findings.sessions
        ]
        return _answered(message, sessions, _summary([one for _, one in found]), private=private)

    def _found(
        self, workbook: str, message: Mapping[str, Any], *, private: bool
    ) -> Iterator[tuple[Workbook, Findings]]:
        books = self._books()
        everywhere = self._is_alone and bool(message["everywhere"])
        wish, words = self._wish(message["where"]), str(message["words"])
        best = message["where"].get("order") == "best"
        here = [books[workbook]] if workbook in books else []  # it may have been locked meanwhile
        for book in books.values() if everywhere else here:
            if words.strip() or wish:
                yield book, book.search(words, wish, private=private, best=best, limit=_SHOWN)

    def _wish(self, where: Mapping[str, str]) -> Wish:
        when = where.get("when", "").strip()
        period = read_time(when, self._today()) if when else ALL_TIME
        return Wish(where.get("by") or None, where.get("part") or None, where.get("kind") or None, period)

    def _looked_back(self, workbook: str, message: Mapping[str, Any]) -> PastMessage:
        book = self._books().get(str(message["workbook"]) if self._is_alone else workbook)
        past: list[Version] = []
        with suppress(CoachingError):  # it may be locked by now, and then there is nothing
            past = book.past(str(message["entry"]), private=self._is_alone and bool(message["private"])) if book else []
        return {
            "type": "past",
            "view": str(message["view"]),
            "number": int(message["number"]),
            "versions": [
                {
                    "about": _about_version(one, self._today()),
                    "words": one.words,
                }
                for one in past
            ],
        }


def _answered(
    message: Mapping[str, Any], sessions: Sequence[FoundSession], text: str, *, private: bool
) -> FoundMessage:
    return {
        "type": "found",
        "view": str(message["view"]),
        "number": int(message["number"]),
        "private": private,
        "sessions": sessions,
        "text": text,
    }


def _session(book: Workbook, session: InSession, today: date, *, is_named: bool) -> FoundSession:
    called = (session.label or say("a session")) if session.session else say("outside a session")
    day = [in_words(session.held_on, today)] if session.held_on else []
    title = " · ".join([*([book.name] if is_named else []), called, *day])
    return {"title": title, "hits": [_hit(book, hit) for hit in session.hits]}


def _hit(book: Workbook, hit: Hit) -> FoundHit:
    about = " · ".join(filter(None, [hit.who, say(hit.kind), hit.label]))
    return {
        "workbook": book.id,
        "entry": hit.identity,
        "about": about,
        "sentences": [_pieces(passage) for passage in hit.passages],
    }


def _about_version(version: Version, today: date) -> str:
    said = [version.kind, *([version.standing] if version.standing else [])]
    return " · ".join(filter(None, [in_words(version.said_on, today), version.who, *map(say, said)]))


def _pieces(passage: Passage) -> list[_Piece]:
    pieces: list[_Piece] = []
    end = 0
    for start, stop in passage.spans:
        pieces += [(passage.text[end:start], False), (passage.text[start:stop], True)]
        end = stop
    return [(text, is_match) for text, is_match in [*pieces, (passage.text[end:], False)] if text]


def _summary(findings: Sequence[Findings]) -> str:
    if not findings:
        return ""
    hits, sessions = sum(one.hits for one in findings), sum(one.number for one in findings)
    if not hits:
        return say(_NOTHING)
    shown = sum(len(one.sessions) for one in findings)
    entries = say_counted("{count} entry", "{count} entries", hits)
    if shown < sessions:
        return say(
            "{entries} in {sessions} sessions; {shown} are shown.", entries=entries, sessions=sessions, shown=shown
        )
    return say_counted("{entries} in {count} session.", "{entries} in {count} sessions.", sessions, entries=entries)
