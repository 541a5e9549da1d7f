"""Another folder of a workbook, read as it is: opening it as a workbook would write into it."""

from pathlib import Path

from coaching.errors import StoreError
from coaching.i18n import to_say
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import as_store_error
from coaching.store.files.drafts import sessions
from coaching.store.files.parquet import Codec
from coaching.store.files.read import Files, read_files
from coaching.store.files.row_set import one_per_revision, union
from coaching.store.files.snapshot import Snapshot
from coaching.store.keys.card import read_card
from coaching.store.keys.keys import Keys
from coaching.text import visible


def read_folder(folder: Path, keys: Keys, *, workbook: str, holder: str) -> Snapshot:
    """Return what a folder of a workbook holds, drafts included; nothing in it is changed.

    Parameters
    ----------
    folder
        The folder.
    keys
        What unlocking it gave.
    workbook, holder
        Which workbook it must be a folder of, and whose copy.

    Raises
    ------
    LockedError
        If it is encrypted with other keys.
    StoreError
        If it cannot be read, or is of another workbook or the other side's copy.
    """
    layout, card = Layout(folder), read_card(folder)
    if (card.workbook, card.holder) != (workbook, holder):
        raise StoreError(
            "{folder} is not a folder of {workbook} as the {holder} holds it.",
            folder=visible(folder.name),
            workbook=workbook,
            holder=holder,
        )
    card.check(keys)
    codec = Codec(card.workbook, keys)
    with as_store_error(visible(folder.name), to_say("nothing was read")):
        drafts, entries = _files(layout.drafts, codec), _files(layout.entries, codec)
    history = one_per_revision([content.table for files in (entries, drafts) for content in files.contents.values()])
    problems = entries.problems(layout.entries.name) + drafts.problems(layout.drafts.name)
    drafted = union(content.table for content in drafts.contents.values())
    return Snapshot(history, problems, sessions([*drafts.contents, *drafts.unread]), drafted)


def _files(folder: Path, codec: Codec) -> Files:
    """Read the files of a part that may not be there: tools that copy folders leave empty ones out."""
    return read_files(folder, codec, {}) if folder.exists() else Files({}, {})
