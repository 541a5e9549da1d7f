"""Beginning: with whom, which session, and on what day; making a workbook, and opening those that are locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    worded,
)
from coaching.forms.parts import protection
from coaching.i18n import language_names, say, say_counted, to_say
from coaching.l10n import in_words
from coaching.model.entries import Session
from coaching.model.strength import weakness
from coaching.workbook.clock import ClockJump
from coaching.workbook.context import Context
from coaching.workbook.environment import server

BEGINNING = "beginning"
PERSON, SESSION, DAY, LANGUAGE = "person", "session", "day", "language"
NAME, COACH, PROTECTION, PASSPHRASE, AGAIN, MAKE = "name", "coach", "protection", "passphrase", "again", "make"
OPENING, UNLOCK, NOTED, RENEW, DATE_RIGHT = "opening", "unlock", "noted", "renew", "date_right"
#: What the buttons begin with that each download the recovery key of one workbook.
KEY_PAGE = "key_page:"
NEW, NOBODY = "new", ""
#: What is chosen while the one who was asked for is locked.
NOT_CHOSEN = (NOBODY, to_say("somebody whose workbook is open"))
LATER, ENCRYPTED, PLAIN = "", "encrypted", "plain"

_TITLE = to_say("With whom, and when")
_WHO_RUNS_IT = to_say("Who runs it could read what is open, not what is locked.")
_LOST = to_say(
    "Write down the key and the workbook’s id, and keep them apart from this computer. If passphrase and key are both "
    "lost, nobody can ever read the notes again."
)
_RENEWED = to_say(
    "Nobody has said yet that the recovery key of before was written down. From “I have written them down” on, this "
    "new one alone opens the workbook."
)
_REPLACED = to_say(
    "Another recovery key was confirmed meanwhile, in another window. The one that was shown here opens nothing; "
    "strike it out."
)
_KEY = to_say("The recovery key for the workbook of {name}, shown this once")
_NEW_KEY = to_say("A new recovery key for the workbook of {name}, shown this once")
_UNSURE = to_say(
    "Nothing is erased in this session, unless you say that the date is right. If it is wrong, set the clock of this "
    "computer, and run all cells again: what you write would stand on a wrong day."
)
_UNREAD = to_say(
    "Something that was written before may not be here. Each line says what to do; then run all cells again. What you "
    "type is kept all the same."
)
#: So many problems are named; the first form is for beginning.
_NAMED = 5
_NOT_ENCRYPTED = to_say("Whoever gets at the disk, a backup or a synced folder can then read everything.")


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
        heading, lead = (say("Someone new"), _first_words()) if for_new else (here, _kept_here())
        blocks = _chosen(offered)
    elif offered.locked:
        heading, lead, blocks = say("Welcome back"), _behind(), [locked(offered.locked), *_instead(offered)]
    else:
        heading, lead, blocks = say("Welcome"), _first_words(), _first()
    shown = [*unread(offered.problems), *_clock(offered.clock_jump), *shown_once(recovery_keys), *blocks]
    return {"title": say(_TITLE), "heading": heading, "lead": lead, "blocks": shown, "gate": None}


def _kept_here() -> str:
    if name := server():
        return _served(
            say("Everything you type is kept on your organisation’s server {server}, as you type.", server=name)
        )
    return say("Everything you type is kept on this computer, as you type.")


def _behind() -> str:
    if name := server():
        return _served(
            say("What was kept is on your organisation’s server {server}, behind its passphrase.", server=name)
        )
    return say("What was kept is on this computer, behind its passphrase.")


def _first_words() -> str:
    if name := server():
        return _served(
            say(
                "A workbook holds what you write down with one person, on your organisation’s server {server}.",
                server=name,
            )
        )
    return say("A workbook holds what you write down with one person, on this computer alone.")


def _served(sentence: str) -> str:
    """Return a sentence with what whoever runs the server could read."""
    return f"{sentence} {say(_WHO_RUNS_IT)}"


def values(context: Context | None) -> dict[str, str]:
    """Return what is chosen, and what a workbook for somebody new begins with."""
    if context is None:
        return {}
    chosen = {PERSON: context.workbook, SESSION: context.session, DAY: context.held_on.isoformat()}
    own = context.first(Session)
    if own and own.language:
        chosen[LANGUAGE] = own.language
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
        return {PASSPHRASE: say("A passphrase is missing; or choose to do without.")}
    weak = weakness(secrets[PASSPHRASE], [values.get(NAME, ""), values.get(COACH, "")])
    if weak:
        return {PASSPHRASE: weak}
    return {} if secrets[PASSPHRASE] == secrets.get(AGAIN) else {AGAIN: say("The two differ; type both again.")}


def _chosen(offered: Choice) -> list[Block]:
    people: Options = [*offered.people, (NEW, say("Someone new"))]
    is_listed = [equals(PERSON, *(identity for identity, _ in offered.people))]
    return [
        pick(PERSON, say("With whom?"), people, hint=_unlocked(offered.unlocked)),
        section("", _first(), when=[equals(PERSON, NEW)]),
        pick(SESSION, say("Which session?"), offered.sessions, when=is_listed),
        day(DAY, say("On"), lies="back", when=is_listed),
        pick(LANGUAGE, say("Language of the session"), language_names(), when=is_listed),
        *([protection.now_if_you_like()] if offered.has_open_key else []),
        *_notes(offered, is_listed),
        *([locked(offered.locked)] if offered.locked else []),
    ]


def _instead(offered: Choice) -> list[Block]:
    """Return what can be done without the passphrase of what is locked."""
    people = [*worded([NOT_CHOSEN]), *offered.people]
    return [
        *([pick(PERSON, say("Or begin with"), people)] if offered.people else []),
        flag(NEW, say("Begin with someone new instead")),
        section(say("Someone new"), _first(), when=[filled(NEW)]),
    ]


def _first() -> list[Block]:
    return [
        text(NAME, say("Who do you coach?"), hint=say("What you call them; a first name will do."), act=MAKE),
        text(COACH, say("And you are?"), hint=say("Your own name, as it will stand on pages."), act=MAKE),
        act(MAKE, say("Make the workbook")),
        prose(_asked_later(), tone="hint", when=[equals(PROTECTION, LATER)]),
        fold(say("Choose a passphrase now, or none at all"), _who_can_open(), name="who can open it"),
    ]


def _asked_later() -> str:
    return say("What you write is encrypted from the first word on; the passphrase for it is asked for at the end.")


def _who_can_open() -> list[Block]:
    encrypted = [equals(PROTECTION, LATER, ENCRYPTED)]
    return [
        choice(
            PROTECTION, say("Who can open it?"), [(LATER, say("whoever has the passphrase")), (PLAIN, say("anybody"))]
        ),
        secret(
            PASSPHRASE,
            say("Passphrase"),
            hint=say("Several words are a good one. Left empty: it is asked for at the end."),
            when=encrypted,
        ),
        secret(AGAIN, say("Repeat it"), act=MAKE, when=encrypted),
        section(say("Not encrypted"), [prose(say(_NOT_ENCRYPTED))], when=[equals(PROTECTION, PLAIN)]),
    ]


def locked(number: int) -> Block:
    """Return the block in which locked workbooks are opened."""
    title = say_counted("One workbook is locked", "{count} workbooks are locked", number)
    return section(title, [secret(OPENING, say("Passphrase"), act=UNLOCK), act(UNLOCK, say("Unlock"))])


def unread(problems: Sequence[str]) -> list[Block]:
    """Return what names files that cannot be read, are missing, or were put back; nothing if there are none."""
    if not problems:
        return []
    title = say_counted("One problem with the files", "{count} problems with the files", len(problems))
    more = len(problems) - _NAMED
    rest = [prose(say("And {more} more; 'coaching check' names all.", more=more))] if more > 0 else []
    return [section(title, [prose(say(_UNREAD)), *map(prose, problems[:_NAMED]), *rest])]


def shown_once(recovery_keys: Sequence[ShownKey]) -> list[Block]:
    """Return what there is to say of recovery keys that nobody has put away yet; nothing if there are none."""
    shown = [_recovery_key(shown) for shown in recovery_keys]
    return [*shown, section("", [prose(say(_LOST)), act(NOTED, say("I have written them down"))])] if shown else []


def _recovery_key(shown: ShownKey) -> Block:
    """Return the key with the name and the id of its workbook: the id is what it is recovered by.

    It stands on a page to print; on the screen only if somebody unfolds it, as two people sit before it.
    """
    made = shown.context
    of = prose(say("Of the workbook {workbook}.", workbook=made.workbook))
    if shown.recovery_key is None:
        return section(
            say("The recovery key for the workbook of {name}", name=made.coachee.full_name),
            [prose(say(_REPLACED)), of],
        )
    before = [prose(say(_RENEWED))] if shown.is_renewed else []
    title = say(_NEW_KEY if shown.is_renewed else _KEY, name=made.coachee.full_name)
    as_page = act(f"{KEY_PAGE}{made.workbook}", say("Download it as a page to print"))
    on_screen = fold(say("Or show it here, to write it down"), [prose(shown.recovery_key, tone="key")])
    return section(title, [*before, of, as_page, on_screen])


def _clock(jump: ClockJump | None) -> list[Block]:
    """Return what is said first while the clock may be wrong."""
    if jump is None:
        return []
    return [
        section(
            say("Is the date right?"),
            [prose(str(jump)), prose(say(_UNSURE)), act(DATE_RIGHT, say("The date is right"))],
        )
    ]


def _unlocked(number: int) -> str:
    """Return what says that others can be chosen now; not who, as somebody else sits there."""
    return say_counted("One more can be chosen now.", "{count} more can be chosen now.", number) if number else ""


def _notes(offered: Choice, when: Sequence[Condition]) -> list[Block]:
    """Return what there is to say of private notes, which are kept for 90 days."""
    if not offered.over + offered.soon:
        return []
    over = say_counted(
        "{count} private note is past the 90 days, and erased when you close this session.",
        "{count} private notes are past the 90 days, and erased when you close this session.",
        offered.over,
    )
    stays = say_counted(
        "{count} private note is past the 90 days by this clock; it stays until the date is sure.",
        "{count} private notes are past the 90 days by this clock; they stay until the date is sure.",
        offered.over,
    )
    soon = say_counted(
        "{count} private note is erased within two weeks.",
        "{count} private notes are erased within two weeks.",
        offered.soon,
    )
    shown = [
        *([prose(stays if offered.clock_jump else over)] if offered.over else []),
        *([prose(soon)] if offered.soon else []),
    ]
    renew = act(RENEW, say("Keep them for another 90 days"), quiet=True)
    return [section(say("Private notes"), [*shown, renew], when=when)]
