"""Programs that do something with a whole home, and are killed at a chosen disk call or at any moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path

from coaching.formats.sealing import SealKeys
from coaching.store import is_unconfirmed
from coaching.store.backup import backup as backups
from coaching.workbook.handover.offer import HandoverChoice
from coaching.workbook.home import Home
from tests.unit.formats.seals import PASSPHRASE as SEALED_WITH
from tests.unit.store.disks import CHANGES, killed
from tests.unit.store.programs import PROGRAMS
from tests.unit.store.programs import __name__ as other_programs
from tests.unit.store.samples import PASSPHRASE, cheap_locks

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
PROGRAMS.set_forkserver_preload([other_programs, __name__])

#: Everything that changes what is on the disk.
CALLS = (*CHANGES, "mkdir", "rmdir")

Act = Callable[[Path, Path], object]


def opened(folder: Path) -> Home:
    """Return a home, with what its passphrase opens."""
    home = Home(folder, lambda: NOW)
    with cheap_locks():
        if home.locked():
            home.unlock(PASSPHRASE)
    return home


def create(folder: Path, _file: Path) -> None:
    opened(folder).create("Maya", "Ana", lambda: PASSPHRASE)


def create_plain(folder: Path, _file: Path) -> None:
    opened(folder).create("Maya", "Ana")


def import_file(folder: Path, file: Path) -> None:
    opened(folder).import_file(file, None, lambda: PASSPHRASE, SealKeys(lambda: SEALED_WITH))


def restore(folder: Path, file: Path) -> None:
    backups.restore(file, folder)


def hand_over(folder: Path, file: Path) -> None:
    going = opened(folder).workbooks()[0].handing_over
    going.hand_over(going.planned(HandoverChoice(to="Nora")), file)


def renew_recovery_key(folder: Path, _file: Path) -> None:
    """Write the card anew, which the home takes note of."""
    home = opened(folder)
    home.unlocking.renew_recovery_key(home.workbooks()[0].folder)


def do(act: Act, folder: Path, file: Path, at: int = 0) -> None:
    """Do an act, killed at its disk call number `at`; never if that is 0."""
    with killed(at, CALLS), cheap_locks():
        act(folder, file)


def do_after(begun: Event, act: Act, folder: Path, file: Path) -> None:
    """Do an act, and say beforehand that it begins: how long a program takes to start is no part of it."""
    begun.set()
    do(act, folder, file)


def names(folder: Path) -> list[str]:
    """Return what somebody sees who looks into a home: nothing that is hidden."""
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".") if folder.exists() else []


def complaints(folder: Path, whole: int) -> list[str]:
    """Say what is wrong with a home in which there are to be `whole` workbooks of Maya, or none."""
    home = opened(folder)
    workbooks = home.workbooks()
    wrong = home.problems()
    wrong += [f"called {workbook.name}" for workbook in workbooks if workbook.name != "Maya"]
    wrong += [f"{len(workbooks)} workbooks"] if len(workbooks) not in {0, whole} else []
    wrong += [name for name in names(folder) if name not in {workbook.id for workbook in workbooks} | {"notebooks"}]
    return wrong


def waits(folder: Path) -> list[bool]:
    """Return for each workbook whether its recovery key waits to be confirmed; a new one can be had then."""
    home = opened(folder)
    found = []
    for workbook in home.workbooks():
        found.append(is_unconfirmed(workbook.folder))
        assert workbook.key is None or not found[-1] or home.unlocking.renew_recovery_key(workbook.folder)
    return found
