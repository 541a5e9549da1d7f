"""Passphrases, recovery keys and identities of the workbooks in a home: made, changed, replaced, remembered."""

from collections.abc import Callable
from pathlib import Path

from coaching import store
from coaching.errors import CoachingError, MistypedKeyError, WrongKeyError
from coaching.formats.sealing import new_identity, recipient_of
from coaching.model.strength import check_passphrase
from coaching.workbook import keyring as desktop_keyring
from coaching.workbook.home import Home
from coaching.workbook.names import is_folder_called
from coaching.workbook.workbook import Workbook


def change(home: Home, name: str, passphrase: str) -> None:
    """Lock an encrypted workbook, which is open, with another passphrase.

    Raises
    ------
    CoachingError
        If it cannot be found, is not encrypted, the passphrase is easy to guess, or the disk refuses; nothing was
        changed.
    """
    _relocked(home, home.find(name).folder, passphrase)


def recover(home: Home, name: str, recovery_key: str, passphrase: Callable[[], str]) -> None:
    """Lock a workbook whose passphrase is lost with another one.

    Parameters
    ----------
    home
        Where it is.
    name
        Its id; nobody knows what a locked workbook is called. Any name will do if no other one is locked.
    recovery_key
        The one that was shown when it was made, or when its key was last replaced.
    passphrase
        Gives what it is to be locked with; asked once the recovery key has opened it.

    Raises
    ------
    CoachingError
        If it cannot be found, the recovery key is not its own, the passphrase is easy to guess, or the disk refuses;
        nothing was changed.
    """
    folder = _locked(home, name)
    try:
        keys = store.recover(folder, recovery_key)
    except MistypedKeyError:
        raise
    except WrongKeyError:
        raise WrongKeyError(
            "This is not the recovery key of {folder}; nothing was changed.", folder=folder.name
        ) from None
    wanted = passphrase()
    home.unlocking.keep(folder, keys)
    _relocked(home, folder, wanted)
    store.confirm_recovery_key(folder, recovery_key)  # who can say it has seen it


def rotate(home: Home, name: str, passphrase: str, show: Callable[[str], None]) -> None:
    """Replace the key of a workbook and its recovery key, and write everything anew with it.

    A workbook that was not encrypted is from then on.

    Parameters
    ----------
    home
        Where it is.
    name
        The coachee's name, a part of it, or the workbook's id.
    passphrase
        The one that opens it; of one that is not encrypted, the one that shall.
    show
        Shows the new recovery key.

    Raises
    ------
    CoachingError
        If it cannot be found, the passphrase does not open it, that of one that is not encrypted is easy to guess, or
        the disk refuses; nothing was lost.
    """
    workbook = home.find(name)
    if not workbook.has_passphrase:
        _protected(home, workbook, passphrase, show, is_confirmed=True)
        return
    folder = workbook.folder
    try:
        keys = store.unlock(folder, passphrase)
    except WrongKeyError:
        raise WrongKeyError(
            "This passphrase does not open {folder}; nothing was changed.", folder=folder.name
        ) from None
    home.unlocking.keep(folder, store.rotate(folder, keys, passphrase, show))
    home.open(folder)


def protect(home: Home, name: str, passphrase: str) -> str:
    """Give a workbook that has none its first passphrase; return its recovery key, which nobody has seen yet.

    Everything is written anew with another key, which the passphrase locks: the one that lay beside the files, or stood
    in a backup of them, opens nothing any more.

    Raises
    ------
    CoachingError
        If the workbook cannot be found or has a passphrase, files cannot be read, the passphrase is easy to guess, or
        the disk refuses; nothing was lost.
    """
    workbook = home.find(name)
    if workbook.has_passphrase:
        raise CoachingError("{folder} has a passphrase already; nothing was changed.", folder=workbook.folder.name)
    shown: list[str] = []
    _protected(home, workbook, passphrase, shown.append, is_confirmed=False)
    return shown[0]


def _protected(
    home: Home, workbook: Workbook, passphrase: str, show: Callable[[str], None], *, is_confirmed: bool
) -> None:
    folder = workbook.folder
    check_passphrase(passphrase, [folder.name, *workbook.names])
    if workbook.problems():
        raise CoachingError(
            "{folder} has files that cannot be read, and so not encrypted; 'coaching check' names them; "
            "nothing was changed.",
            folder=folder.name,
        )
    keys = home.unlocking.keys(folder) or store.PLAIN
    home.unlocking.keep(folder, store.rotate(folder, keys, passphrase, show, is_confirmed=is_confirmed))
    home.open(folder)


def renew_recovery_key(home: Home, name: str) -> str:
    """Give an encrypted workbook, which is open, another recovery key; return it.

    The one before opens it too until the new one is confirmed.

    Raises
    ------
    CoachingError
        If it cannot be found, is not encrypted, or the disk refuses; nothing was changed.
    """
    folder = home.find(name).folder
    return store.renew_recovery_key(folder, home.unlocking.keys(folder) or store.PLAIN)


def remember(home: Home, name: str, passphrase: str) -> None:
    """Let the desktop's keyring keep the passphrase of a workbook.

    Raises
    ------
    CoachingError
        If it cannot be found, is not encrypted, the passphrase does not open it, or there is no keyring that keeps
        secrets; nothing was changed.
    """
    workbook = home.find(name)
    folder = workbook.folder
    if workbook.key is None:
        raise CoachingError("{folder} is not encrypted, so it has no passphrase to keep.", folder=folder.name)
    _check_has_passphrase(folder)
    try:
        store.unlock(folder, passphrase)
    except WrongKeyError:
        raise WrongKeyError(
            "This passphrase does not open {folder}; nothing was changed.", folder=folder.name
        ) from None
    store.set_remembered(folder, remembered=True)  # first: what says that it is kept can be told to forget
    try:
        desktop_keyring.remember(store.workbook_id(folder), passphrase)
    except CoachingError:
        store.set_remembered(folder, remembered=False)
        raise


def forget(home: Home, name: str) -> None:
    """Remove the passphrase of a workbook from the desktop's keyring.

    Raises
    ------
    CoachingError
        If it cannot be found, or the keyring refuses.
    """
    folder = home.find(name).folder
    if store.is_remembered(folder):
        desktop_keyring.forget(store.workbook_id(folder))
        store.set_remembered(folder, remembered=False)


def recipient(home: Home, name: str) -> str:
    """Return whom to seal files for, so that they can be opened here: of an identity kept under a workbook's key.

    Raises
    ------
    CoachingError
        If the workbook cannot be found, is not encrypted, or the disk refuses; nothing was changed.
    """
    folder = home.find(name).folder
    keys = home.unlocking.keys(folder)
    if keys is None or not keys.data:
        raise CoachingError(
            "{folder} is not encrypted, so it has no key to keep an identity under: 'coaching passphrase'"
            " encrypts it first; or have files sealed with a passphrase.",
            folder=folder.name,
        )
    return recipient_of(store.keep_identity(folder, keys, new_identity))


def _relocked(home: Home, folder: Path, passphrase: str) -> None:
    keys = home.unlocking.keys(folder)
    if keys is None or not keys.data:
        raise CoachingError("{folder} is not encrypted, so it has no passphrase to change.", folder=folder.name)
    _check_has_passphrase(folder)
    check_passphrase(passphrase, [folder.name, *_names(home, folder)])
    store.change_passphrase(folder, keys, passphrase)
    if store.is_remembered(folder):
        try:
            desktop_keyring.remember(store.workbook_id(folder), passphrase)
        except CoachingError:  # its own words say that nothing was changed
            raise CoachingError(
                "The passphrase of {folder} was changed, but the desktop keyring did not take the new one: "
                "say 'coaching passphrase' with --remember once more, or with --forget.",
                folder=folder.name,
            ) from None


def _check_has_passphrase(folder: Path) -> None:
    if store.has_open_key(folder):
        raise CoachingError("{folder} has no passphrase yet: 'coaching passphrase' gives it one.", folder=folder.name)


def _names(home: Home, folder: Path) -> list[str]:
    """Return the names of a workbook; none of one that cannot be read, which a new passphrase is not to wait for."""
    try:
        return home.open(folder).names
    except CoachingError:
        return []


def _locked(home: Home, name: str) -> Path:
    locked = home.locked()
    folders = [folder for folder in locked if is_folder_called(folder, name)] or locked
    if len(folders) == 1:
        return folders[0]
    listed = ", ".join(folder.name for folder in locked)
    if not locked:
        raise CoachingError("No workbook is locked.")
    raise CoachingError("Name the locked workbook by its id: {ids}.", ids=listed)
