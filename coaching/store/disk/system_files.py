"""What systems and sync programs leave in the folder of a workbook: no part of it, or a stand-in for a part."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Final

from coaching.i18n import to_say
from coaching.store import disk
from coaching.store.disk.layout import SUFFIX

NOT_DOWNLOADED: Final = to_say("is not downloaded yet; open the folder in your sync program and let it download")


@dataclass(frozen=True)
class _Left:
    """Files of these names, by whom they are left, and whether bytes of a workbook's files may be in them."""

    names: str
    by: str
    may_hold_words: bool = False


#: Names as shells write them, capitals or not. None of them is ever that of a file of a workbook, or of a copy that a
#: sync program makes of one: those end in .parquet, and begin with the id of an entry or a session.
_TABLE: Final = (
    _Left("desktop.ini", "Windows: how a folder looks"),
    _Left("thumbs.db ehthumbs.db ehthumbs_vista.db", "Windows: small pictures"),
    _Left("$recycle.bin", "Windows: the bin of a disk", may_hold_words=True),
    _Left("~$*", "Office: who has a file open"),
    _Left("._* .ds_store icon\r icon .localized __macosx", "macOS: what other disks cannot say of a file or folder"),
    _Left(".appledouble .apdisk .fseventsd .spotlight-v100 .temporaryitems", "macOS: what it keeps on a disk"),
    _Left(".trashes .trash .trash-*", "macOS and Linux: the bin of a disk", may_hold_words=True),
    _Left(".directory lost+found", "Linux: how a folder looks, what a repair has found"),
    _Left(".nfs* .fuse_hidden*", "network disks: a file that was removed while it was open", may_hold_words=True),
    _Left(".~lock.* .#*", "LibreOffice, Emacs: who has a file open"),
    _Left(".stfolder .stfolder.* .stignore", "Syncthing: its own notes"),
    _Left(".syncthing.* ~syncthing~*", "Syncthing: a copy that is not finished", may_hold_words=True),
    _Left(".stversions", "Syncthing: versions of before", may_hold_words=True),
    _Left(".sync_*.db* ._sync_*.db* .owncloudsync.log* .nextcloudsync.log*", "Nextcloud, ownCloud: their own notes"),
    _Left(".sync", "Resilio Sync: its notes, and versions of before", may_hold_words=True),
    _Left(".sync_* *.!sync *.rslsync", "Resilio Sync: a copy that is not finished", may_hold_words=True),
    _Left(".dropbox .dropbox.attr .dropbox.device", "Dropbox: its own notes"),
    _Left(".dropbox.cache", "Dropbox: versions of before", may_hold_words=True),
    _Left(".849c9593-d756-4e56-8d6e-42412f2a707b", "OneDrive: its own notes"),
    _Left(".tmp.drivedownload .tmp.driveupload", "Google Drive: copies that are not finished", may_hold_words=True),
    _Left("@eadir *@synoeastream *@synoresource .@__thumb", "network disks of Synology and QNAP: their own notes"),
    _Left("#recycle @recycle", "network disks of Synology and QNAP: the bin", may_hold_words=True),
    _Left("*.tmp *.temp", "Dropbox, OneDrive and others: a copy that is not finished", may_hold_words=True),
    _Left(
        "*.part *.partial *.filepart *.crdownload *.download",
        "rclone, WinSCP, browsers: a copy that is not finished",
        may_hold_words=True,
    ),
    _Left(f".*{SUFFIX}.?*", "rsync, Nextcloud, ownCloud and others: a copy that is not finished", may_hold_words=True),
    _Left(f"*{SUFFIX}~ #*{SUFFIX}#", "editors: a copy of before", may_hold_words=True),
)
#: What stands for a file that is somewhere else, and which one: iCloud's; Nextcloud's, ownCloud's and odrive's.
_PLACEHOLDER: Final = re.compile(r"\.(.+)\.icloud|(.+)\.(?:nextcloud|owncloud|cloud)", re.IGNORECASE | re.DOTALL)


def _pattern(left: Iterable[_Left]) -> re.Pattern[str]:
    return re.compile("|".join(translate(name) for one in left for name in one.names.split(" ")), re.IGNORECASE)


_IS_LEFT: Final = _pattern(_TABLE)
_MAY_HOLD_WORDS: Final = _pattern(one for one in _TABLE if one.may_hold_words)


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is left by a system or a sync program, and no part of a workbook.

    So is what is hidden and not called as a workbook's files are.

    Examples
    --------
    >>> [name for name in ("desktop.ini", "._a.parquet", ".a.parquet.icloud", "a (1).parquet") if is_passed_over(name)]
    ['desktop.ini', '._a.parquet']
    """
    original = name_elsewhere(name)
    if original:
        return is_passed_over(original)
    return bool(_IS_LEFT.fullmatch(name)) or (name.startswith(".") and SUFFIX not in name)


def name_elsewhere(name: str) -> str | None:
    """Return the name of the file that a sync program keeps elsewhere, if one of this name stands for it.

    Examples
    --------
    >>> name_elsewhere(".a.parquet.icloud"), name_elsewhere("a.parquet.nextcloud"), name_elsewhere("a.parquet")
    ('a.parquet', 'a.parquet', None)
    """
    match = _PLACEHOLDER.fullmatch(name)
    return (match[1] or match[2]) if match else None


def is_elsewhere(file: Path) -> bool:
    """Tell whether a sync program keeps a file elsewhere: another stands for it, or the system marks it so."""
    with suppress(OSError):
        stands_for_it = any(name_elsewhere(one.name) == file.name for one in file.parent.iterdir())
        return stands_for_it or disk.is_elsewhere(file)
    return False


def may_hold_words(name: str) -> bool:
    """Tell whether what is left under this name may hold words of a workbook: copies, and versions of before."""
    return bool(_MAY_HOLD_WORDS.fullmatch(name))
