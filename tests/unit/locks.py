"""What the tests of locked workbooks share: a home with workbooks of several passphrases, and a keyring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from coaching import store
from coaching.workbook.home import Home, NewWorkbook
from tests.unit.store.samples import cheap_locks

MAYA, ZOE, YARA = "Maya Canary", "Zoë Ortega", "Yara Plain"
#: What opens Maya's workbook, and what opens Zoë's; Yara's is plain.
PASSPHRASE, OTHER = "correct horse battery staple", "seven ravens over the bridge"
NEW, WRONG = "from today on it is this one", "never was this one a passphrase"
RECOVERY_KEY = r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{5}"


@dataclass(frozen=True)
class Shelf:
    """A home, the ids of its workbooks by name, and their recovery keys."""

    home: Path
    ids: Mapping[str, str]
    recovery_keys: Mapping[str, str | None]

    def folder(self, name: str) -> Path:
        return self.home / self.ids[name]


def filled(home: Path) -> Shelf:
    """Make a home with a workbook of each passphrase, and a plain one."""
    made: dict[str, NewWorkbook] = {}
    with cheap_locks():
        for name, passphrase in ((MAYA, PASSPHRASE), (ZOE, OTHER), (YARA, None)):
            # Each by a home of its own: no passphrase is known where the next one is made.
            made[name] = Home(home).create(name, "Ana", lambda passphrase=passphrase: passphrase)
    for one in made.values():
        if one.recovery_key:
            store.confirm_recovery_key(one.workbook.folder, one.recovery_key)
    ids = {name: one.workbook.id for name, one in made.items()}
    return Shelf(home, ids, {name: one.recovery_key for name, one in made.items()})


def everything(folder: Path) -> dict[Path, bytes | bool]:
    """Return every path below a folder with its bytes."""
    return {path: path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


class Vault(KeyringBackend):
    """A keyring that works as a desktop's does, and keeps what it is given in memory."""

    # Nothing but the module tells the keyrings that keep secrets from those that write them down.
    __module__ = "keyring.backends.SecretService"
    priority = -1  # never chosen unless a test sets it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.refuses: Collection[str] = ()

    def get_password(self, service: str, username: str) -> str | None:
        self._answer("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer("set")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer("delete")
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _answer(self, act: str) -> None:
        if act in self.refuses:
            raise OSError(f"the desktop is locked, and quotes {list(self.kept.values())}")
