"""Which workbooks are open in this program: those whose passphrase somebody gave."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coaching import store
from coaching.errors import CoachingError, StoreError, WrongKeyError
from coaching.formats.sealing import SealKeys
from coaching.store import PLAIN, Keys
from coaching.workbook import keyring as desktop_keyring


class Unlocking:
    """Passphrases that were given, and the keys that they unlocked; both in memory alone.

    Parameters
    ----------
    given
        Gives one to try, if there is one; asked each time, as somebody may say it later.
    """

    def __init__(self, passphrase: Callable[[], str | None] = lambda: None) -> None:
        self._given = passphrase
        self._passphrases: list[str] = []
        self._keys: dict[str, Keys] = {}
        self._wrong: set[tuple[str, str]] = set()
        self._asks = False

    def __repr__(self) -> str:
        """Count, show nothing."""
        return f"<Unlocking: {len(self._keys)} workbooks>"

    def is_open(self) -> bool:
        """Tell whether the keys of a workbook are here."""
        return bool(self._keys)

    def lock(self) -> None:
        """Drop all of it; from here on only what somebody types opens anything: no keyring, and no environment."""
        self._passphrases, self._keys, self._wrong = [], {}, set()
        self._asks = True

    def offer(self, passphrase: str) -> None:
        """Try this passphrase too from now on, even if it was wrong before."""
        self._passphrases = [passphrase, *(other for other in self._passphrases if other != passphrase)]
        self._wrong = {(name, other) for name, other in self._wrong if other != passphrase}

    def take_over(self, passphrase: str) -> None:
        """Try a passphrase that nobody has typed here; not once somebody has locked."""
        if not self._asks:
            self.offer(passphrase)

    def keys(self, folder: Path) -> Keys | None:
        """Return the keys of a workbook, none for a plain one; or nothing, if it is locked.

        Raises
        ------
        StoreError
            If its folder cannot be read.
        """
        name = store.key_name(folder)
        if name is None:
            return PLAIN
        if name not in self._keys and (beside := store.open_keys(folder)):
            return beside  # not among those that somebody can lock away
        for passphrase in self._candidates(folder) if name not in self._keys else ():
            try:
                self._keys[name] = store.unlock(folder, passphrase)
                break
            except WrongKeyError:
                self._wrong.add((name, passphrase))
        return self._keys.get(name)

    def seal_keys(self, home: Path, more: SealKeys) -> SealKeys:
        """Return what there is to open sealed files with: the identities of the open workbooks in a home, and more."""
        identities = []
        for folder in store.workbooks(home)[0]:
            with suppress(StoreError):  # what cannot be read is said where it is looked for
                identities.append(store.identity(folder, self.keys(folder) or PLAIN))
        return replace(more, identities=(*more.identities, *(identity for identity in identities if identity)))

    def forget(self, folder: Path) -> bool:
        """Remove a passphrase from the desktop's keyring if it keeps that; tell whether it does not keep it now."""
        if store.is_remembered(folder):
            try:
                desktop_keyring.forget(store.workbook_id(folder))
            except CoachingError:  # perhaps it was another computer's keyring
                return False
        return True

    def is_closed(self, folder: Path) -> bool:
        """Tell whether a workbook needs its passphrase; not one that cannot be opened at all."""
        with suppress(StoreError):
            return self.keys(folder) is None
        return False

    def keep(self, folder: Path, keys: Keys) -> None:
        """Take note of keys that were made, or unlocked in another way."""
        name = store.key_name(folder)
        if name is not None:
            self._keys[name] = keys

    def renew_recovery_key(self, folder: Path) -> str | None:
        """Give a workbook that is open another recovery key if nobody has confirmed the one it has; return it.

        Raises
        ------
        StoreError
            If the disk refuses; nothing was changed.
        """
        if not store.is_unconfirmed(folder):
            return None
        keys = self.keys(folder)
        return store.renew_recovery_key(folder, keys) if keys else None

    def _candidates(self, folder: Path) -> Iterator[str]:
        """Give the passphrases that were not tried yet; the keyring's only if it was asked to keep one."""
        name, passphrase = store.key_name(folder), None if self._asks else self._given()
        first = [passphrase] if passphrase and passphrase not in self._passphrases else []
        yield from (candidate for candidate in (*first, *self._passphrases) if (name, candidate) not in self._wrong)
        if not self._asks and store.is_remembered(folder):
            remembered = desktop_keyring.recall(store.workbook_id(folder))
            if remembered is not None and (name, remembered) not in self._wrong:
                yield remembered
