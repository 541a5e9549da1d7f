"""Whatever is done in whatever order, rows are a set: a model in memory and the store on disk agree."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coaching.model.frames import current
from coaching.store import PLAIN, Store
from tests.examples import COSTLY
from tests.unit.store.samples import KEY, OTHER_SESSION, SESSION, files, made, note

SESSIONS = st.sampled_from([SESSION, OTHER_SESSION])
WRITERS = st.sampled_from(["tab-1", "tab-2"])
NOTES = st.lists(st.builds(note, st.sampled_from("abc"), st.integers(1, 5), st.just("words")), min_size=1, max_size=4)


class AnyOrder(RuleBasedStateMachine):
    @initialize(key=st.sampled_from([PLAIN, KEY]))
    def begin(self, key):
        self.home = Path(tempfile.mkdtemp())
        self.key = key
        self.store = made(self.home, key, "coachee")
        self.kept = set()
        self.drafts = {}

    @rule(entries=NOTES)
    def save(self, entries):
        self.store.save(entries)
        self.kept |= {(entry.id, entry.rev) for entry in entries}

    @rule(session=SESSIONS, writer=WRITERS, entries=NOTES)
    def draft(self, session, writer, entries):
        self.store.draft(session, writer, entries)
        self.drafts[session, writer] = {(entry.id, entry.rev) for entry in entries}

    @rule(session=SESSIONS)
    def commit(self, session):
        self.store.commit(session)
        for drafted in [key for key in self.drafts if key[0] == session]:
            self.kept |= self.drafts.pop(drafted)

    @rule()
    def compact(self):
        self.store.compact()
        assert len(files(self.store)) <= 1

    @rule()
    def reopen(self):
        self.store = Store.open(self.store.folder, self.key)

    @invariant()
    def the_union_is_the_same_and_the_newest_is_current(self):
        snapshot = self.store.read()
        union = self.kept.union(*self.drafts.values())
        found = list(zip(snapshot.history["id"].to_pylist(), snapshot.history["rev"].to_pylist(), strict=True))
        assert found == sorted(union, key=lambda key: (key[1], key[0]))
        assert snapshot.problems == ()
        assert self.store.drafts() == sorted(self.drafts)
        assert snapshot.drafted == {session for session, _ in self.drafts}
        newest = {identity: max(rev for other, rev in union if other == identity) for identity, _ in union}
        table = current(snapshot.history)
        assert dict(zip(table["id"].to_pylist(), table["rev"].to_pylist(), strict=True)) == newest

    def teardown(self):
        shutil.rmtree(self.home)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = COSTLY
