"""What another copy of a workbook says, joined to what is known here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coaching.model.entries import MODELS
from coaching.model.entry import Entry, Leaves, Refers, fields_marked
from coaching.model.revisions import latest
from coaching.model.vocabulary import Visibility

#: Told anew by every copy.
_OF_ONE_COPY = {"rev", "base", "settles", "saved_at", "kind", "visibility"}

#: Narrow before wide.
_WIDTHS = (Visibility.PRIVATE, Visibility.PAIR, Visibility.OPEN)


def joined(
    incoming: Sequence[Entry], history: Sequence[Entry], earlier: Mapping[str, Sequence[int]] | None = None
) -> list[Entry]:
    """Return revisions that come from another copy as they follow what is known here.

    What a revision was edited from does not leave with a copy that is shared, nor do fields that stay inside and the
    ids of what is private. Without `base`, a revision follows the newest one before it that its writer knew, and has
    seen the others that they knew; so what was written in two places at once is a conflict here, and nothing else is.
    What its writer could not read stays as it was in the revision that it follows.

    Parameters
    ----------
    incoming
        Revisions that are not known here.
    history
        All revisions that are.
    earlier
        The earlier revisions of each entry that its writer knew, by id. None if that was not said; then all that came
        before is taken as known to them.

    Returns
    -------
    list of Entry
        In the order of `incoming`.
    """
    revisions: dict[str, dict[int, Entry]] = {}
    for entry in history:
        revisions.setdefault(entry.id, {})[entry.rev] = entry
    hidden = frozenset(one.id for one in latest(history).values() if one.visibility == Visibility.PRIVATE)
    return [_joined(entry, revisions.get(entry.id, {}), earlier, hidden) for entry in incoming]


def rules_of_joining() -> dict[str, dict[str, list[str]]]:
    """Return what a program in another language has to know of the fields of each kind of entry, to join as `joined`.

    Returns
    -------
    dict
        By kind, `inside`: the fields that stay in the copy in which they were said; and `refers`: those that hold ids.
    """
    return {
        kind.value: {
            "inside": sorted(model.model_fields.keys() - fields_marked(model, Leaves)),
            "refers": sorted(fields_marked(model, Refers)),
        }
        for kind, model in MODELS.items()
    }


def kept_closed(incoming: Sequence[Entry], history: Sequence[Entry]) -> dict[str, Visibility]:
    """Return who may read the entries that were closed to others in one copy, unseen by who wrote on in the other.

    Of two visibilities that were said without knowing of each other the narrower one stays, until somebody chooses.

    Parameters
    ----------
    incoming
        Revisions that come in, as `joined` returns them.
    history
        All revisions that are known here.

    Returns
    -------
    dict of str to Visibility
        By id, the narrower one, where the newest revision says a wider one.
    """
    before, revisions = latest(history), dict[str, dict[int, Entry]]()
    for entry in (*history, *incoming):
        revisions.setdefault(entry.id, {})[entry.rev] = entry
    kept: dict[str, Visibility] = {}
    for identity in {entry.id for entry in incoming} & before.keys():
        own_revisions = revisions[identity]
        newest = own_revisions[max(own_revisions)]
        ends = [before[identity], *_not_edited_on(entry for entry in incoming if entry.id == identity)]
        seen = seen_by(newest, own_revisions.values())
        unseen = (entry.visibility for entry in ends if entry.rev not in seen)
        narrowest = min((newest.visibility, *unseen), key=_WIDTHS.index)
        if narrowest is not newest.visibility:
            kept[identity] = narrowest
    return kept


def _not_edited_on(revisions: Iterable[Entry]) -> list[Entry]:
    several = list(revisions)
    replaced = {rev for entry in several for rev in (entry.base, *(entry.settles or ()))}
    return [entry for entry in several if entry.rev not in replaced]


def seen_by(entry: Entry, history: Iterable[Entry]) -> set[int]:
    """Return the revision, and all that whoever said it had seen: those that it goes back to, known here or not."""
    revisions = {one.rev: one for one in history if one.id == entry.id}
    seen, ahead = set[int](), [entry.rev]
    while ahead:
        rev = ahead.pop()
        if rev not in seen:
            seen.add(rev)
            one = revisions.get(rev)
            ahead += [before for before in (one.base, *(one.settles or ())) if before is not None] if one else []
    return seen


def _joined(
    entry: Entry, revisions: Mapping[int, Entry], earlier: Mapping[str, Sequence[int]] | None, hidden: frozenset[str]
) -> Entry:
    if entry.base is not None:
        return entry
    # What its writer knew and is not known here may come in later, with an older file: it is followed all the same.
    known = set(revisions) if earlier is None else set(earlier.get(entry.id, ()))
    seen = {rev for rev in known if rev < entry.rev}
    if not seen:
        return entry
    here, base = seen & revisions.keys(), max(seen)
    others = tuple(sorted(seen - {base})) if earlier is not None else ()
    stayed = _unsaid(entry, revisions[max(here)], hidden) if here else {}
    return entry.model_copy(update={"base": base, "settles": others or None, **stayed})


def _unsaid(entry: Entry, before: Entry, hidden: frozenset[str]) -> dict[str, Any]:
    """Return the fields of the revision before that no other copy could say: its own, and the ids of what is hidden."""
    model = MODELS[entry.kind]
    inside = model.model_fields.keys() - fields_marked(model, Leaves) - _OF_ONE_COPY
    stayed = {name: getattr(before, name) for name in inside if getattr(entry, name) is None}
    for name in fields_marked(model, Refers) - inside:
        value, was = getattr(entry, name), getattr(before, name)
        if isinstance(was, tuple):
            more = tuple(identity for identity in was if identity in hidden and identity not in (value or ()))
            stayed |= {name: (*(value or ()), *more)} if more else {}
        elif value is None and was in hidden:
            stayed[name] = was
    return stayed
