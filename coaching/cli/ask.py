"""What is asked at a terminal: passphrases, hidden while they are typed, and whether something shall really be done."""

import getpass
import sys
from collections.abc import Callable

from coaching.errors import CoachingError, WrongKeyError
from coaching.i18n import say, say_counted, to_say
from coaching.text import one_line
from coaching.workbook.credentials import credential
from coaching.workbook.home import Home

_TRIES = 3
_NEW = to_say("New passphrase")
_SET = to_say("set {variable}")
_NEEDED = {
    "PASSPHRASE": to_say("The passphrase is needed, and nobody can be asked here"),
    "NEW_PASSPHRASE": to_say("The new passphrase is needed, and nobody can be asked here"),
    "PAGE_PASSPHRASE": to_say("The page passphrase is needed, and nobody can be asked here"),
    "SEAL_PASSPHRASE": to_say("The seal passphrase is needed, and nobody can be asked here"),
    "RECOVERY_KEY": to_say("The recovery key is needed, and nobody can be asked here"),
}


def unlock(home: Home, name: str | None = None) -> None:
    """Ask for passphrases while workbooks are locked: all of them, or until the one of this name is open.

    Where nobody can be asked, nothing happens.

    Raises
    ------
    WrongKeyError
        If it was wrong three times.
    """
    tries = 0
    while _can_ask() and (locked := len(home.locked())) and not (name and home.knows(name)):
        what = say_counted("{count} workbook is locked.", "{count} workbooks are locked.", locked)
        asked = say("Passphrase (empty to go on without):")
        passphrase = getpass.getpass(f"{what} {asked} ")
        if not passphrase:
            return
        try:
            home.unlock(passphrase)
        except WrongKeyError as error:
            tries += 1
            if tries == _TRIES:
                raise
            sys.stderr.write(f"{one_line(str(error))}\n")


def passphrase_of(question: str | None = None) -> str:
    """Return the passphrase that somebody types, or the one of the environment.

    Raises
    ------
    CoachingError
        If nobody can be asked.
    """
    return credential() or _asked(question or say("Passphrase"), "PASSPHRASE")


def new_passphrase(variable: str = "PASSPHRASE", otherwise: str = _SET, question: str = _NEW) -> str:
    """Return a new passphrase, typed twice, or the one of the environment.

    Parameters
    ----------
    variable
        What the environment calls it, after ``COACHING_``.
    otherwise
        What is said where nobody can be asked, of ``{variable}`` and what else can be done.
    question
        What is asked for, as the catalogue has it.

    Raises
    ------
    CoachingError
        If the two differ, or nobody can be asked.
    """
    if answer := credential(variable):
        return answer
    asked = say("{question}, several words are a good one", question=say(question))
    return _same_again(_asked(asked, variable, otherwise))


def passphrase_or_later() -> str | None:
    """Return the passphrase of a workbook that is to be made; None if somebody types nothing, to choose it later."""
    if credential() or not _can_ask():
        return first_passphrase()
    asked = say("New passphrase, several words are a good one (empty to choose it later):")
    first = getpass.getpass(f"{asked} ")
    return _same_again(first) if first else None


def first_passphrase() -> str:
    """Return the passphrase of a workbook that is to be made; the same, but for the way to do without one."""
    otherwise = to_say("set {variable}, or say --no-encryption")
    return new_passphrase(otherwise=otherwise)


def page_passphrase(check: Callable[[str], None]) -> str:
    """Return the passphrase that a protected page is to open with; never by itself that of a workbook.

    Parameters
    ----------
    check
        Raises if it will not do; at a terminal, somebody may then try another.
    """
    question = to_say("Passphrase for the page, another than the workbook's")
    return _checked(lambda: new_passphrase("PAGE_PASSPHRASE", question=question), check, "PAGE_PASSPHRASE")


def seal_passphrase(check: Callable[[str], None]) -> str:
    """Return the passphrase that a new sealed file is to open with; the same."""
    question = to_say("Passphrase for the file, another than the workbook's")
    otherwise = to_say("set {variable}, or say --recipient or --plain")
    return _checked(lambda: new_passphrase("SEAL_PASSPHRASE", otherwise, question), check, "SEAL_PASSPHRASE")


def passphrase_of_seal() -> str:
    """Return the passphrase that opens a sealed file.

    Raises
    ------
    CoachingError
        If nobody can be asked.
    """
    return credential("SEAL_PASSPHRASE") or _asked(say("Passphrase of the file"), "SEAL_PASSPHRASE")


def recovery_key() -> str:
    """Return the recovery key that somebody types, or the one of the environment.

    Raises
    ------
    CoachingError
        If nobody can be asked.
    """
    return credential("RECOVERY_KEY") or _asked(say("Recovery key"), "RECOVERY_KEY")


def agreed(question: str) -> bool:
    """Return whether somebody answers yes; where nobody can be asked, the answer is no."""
    yes = say("yes").casefold()
    answer = answered(say("{question} [y/N]", question=question)).casefold()
    return answer in {yes, yes[0], "y", "yes"}


def answered(question: str) -> str:
    """Return what somebody types in answer, without the white space round it; nothing where nobody can be asked."""
    if not _can_ask():
        return ""
    sys.stderr.write(f"{one_line(question)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def typed_words(words: str | None) -> str:
    """Return words that were given, else those that somebody types, or that another program puts in."""
    if words is not None:
        return words
    if sys.stdin is None:
        return ""
    if not _can_ask():
        return sys.stdin.read().strip()
    sys.stderr.write(say("Write it down; an empty line ends it.") + "\n")
    sys.stderr.flush()
    return "".join(iter(lambda: sys.stdin.readline().lstrip("\n"), "")).strip()


def _checked(ask: Callable[[], str], check: Callable[[str], None], variable: str) -> str:
    """Return what somebody types once it will do; where nobody is asked, or after three tries, it is over."""
    for _ in range(_TRIES - 1):
        try:
            check(typed := ask())
        except CoachingError as error:
            if credential(variable) or not _can_ask():
                raise
            sys.stderr.write(f"{one_line(str(error))}\n")
        else:
            return typed
    check(typed := ask())
    return typed


def _same_again(first: str) -> str:
    if getpass.getpass(say("Repeat it:") + " ") != first:
        raise CoachingError("The two differ; nothing was changed. Try again.")
    return first


def _asked(question: str, variable: str, otherwise: str = _SET) -> str:
    if not _can_ask():
        set_it = say(otherwise, variable=f"COACHING_{variable}")
        raise CoachingError("{needed}: {set_it}.", needed=say(_NEEDED[variable]), set_it=set_it)
    return getpass.getpass(f"{question}: ")


def _can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
