"""What the files of drafts are called: by the session, and by who writes."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from coaching.store.disk.layout import IDENTITY, SUFFIX, Layout
from coaching.store.files.read import file_names

_WRITER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DRAFT = re.compile(rf"({IDENTITY.pattern})\.(.+)\.parquet", re.DOTALL)


def draft_file(layout: Layout, session: str, writer: str) -> Path:
    """Return where a writer's draft of a session is."""
    if not IDENTITY.fullmatch(session) or not _WRITER.fullmatch(writer):
        raise ValueError("a draft is named by a session's id and by a writer of letters, digits, - and _")
    return layout.drafts / f"{session}.{writer}{SUFFIX}"


def draft_names(layout: Layout) -> dict[tuple[str, str], str]:
    """Return the file name of each draft by session and writer, also of the copies that sync tools make."""
    matches = [_DRAFT.fullmatch(name) for name in file_names(layout.drafts)]
    return {(match[1], match[2]): match[0] for match in matches if match}


def sessions(names: Iterable[str]) -> frozenset[str]:
    """Return the sessions that files of these names are drafts of."""
    return frozenset(match[1] for match in map(_DRAFT.fullmatch, names) if match)


def last_drafted(folder: Path) -> datetime | None:
    """Return when the file of a draft was last written, UTC; also of a locked workbook. None if there is no draft."""
    layout = Layout(folder)
    names, times = [], []
    with suppress(OSError):  # tools that copy folders leave empty ones out
        names = list(draft_names(layout).values())
    for name in names:
        with suppress(OSError):  # somebody else has closed the session meanwhile
            times.append((layout.drafts / name).stat().st_mtime)
    return datetime.fromtimestamp(max(times), UTC) if times else None
