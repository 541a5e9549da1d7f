"""Beginning: with whom, which session, and on what day; making a workbook, and opening those that are locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coaching.forms.engine.blocks import (
    Block,
    Condition,
    Content,
    Options,
    act,
    choice,
    day,
    equals,
    filled,
    flag,
    fold,
    pick,
    prose,
    secret,
    section,
    text,
)
from coaching.forms.parts import protection
from coaching.i18n import in_words, say
from coaching.model.strength import weakness
from coaching.workbook.clock import ClockJump
from coaching.workbook.context import Context
from coaching.workbook.environment import place_in_words, server

BEGINNING = "beginning"
PERSON, SESSION, DAY = "person", "session", "day"
NAME, COACH, PROTECTION, PASSPHRASE, AGAIN, MAKE = "name", "coach", "protection", "passphrase", "again", "make"
OPENING, UNLOCK, NOTED, RENEW, DATE_RIGHT = "opening", "unlock", "noted", "renew", "date_right"
#: What the buttons begin with that each download the recovery key of one workbook.
KEY_PAGE = "key_page:"
NEW, NOBODY = "new", ""
#: What is chosen while the one who was asked for is locked.
NOT_CHOSEN = (NOBODY, "somebody whose workbook is open")
LATER, ENCRYPTED, PLAIN = "", "encrypted", "plain"

_TITLE = "With whom, and when"
_WHO_RUNS_IT = "Who runs it could read what is open, not what is locked."
_LOST = (
    "Write down the key and the workbook’s id, and keep them apart from this computer. If passphrase and key are both "
    "lost, nobody can ever read the notes again."
)
_RENEWED = (
    "Nobody has said yet that the recovery key of before was written down. From “I have written them down” on, this "
    "new one alone opens the workbook."
)
_REPLACED = (
    "Another recovery key was confirmed meanwhile, in another window. The one that was shown here opens nothing; "
    "strike it out."
)
_UNSURE = (
    "Nothing is erased in this session, unless you say that the date is right. If it is wrong, set the clock of this "
    "computer, and run all cells again: what you write would stand on a wrong day."
)
_UNREAD = (
    "Something that was written before may not be here. Each line says what to do; then run all cells again. What you "
    "type is kept all the same."
)
#: So many problems are named; the first form is for beginning.
_NAMED = 5
_NOT_ENCRYPTED = "Whoever gets at the disk, a backup or a synced folder can then read everything."


class NewKey(NamedTuple):
    """The recovery key of a workbook that was just made; its coachee's name and its id say which."""

    coachee: str
    workbook: str
    recovery_key: str


@dataclass(frozen=True, repr=False)
class Choice:
    """What can be chosen before a session.

    Parameters
    ----------
    people
        Workbook id and name of each person.
    sessions
        Id and words of the sessions of one of them.
    locked
        How many workbooks nobody has given the passphrase of yet.
    over
        How many private notes are past their 90 days.
    soon
        How many others will be within two weeks.
    unlocked
        How many workbooks were just unlocked while somebody else is chosen.
    clock_jump
        How the clock has jumped, if nobody has said yet that the date is right.
    problems
        What cannot be read or opened, is missing, or was put back, one sentence each.
    has_open_key
        Whether nobody has chosen a passphrase yet for the one that is chosen.
    """

    people: Sequence[tuple[str, str]] = ()
    sessions: Sequence[tuple[str, str]] = ()
    locked: int = 0
    over: int = 0
    soon: int = 0
    unlocked: int = 0
    clock_jump: ClockJump | None = None
    problems: Sequence[str] = ()
    has_open_key: bool = False


@dataclass(frozen=True, repr=False)
class ShownKey:
    """A recovery key that is shown until somebody says that it is written down.

    Parameters
    ----------
    context
        What is known of its workbook.
    recovery_key
        The key; none if another one was confirmed meanwhile.
    is_renewed
        Whether there was one before, which nobody has confirmed.
    """

    context: Context
    recovery_key: str | None
    is_renewed: bool = False


def form(
    context: Context | None,
    offered: Choice,
    recovery_keys: Sequence[ShownKey],
    *,
    for_new: bool = False,
) -> Content:
    """Return title, heading, sentence, blocks and gate of the form.

    Parameters
    ----------
    context
        What is known of the session that is chosen, if there is a workbook.
    offered
        What can be chosen.
    recovery_keys
        Those of workbooks that were made, until somebody has written them down.
    for_new
        Whether somebody new is chosen.
    """
    if context:
        here = f"{context.coachee.name} · {in_words(context.held_on)}"
        heading, lead = ("Someone new", _first_words()) if for_new else (here, _kept_here())
        blocks = _chosen(offered)
    elif offered.locked:
        heading, lead, blocks = "Welcome back", _behind(), [locked(offered.locked), *_instead(offered)]
    else:
        heading, lead, blocks = "Welcome", _first_words(), _first()
    shown = [*unread(offered.problems), *_clock(offered.clock_jump), *shown_once(recovery_keys), *blocks]
    return {"title": _TITLE, "heading": heading, "lead": lead, "blocks": shown, "gate": None}


def _kept_here() -> str:
    return _true_here(f"Everything you type is kept {place_in_words()}, as you type.")


def _behind() -> str:
    return _true_here(f"What was kept is {place_in_words()}, behind its passphrase.")


def _first_words() -> str:
    alone = "" if server() else " alone"
    return _true_here(f"A workbook holds what you write down with one person, {place_in_words()}{alone}.")


def _true_here(sentence: str) -> str:
    """Return a sentence with what whoever runs a server could read, where there is one."""
    return f"{sentence} {_WHO_RUNS_IT}" if server() else sentence


def values(context: Context | None) -> dict[str, str]:
    """Return what is chosen, and what a workbook for somebody new begins with."""
    if context is None:
        return {}
    chosen = {PERSON: context.workbook, SESSION: context.session, DAY: context.held_on.isoformat()}
    return chosen | {COACH: context.party(context.holder).full_name}


def begun(values: Mapping[str, str], *, sat: bool) -> dict[str, str]:
    """Return what is typed for somebody new; that somebody new is chosen too, if somebody `sat` there before."""
    typed = {name: values[name] for name in (NAME, COACH, PROTECTION) if values.get(name)}
    return typed | ({PERSON: NEW} if sat and is_new(values) else {})


def is_new(values: Mapping[str, str]) -> bool:
    """Tell whether somebody new is chosen."""
    return values.get(PERSON) == NEW


def is_later(values: Mapping[str, str], secrets: Mapping[str, str]) -> bool:
    """Tell whether the passphrase of a new workbook is to be chosen later: as long as nobody says anything else."""
    return values.get(PROTECTION, LATER) == LATER and not (secrets.get(PASSPHRASE) or secrets.get(AGAIN))


def passphrase_problems(values: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the passphrase of a new workbook, by field."""
    if values.get(PROTECTION) == PLAIN or is_later(values, secrets):
        return {}
    if not secrets.get(PASSPHRASE):
        return {PASSPHRASE: "A passphrase is missing; or choose to do without."}
    weak = weakness(secrets[PASSPHRASE], [values.get(NAME, ""), values.get(COACH, "")])
    if weak:
        return {PASSPHRASE: weak}
    return {} if secrets[PASSPHRASE] == secrets.get(AGAIN) else {AGAIN: "The two differ; type both again."}


def _chosen(offered: Choice) -> list[Block]:
    people: Options = [*offered.people, (NEW, "Someone new")]
    is_listed = [equals(PERSON, *(identity for identity, _ in offered.people))]
    return [
        pick(PERSON, "With whom?", people, hint=_unlocked(offered.unlocked)),
        section("", _first(), when=[equals(PERSON, NEW)]),
        pick(SESSION, "Which session?", offered.sessions, when=is_listed),
        day(DAY, "On", lies="back", when=is_listed),
        *([protection.now_if_you_like()] if offered.has_open_key else []),
        *_notes(offered, is_listed),
        *([locked(offered.locked)] if offered.locked else []),
    ]


def _instead(offered: Choice) -> list[Block]:
    """Return what can be done without the passphrase of what is locked."""
    people = [NOT_CHOSEN, *offered.people]
    return [
        *([pick(PERSON, "Or begin with", people)] if offered.people else []),
        flag(NEW, "Begin with someone new instead"),
        section("Someone new", _first(), when=[filled(NEW)]),
    ]


def _first() -> list[Block]:
    return [
        text(NAME, "Who do you coach?", hint="What you call them; a first name will do.", act=MAKE),
        text(COACH, "And you are?", hint="Your own name, as it will stand on pages.", act=MAKE),
        act(MAKE, "Make the workbook"),
        prose(_asked_later(), tone="hint", when=[equals(PROTECTION, LATER)]),
        fold(say("Choose a passphrase now, or none at all"), _who_can_open(), name="who can open it"),
    ]


def _asked_later() -> str:
    return say("What you write is encrypted from the first word on; the passphrase for it is asked for at the end.")


def _who_can_open() -> list[Block]:
    encrypted = [equals(PROTECTION, LATER, ENCRYPTED)]
    return [
        choice(PROTECTION, "Who can open it?", [(LATER, "whoever has the passphrase"), (PLAIN, "anybody")]),
        secret(
            PASSPHRASE,
            "Passphrase",
            hint=say("Several words are a good one. Left empty: it is asked for at the end."),
            when=encrypted,
        ),
        secret(AGAIN, "Repeat it", act=MAKE, when=encrypted),
        section("Not encrypted", [prose(_NOT_ENCRYPTED)], when=[equals(PROTECTION, PLAIN)]),
    ]


def locked(number: int) -> Block:
    """Return the block in which locked workbooks are opened."""
    title = "One workbook is locked" if number == 1 else f"{number} workbooks are locked"
    return section(title, [secret(OPENING, "Passphrase", act=UNLOCK), act(UNLOCK, "Unlock")])


def unread(problems: Sequence[str]) -> list[Block]:
    """Return what names files that cannot be read, are missing, or were put back; nothing if there are none."""
    if not problems:
        return []
    title = "One problem with the files" if len(problems) == 1 else f"{len(problems)} problems with the files"
    more = len(problems) - _NAMED
    rest = [prose(f"And {more} more; 'coaching check' names all.")] if more > 0 else []
    return [section(title, [prose(_UNREAD), *map(prose, problems[:_NAMED]), *rest])]


def shown_once(recovery_keys: Sequence[ShownKey]) -> list[Block]:
    """Return what there is to say of recovery keys that nobody has put away yet; nothing if there are none."""
    shown = [_recovery_key(shown) for shown in recovery_keys]
    return [*shown, section("", [prose(_LOST), act(NOTED, "I have written them down")])] if shown else []


def _recovery_key(shown: ShownKey) -> Block:
    """Return the key with the name and the id of its workbook: the id is what it is recovered by.

    It stands on a page to print; on the screen only if somebody unfolds it, as two people sit before it.
    """
    made = shown.context
    of = prose(f"Of the workbook {made.workbook}.")
    if shown.recovery_key is None:
        return section(f"The recovery key for the workbook of {made.coachee.full_name}", [prose(_REPLACED), of])
    new, before = ("A new", [prose(_RENEWED)]) if shown.is_renewed else ("The", [])
    title = f"{new} recovery key for the workbook of {made.coachee.full_name}, shown this once"
    as_page = act(f"{KEY_PAGE}{made.workbook}", say("Download it as a page to print"))
    on_screen = fold(say("Or show it here, to write it down"), [prose(shown.recovery_key, tone="key")])
    return section(title, [*before, of, as_page, on_screen])


def _clock(jump: ClockJump | None) -> list[Block]:
    """Return what is said first while the clock may be wrong."""
    if jump is None:
        return []
    return [section("Is the date right?", [prose(str(jump)), prose(_UNSURE), act(DATE_RIGHT, "The date is right")])]


def _unlocked(number: int) -> str:
    """Return what says that others can be chosen now; not who, as somebody else sits there."""
    return "" if not number else "One more can be chosen now." if number == 1 else f"{number} more can be chosen now."


def _notes(offered: Choice, when: Sequence[Condition]) -> list[Block]:
    """Return what there is to say of private notes, which are kept for 90 days."""
    if not offered.over + offered.soon:
        return []
    over = f"{_notes_of(offered.over)} past the 90 days"
    stays = f"{over} by this clock; {'it stays' if offered.over == 1 else 'they stay'} until the date is sure."
    blocks = [prose(stays if offered.clock_jump else f"{over}, and erased when you close this session.")]
    soon = [prose(f"{_notes_of(offered.soon)} erased within two weeks.")]
    renew = act(RENEW, "Keep them for another 90 days", quiet=True)
    return [
        section("Private notes", [*(blocks if offered.over else []), *(soon if offered.soon else []), renew], when=when)
    ]


def _notes_of(number: int) -> str:
    return "1 private note is" if number == 1 else f"{number} private notes are"
