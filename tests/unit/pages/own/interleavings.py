"""Years of three copies, drawn at random: the coach's workbook, and the coachee's own copy on two devices.

Each is a list of acts; what becomes of them is worked out here by the rules of the workbook, and in
``web/interleavings.js`` by those of the page. What must hold is told by a model that knows who had seen what.
"""

import random
from collections.abc import Sequence
from typing import Any

from coaching.model.entry import Entry
from coaching.model.merge import joined, rules_of_joining, seen_by
from coaching.model.revisions import conflicts, latest
from coaching.model.validation import parse
from tests.vectors.joining import SAVED, entry_of, plain

COPIES = ("coach", "phone", "desk")
IDS = tuple(f"01JHQF3800000000000000000{sign}" for sign in "ABCD")
#: How far the clock of a copy is off, in milliseconds; an act comes every ten.
SKEW = {"coach": 0, "phone": 33, "desk": -24}
#: How far a revision comes after the highest one where a clock does not say so: the page draws it, so no two are one.
BEHIND = {"coach": 1, "phone": 101, "desk": 202}
_ACTS = ("say", "say", "say", "take_back", "join", "join", "join", "choose")

Act = dict[str, Any]
Name = tuple[str, int]


def drawn(seed: int, length: int = 24) -> list[Act]:
    """Return acts in an order drawn at random, and at their end the rounds in which all copies join all others."""
    numbers = random.Random(seed)  # noqa: S311 - drawn to be drawn again
    acts = [_act(numbers, at) for at in range(length)]
    rounds = [("coach", "phone"), ("phone", "desk"), ("desk", "coach"), ("coach", "desk"), ("desk", "phone")]
    return acts + [{"act": "join", "from": one, "into": other} for one, other in rounds * 2]


def _act(numbers: random.Random, at: int) -> Act:
    kind, copy = numbers.choice(_ACTS), numbers.choice(COPIES)
    if kind == "join":
        return {"act": kind, "from": copy, "into": numbers.choice([one for one in COPIES if one != copy])}
    return {"act": kind, "copy": copy, "id": numbers.choice(IDS), "text": f"words {at}"}


class Copies:
    """The three copies, by the rules of the workbook.

    Attributes
    ----------
    histories
        The revisions of each copy.
    parents
        What whoever said a revision had before their eyes, or chose it over: the truth, which no copy knows.
    """

    def __init__(self) -> None:
        self.histories: dict[str, list[Entry]] = {copy: [] for copy in COPIES}
        self.sent: dict[str, dict[str, int]] = {copy: {} for copy in COPIES}
        self.parents: dict[Name, set[Name]] = {}
        self.at = 0

    def do(self, acts: Sequence[Act]) -> "Copies":
        for act in acts:
            self.at += 1
            if act["act"] == "join":
                self._join(act["from"], act["into"])
            else:
                getattr(self, f"_{act['act']}")(act["copy"], act["id"], act["text"])
        return self

    def next_rev(self, copy: str) -> int:
        highest = max((entry.rev for entry in self.histories[copy]), default=0)
        return max((self.at * 10 + 100 + SKEW[copy]) * 1000, highest + BEHIND[copy])

    def _say(self, copy: str, identity: str, text: str) -> None:
        self._keep(copy, identity, {"text": text})

    def _take_back(self, copy: str, identity: str, _text: str) -> None:
        if identity in latest(self.histories[copy]):
            self._keep(copy, identity, {"withdrawn": True})

    def _choose(self, copy: str, identity: str, _text: str) -> None:
        rivals = conflicts(self.histories[copy]).get(identity)
        if rivals:
            oldest = min(rivals, key=lambda entry: entry.rev)
            content = {name: value for name, value in oldest.content().items() if value is not None}
            self._keep(copy, identity, content, tuple(entry.rev for entry in rivals))

    def _keep(self, copy: str, identity: str, content: dict[str, Any], chosen: tuple[int, ...] = ()) -> None:
        history = self.histories[copy]
        before = latest(history).get(identity)
        common = {"kind": "dream", "id": identity, "author": "coachee", "visibility": "pair"}
        settles = tuple(sorted({*chosen, *((before.settles or ()) if before else ())}))
        place = {"rev": self.next_rev(copy), "base": before.rev if before else None, "settles": settles or None}
        entry = parse(common | content | place | {"saved_at": SAVED})
        if before and not chosen and entry.content() == before.content():
            return
        history.append(entry)
        seen = {(identity, rev) for rev in (*chosen, *([before.rev] if before else []))}
        self.parents[identity, entry.rev] = seen

    def _join(self, source: str, target: str) -> None:
        if "coach" in {source, target}:
            incoming, earlier = self._shared(source)
        else:
            incoming, earlier = [plain(entry) for entry in self.histories[source]], {}
        history = self.histories[target]
        known = {(entry.id, entry.rev) for entry in history}
        unknown = [entry_of(record) for record in incoming if (record["id"], record["rev"]) not in known]
        history += joined(unknown, history, earlier)
        if source != "coach":
            if target == "coach":
                self._note_sent(source, {record["id"]: record["rev"] for record in incoming})
            else:
                self._note_sent(target, self.sent[source])

    def _note_sent(self, copy: str, revs: dict[str, int]) -> None:
        for identity, rev in revs.items():
            self.sent[copy][identity] = max(rev, self.sent[copy].get(identity, 0))

    def _shared(self, copy: str) -> tuple[list[dict[str, Any]], dict[str, list[int]]]:
        history = self.histories[copy]
        given = IDS if copy == "coach" else self.sent[copy]
        newest = [
            entry
            for entry in latest(history).values()
            if not entry.withdrawn or (entry.id in given and copy != "coach")
        ]
        earlier = {one.id: sorted(seen_by(one, history) - {one.rev}) for one in newest}
        stripped = [entry.model_copy(update={"base": None, "settles": None}) for entry in newest]
        return [plain(entry) for entry in stripped], {identity: revs for identity, revs in earlier.items() if revs}

    def outcome(self) -> dict[str, Any]:
        """Return what each copy holds and shows: by copy, the revisions, and what is to be chosen between."""
        return {
            copy: {
                "revisions": sorted([entry.id, entry.rev, entry.text] for entry in history),
                "current": sorted([entry.id, entry.rev] for entry in latest(history).values()),
                "conflicts": sorted(
                    [identity, entry.rev] for identity, others in conflicts(history).items() for entry in others
                ),
            }
            for copy, history in self.histories.items()
        }


def lost(copies: Copies) -> list[tuple[str, Name]]:
    """Return what a copy holds, nobody has seen and replaced, and the copy neither shows nor asks about."""
    found = []
    for copy, history in copies.histories.items():
        for identity, current in latest(history).items():
            own = [entry for entry in history if entry.id == identity]
            asked = {entry.rev for entry in conflicts(history).get(identity, ())}
            seen = _ancestors(copies.parents, [(identity, entry.rev) for entry in own])
            shown = {(e.text, e.withdrawn) for e in own if e.rev == current.rev or e.rev in asked}
            # Who edited one of two that say the same from the same words has seen the words of the other.
            alike = {(e.base, e.text, e.withdrawn) for e in own if (identity, e.rev) in seen}
            found += [
                (copy, (identity, entry.rev))
                for entry in own
                if (identity, entry.rev) not in seen
                and (entry.text, entry.withdrawn) not in shown
                and (entry.base, entry.text, entry.withdrawn) not in alike
            ]
    return found


def doubled(copies: Copies) -> list[tuple[str, Name]]:
    """Return what a copy holds twice, or asks about although whoever wrote what stands has seen it."""
    found = []
    for copy, history in copies.histories.items():
        names = [(entry.id, entry.rev) for entry in history]
        found += [(copy, name) for name in set(names) if names.count(name) > 1]
        for identity, others in conflicts(history).items():
            seen = _ancestors(copies.parents, [(identity, latest(history)[identity].rev)])
            found += [(copy, (identity, entry.rev)) for entry in others if (identity, entry.rev) in seen]
    return found


def _ancestors(parents: dict[Name, set[Name]], names: Sequence[Name]) -> set[Name]:
    """Return what was seen, directly or not, by whoever said these."""
    seen: set[Name] = set()
    ahead = [parent for name in names for parent in parents.get(name, ())]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += parents.get(name, ())
    return seen


def scenario(acts: Sequence[Act]) -> dict[str, Any]:
    """Return what the page's side needs to work out the same acts."""
    return {"acts": list(acts), "skew": SKEW, "behind": BEHIND, "rules": rules_of_joining()}
