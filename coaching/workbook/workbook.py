"""One workbook: the object behind notebooks and commands, and the one place where the edges meet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from coaching import metrics, pages
from coaching.errors import CoachingError
from coaching.formats.sealing import new_identity, recipient_of
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.metrics.periods import ALL_TIME, Period, check_begun, last_day, parse_period
from coaching.model.entries import Handover, Session
from coaching.model.entry import Entry
from coaching.model.frames import Frames, current, frames
from coaching.model.ids import new_id
from coaching.model.merge import rules_of_joining, seen_by
from coaching.model.revisions import latest, moment_of, revise
from coaching.model.schema import numbers, readable, to_table
from coaching.model.sharing import Audience, Shared, share
from coaching.model.vocabulary import Kind, Side
from coaching.store import Keys, Snapshot
from coaching.workbook import demo, preview, sessions
from coaching.workbook.between import Between
from coaching.workbook.context import Context, Party, Records, Settled
from coaching.workbook.duplicates import Duplicate
from coaching.workbook.exports import Copy, as_json, as_plan_page, audience_of, check_ending, check_has_events, form_of
from coaching.workbook.handouts import Handouts, Recipient
from coaching.workbook.handover.transfer import HandingOver
from coaching.workbook.imports import Bringing
from coaching.workbook.incoming import Added, additions
from coaching.workbook.ledger import Ledger
from coaching.workbook.preview import Line
from coaching.workbook.releases import Releases
from coaching.workbook.retention import Upkeep
from coaching.workbook.search.findings import Findings
from coaching.workbook.search.past import Version, versions
from coaching.workbook.search.query import parse_query
from coaching.workbook.search.search import look
from coaching.workbook.search.wish import EVERYWHERE, Wish
from coaching.workbook.sheet import Sheets
from coaching.workbook.spoken import spoken_in

#: How many entries are written together while somebody types: every kind has columns of its own, and each takes time.
DRAFTED_TOGETHER = 6


class Workbook:
    """The entries of one pair, and what can be done with them.

    Parameters
    ----------
    ledger
        Where they are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.upkeep = Upkeep(self._ledger)
        self.bringing = Bringing(self._ledger)
        self.between = Between(self._ledger)
        self.handing_over = HandingOver(self._ledger)
        self.handouts = Handouts(self._ledger)
        self.releases = Releases(self._ledger)
        self.sheets = Sheets(self._ledger, self.handouts)
        self._writer = new_id(ledger.now())
        self._known: dict[str, Entry] = {}
        self._own: dict[str, Entry] = {}

    def __repr__(self) -> str:
        """Name the workbook by its id."""
        return f"<Workbook {self.id}>"

    @property
    def id(self) -> str:
        """The workbook's ULID."""
        return self._ledger.workbook

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self._ledger.store.folder

    @property
    def key(self) -> bytes | None:
        """The key that its files are encrypted with, for other programs that read them; none if they are plain."""
        return self._ledger.store.key

    @property
    def is_encrypted(self) -> bool:
        """Whether its files are encrypted; known also once it was locked, and while the disk is away."""
        return self._ledger.is_encrypted

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase opens it, so that it can be locked; else its key lies beside it, or there is none."""
        return self._ledger.has_passphrase

    @property
    def holder(self) -> Side:
        """Whose copy this is."""
        return Side(self._ledger.store.holder)

    @property
    def name(self) -> str:
        """The coachee's full name."""
        return self._coachee.full_name

    @property
    def called(self) -> str:
        """What the coachee is called by."""
        return self._coachee.name

    @property
    def _coachee(self) -> Party:
        people = sessions.people_of(self._ledger.latest_of(Kind.PERSON).values())
        return sessions.party(people, Side.COACHEE, self._ledger.today())

    @property
    def names(self) -> list[str]:
        """Every name that it holds of its people: what a passphrase should not be made of."""
        return self._ledger.names()

    @property
    def ended_on(self) -> date | None:
        """The day on which the invented year ended: nothing of it is due to whoever looks around in it.

        None in every other workbook, and once somebody has held a session in it, or handed it over, since.
        """
        if self.id != demo.ENDED:
            return None
        entries = [entry for entry in self._ledger.latest().values() if not entry.withdrawn]
        ends = [person.until_on for person in sessions.people_of(entries) if person.until_on]
        happened = (one.held_on for one in entries if isinstance(one, Session | Handover) and one.held_on)
        return max(ends) if ends and max(ends) > max(happened, default=date.min) else None

    def known_on(self, period: Period = ALL_TIME) -> date:
        """Return the day of which is spoken where none is named: today, or the last day of a period that is over.

        What has ended is known as it was on its last day (see `ended_on`).
        """
        day = self.ended_on
        today = self._ledger.today()
        return last_day(period, day if day and (period.start or day) <= day <= today else today)

    def last_kept(self) -> datetime | None:
        """Return when something of a session was last kept in it, UTC; None before its first session."""
        rows = self._ledger.rows().select(["session", "saved_at"])
        said = numbers(rows.filter(rows["session"].is_valid())["saved_at"])
        kept = [session.saved_at for session in self._ledger.latest_of(Kind.SESSION).values()]
        return max([*kept, *([moment_of(int(said.max()))] if said.size else [])], default=None)

    def problems(self, *, every_row: bool = False) -> list[str]:
        """Return what of the workbook's files could not be read, one sentence each, naming the workbook by its id.

        Parameters
        ----------
        every_row
            Whether to try to understand each row, though nobody has read the workbook yet.
        """
        snapshot = self._ledger.store.read()
        problems = [str(problem) for problem in snapshot.problems]
        if every_row or not self._ledger.is_understood(snapshot):
            problems += [f"entries: {problem}" for problem in readable(current(snapshot.history))[1]]
        if not problems and not snapshot.history.num_rows:
            problems = [say("entries holds nothing; let a sync tool bring its files, or put them back from a backup.")]
        return [f"{self.id}/{problem}" for problem in problems]

    def search(
        self,
        words: str,
        wish: Wish = EVERYWHERE,
        *,
        private: bool = False,
        best: bool = False,
        limit: int | None = None,
    ) -> Findings:
        """Return the entries that have words as they stand now, session by session.

        Parameters
        ----------
        words
            All of which an entry must have, in any of their forms; word for word what stands in quotes. Without any,
            every entry of the wish.
        wish
            Where to look.
        private
            Whether to look in what only the holder may read, and there alone; else in what both of the pair may read.
        best
            Whether what fits best comes first; else what is newest.
        limit
            How many sessions to return at most; by default all.

        Raises
        ------
        CoachingError
            If there is no word in `words`, or the wish names nobody, no part, no kind or no entry that there is.
        """
        query = parse_query(words)
        with self._ledger.index() as index:
            return look(index, query, wish, private=private, best=best, limit=limit)

    def past(self, identity: str, *, private: bool = False) -> list[Version]:
        """Return the words of an entry, version by version, and what was told of it later, newest first.

        Parameters
        ----------
        identity
            Its id, as a search has told it.
        private
            Whether to tell also what only the holder may read.
        """
        with self._ledger.index() as index:
            return versions(index.reading, identity, private=private)

    def frames(self) -> Frames:
        """Return the current entries as frames."""
        return self._ledger.frames()

    def shared(self, audience: Audience = Audience.HOLDER) -> Shared:
        """Return what an audience may read of the current entries."""
        return share(self.frames(), audience)

    def closed_frames(self) -> Frames:
        """Return the current entries as frames, as if the sessions that are not closed yet had not begun."""
        return self._ledger.closed_frames()

    def counted(self, audience: Audience = Audience.HOLDER) -> Shared:
        """Return what an audience may read of what figures and summaries are made of (see `closed_frames`)."""
        return share(self.closed_frames(), audience)

    def not_counted(self) -> list[str]:
        """Return for each session that is not closed yet, newest first, a sentence that says that it does not count."""
        drafted = self._ledger.store.read().drafted
        return [
            say(
                "The session of {day} is not closed yet; what is said in it counts from then on.",
                day=in_words(session.held_on),
            )
            for session in self.sessions()
            if session.id in drafted and session.held_on
        ]

    def figures(self, asof: date | None = None) -> dict[str, Any]:
        """Return every figure of the sessions that are closed as of a day, today by default (see `known_on`)."""
        return dict(metrics.figures(self.closed_frames(), asof or self.known_on()))

    def page(self, audience: Audience, period: str = "all", asof: date | None = None) -> str:
        """Return the summary page for an audience, as HTML; of a past period, as it was known on its last day.

        Raises
        ------
        CoachingError
            If the period is none that can be asked for, or has not begun on that day.
        """
        chosen = parse_period(period)
        known_on = asof or self.known_on(chosen)
        check_begun(chosen, known_on)
        return pages.summary_page(self.counted(audience), asof=known_on, period=chosen)

    def plan(self, audience: Audience) -> str:
        """Return the personal development plan for an audience, as HTML."""
        return as_plan_page(self._copy(audience))

    def write_page(self, file: Path, recipient: Recipient, period: str = "all", asof: date | None = None) -> None:
        """Write the summary page as a file (see `write_export`).

        Raises
        ------
        CoachingError
            If the file cannot be written, its ending is not .html, or the period is none that can be asked for or has
            not begun.
        """
        check_ending(file, ".html")
        self.handouts.write(file, self.page(recipient.audience, period, asof), recipient)

    def write_plan(self, file: Path, recipient: Recipient) -> None:
        """Write the personal development plan as a page (see `write_export`); its name ends in .html."""
        check_ending(file, ".html")
        self.handouts.write(file, self.plan(recipient.audience), recipient)

    def write_export(
        self,
        file: Path,
        recipient: Recipient | None = None,
        side: Side = Side.COACHEE,
        asof: date | None = None,
        *,
        tasks: bool = False,
    ) -> None:
        """Write what an audience may read as a file, whole or not at all, readable for its owner alone.

        What is for others than the holder is noted among the `handouts`.

        Parameters
        ----------
        file
            Where; the ending of its name says in which form (see `coaching.workbook.exports.FORMS`).
        recipient
            To whom; by default both of the pair, and of a .json file the holder.
        side
            Whose due dates a calendar holds.
        asof
            The day of which the file speaks, today by default.
        tasks
            Whether a .md file is to be the action items alone, with the marks of Obsidian Tasks.

        Raises
        ------
        CoachingError
            If the file cannot be written, its ending is of no known form, the form is never for that audience, or it is
            a calendar without any event.
        """
        recipient = recipient or Recipient(audience_of(file, None))
        content = self.export(file, recipient.audience, side, asof, tasks=tasks)
        check_has_events(file, content, side)
        self.handouts.write(file, content, recipient)

    def export(
        self,
        file: Path,
        audience: Audience,
        side: Side = Side.COACHEE,
        asof: date | None = None,
        *,
        tasks: bool = False,
    ) -> str | bytes:
        """Return what `write_export` writes, before it is sealed; what is handed out in another way is noted there."""
        return form_of(file, tasks=tasks).write(self._copy(audience_of(file, audience), side, asof))

    def exported(self, audience: Audience = Audience.HOLDER) -> str:
        """Return what an audience may read as JSON; for the holder, with every revision."""
        return as_json(self._copy(audience))

    def own_copy(self) -> "pages.OwnCopy":  # a name that is looked up imports pandas
        """Return what the coachee's own copy, in which they write, is made of (see `coaching.workbook.own_file`)."""
        store = self._ledger.store
        recipient = recipient_of(store.keep_identity(new_identity)) if self.has_passphrase else None
        copy = self._copy(Audience.PAIR)
        people = sessions.people_of(entry for entry in self._ledger.latest().values() if not entry.withdrawn)
        return pages.OwnCopy(
            shared=copy.shared,
            workbook=self.id,
            holder=self.holder.value,
            person=self.called,
            coach=sessions.party(people, Side.COACH, self._ledger.today()).name,
            recipient=recipient,
            rules=rules_of_joining(),
            issued=self._ledger.clock(),
        )

    def _copy(self, audience: Audience, side: Side = Side.COACHEE, asof: date | None = None) -> Copy:
        snapshot = self._ledger.store.read()
        history = self._seen(snapshot) if audience is Audience.PAIR else None
        shared = whole = share(frames(current(snapshot.history)), audience, history)
        if audience is Audience.HOLDER:
            whole = share(frames(snapshot.history), audience)
        return Copy(shared, whole, self.id, self.holder, side, asof or self.known_on())

    def _seen(self, snapshot: Snapshot) -> Frames:
        """Return the revisions that whoever said what stands had seen; not what nobody has chosen between yet."""
        revisions: dict[str, list[Entry]] = {}
        for entry in self._ledger.understood(snapshot):
            revisions.setdefault(entry.id, []).append(entry)
        seen: list[Entry] = []
        for own in revisions.values():
            known = seen_by(max(own, key=lambda entry: entry.rev), own)
            seen += [entry for entry in own if entry.rev in known]
        return frames(to_table(seen))

    def duplicate(self, folder: Path, keys: Keys) -> Duplicate:
        """Return what a second folder of this workbook has; `keys` are what unlocking it gave.

        Raises
        ------
        StoreError
            If it cannot be read, or is no folder of this copy.
        """
        return Duplicate(folder, self._ledger, keys)

    def add(self, incoming: Sequence[Mapping[str, Any]], earlier: Mapping[str, Sequence[int]] | None = None) -> Added:
        """Bring in records: all of them in one durable act, or none.

        What becomes of each, `coaching.workbook.incoming` says; what another copy knew of a record before, `earlier`.

        Raises
        ------
        InterchangeError
            If a record breaks the rules of its kind; nothing was changed.
        """
        entries, added = additions(
            incoming,
            self._ledger.history(),
            holder=self.holder,
            next_rev=self._ledger.next_rev,
            now=self._ledger.now(),
            earlier=earlier,
        )
        self._ledger.save(entries)
        return added

    def lines(self, ids: Collection[str]) -> tuple[Line, ...]:
        """Return what entries say that both may read, line by line; not what is private, erased or taken back."""
        return preview.brought(self._ledger.latest(), ids)

    def is_older(self, incoming: Sequence[Mapping[str, Any]]) -> bool:
        """Tell whether records say nothing new, and the coachee has said something later between the sessions."""
        entries = self._ledger.latest()
        newest = {str(record.get("id")): int(record.get("rev", 0)) for record in incoming}
        if any(identity not in entries or rev > entries[identity].rev for identity, rev in newest.items()):
            return False
        own = (one for one in entries.values() if one.author is Side.COACHEE and one.session is None)
        return any(one.rev > newest.get(one.id, 0) for one in own)

    def rename(self, side: Side, called: str) -> None:
        """Keep what one of the two people is called by; one act, which `undo` takes back. The full name stays.

        Raises
        ------
        CoachingError
            If nobody stands on that side, or the disk refuses; nothing was changed.
        """
        self._say_of(side, called=called.strip())

    def let_old_words_return(self, *, wanted: bool) -> None:
        """Keep whether what was said once may return on the holder's screen; one act, which `undo` takes back.

        Raises
        ------
        CoachingError
            If the workbook does not name its holder, or the disk refuses; nothing was changed.
        """
        self._say_of(self.holder, old_words=None if wanted else False)

    def _say_of(self, side: Side, **fields: Any) -> None:
        entries = self._ledger.latest()
        people = sessions.people_of(entries.values())
        person = entries.get(sessions.party(people, side, self._ledger.today()).id or "")
        if person is None:
            raise CoachingError("The workbook names nobody as the {side}.", side=side)
        new = revise(
            {person.id: person.content() | fields},
            entries,
            {},
            next_rev=self._ledger.next_rev,
            saved_at=self._ledger.now(),
        )
        if new:
            self._ledger.save(list(new.values()))

    def open_session(self, session: str | None = None) -> Context:
        """Return what the forms of a session need: this session, or the one not closed yet, or the next.

        From here on `keep` and `close` belong to this session.
        """
        snapshot = self._ledger.store.read()
        history = self._ledger.understood(snapshot)
        context = sessions.context(self.id, self.holder, history, snapshot.drafted, session, self._ledger.today())
        # A writer of its own each time: a draft replaces the writer's draft before, and what that held is known now.
        self._known, self._own, self._writer = latest(history), {}, new_id(self._ledger.now())
        return context

    def sessions(self) -> list[Session]:
        """Return the sessions, newest first."""
        return sessions.newest_first(self._ledger.latest_of(Kind.SESSION))

    @property
    def language(self) -> str:
        """The language that its sessions are spoken in."""
        return spoken_in(self._ledger.latest().values())

    def next_session(self) -> tuple[str, str]:
        """Return id and short name of the session that comes after all others."""
        return sessions.following(self.id, self._ledger.latest_of(Kind.SESSION), self._ledger.today())

    def keep(self, session: str, records: Records, settled: Settled = MappingProxyType({})) -> None:
        """Keep what a session says as a draft, and which conflicts that ends; it is on disk when this returns."""
        if self._own and not self._ledger.store.has_draft(session, self._writer):
            self._begin_draft()  # somebody else has closed the session
        own = revise(
            records, self._known, self._own, settled, next_rev=self._ledger.next_rev, saved_at=self._ledger.now()
        )
        if own != self._own:
            self._ledger.store.draft(session, self._writer, list(own.values()))
            self._own = own
        if len(own) >= DRAFTED_TOGETHER:  # what is typed next goes into a draft of its own
            self._begin_draft()

    def close(self, session: str) -> None:
        """Make the session's drafts part of the workbook for good."""
        self._ledger.store.commit(session)
        self._begin_draft()

    def _begin_draft(self) -> None:
        """Let what was said so far be, as something to be edited from."""
        self._known |= self._own
        self._own, self._writer = {}, new_id(self._ledger.now())
