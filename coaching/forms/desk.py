"""What the forms need of the workbooks behind them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from coaching.forms.beginning import Choice
from coaching.forms.context import Context, Records

#: By id, the revisions of an entry that a choice settles.
Settled = Mapping[str, tuple[int, ...]]


class Desk(Protocol):
    """What the forms need of the workbooks behind them."""

    def offered(self, context: Context | None) -> Choice:
        """Return what can be chosen before a session, also while there is no workbook that is open."""

    def unlock(self, passphrase: str) -> str | None:
        """Open the workbooks that a passphrase opens; return which of them to sit down with, if nobody sits yet."""

    def renew_recovery_key(self, context: Context) -> str | None:
        """Return a new recovery key of a workbook, if nobody has confirmed yet that the one it has was shown."""

    def confirm_recovery_key(self, context: Context, recovery_key: str) -> None:
        """Take down that the recovery key of a workbook was written down."""

    def renew(self, context: Context) -> None:
        """Keep the private notes of a workbook for another 90 days."""

    def begin(self) -> Context | None:
        """Return what is known for the session to begin with; None if its workbook is locked, or there is none."""

    def sit_down(self, workbook: str | None = None, session: str | None = None) -> Context | None:
        """Return what is known for a session: of this workbook, or of the one used last; this session, or the next.

        None if no workbook is open.
        """

    def make(self, name: str, coach: str, passphrase: str | None) -> tuple[Context, str | None]:
        """Make a workbook for a person; return what is known for its first session, and its recovery key."""

    def keep(self, context: Context, records: Records, settled: Settled) -> None:
        """Keep what the session says, durably, before this returns; `settled` says which conflicts it ends."""

    def erase(self, context: Context, ids: Sequence[str]) -> None:
        """Erase entries of a session: their words are in no file of the workbook when this returns."""

    def close(self, context: Context) -> int:
        """Make what was kept a part of the workbook for good; return how many private notes were erased with it.

        None is if the clock has jumped, unless somebody has said that the date is right.
        """

    def confirm_date(self, context: Context) -> None:
        """Take it that the date is right, though the clock has jumped since something was last kept."""

    def is_open(self, workbook: str) -> bool:
        """Tell whether a workbook can be sat down with."""

    def is_encrypted(self, workbook: str) -> bool:
        """Tell whether a workbook has a passphrase, as far as is known without the disk; one that is not open has."""

    def seal(self, workbook: str, words: str) -> bytes | None:
        """Return words that are on no disk, encrypted with the key of a workbook that is open; nothing without one."""

    def unseal(self, workbook: str, sealed: bytes) -> str | None:
        """Return what was sealed with the key of a workbook that is open; nothing if it has another key by now."""

    def forget(self) -> None:
        """Let go of all workbooks that have a passphrase."""

    def remember(self) -> None:
        """Take in the workbooks that are open now."""

    def now(self) -> datetime:
        """Return the local time."""
