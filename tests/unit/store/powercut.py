"""A disk that loses, at a power cut, whatever was not flushed: what a program did is recorded, and cut anywhere.

What POSIX promises and no more: the bytes of a file are there once it was flushed, and its name once its folder was;
until then each name is, on its own, as it was after any of the changes made to it. Only a rename is one thing, as in
every file system that keeps a journal: the old name is not gone before the new one is there.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

#: What is done to the disk, and, between, what was acknowledged: (name of the call, its arguments).
Event = tuple[str, tuple]

#: A change of one name in a folder is chosen, or it is lost.
Choice = Callable[["Change"], bool]


@dataclass(eq=False)
class File:
    data: bytes = b""
    flushed: bytes | None = None


@dataclass(eq=False)
class Folder:
    names: dict[str, "File | Folder"] = field(default_factory=dict)
    flushed: dict[str, "File | Folder"] = field(default_factory=dict)
    pending: list["Change"] = field(default_factory=list)

    def put(self, name: str, node: "File | Folder | None", after: "Change | None" = None) -> "Change":
        """Give a name to something, or to nothing any more; a lost `after` loses this too."""
        change = Change(name, node, after)
        self.pending.append(change)
        self.names = {key: value for key, value in self.names.items() if key != name}
        if node is not None:
            self.names[name] = node
        return change

    def flush(self) -> None:
        for change in self.pending:
            change.is_flushed = True
        self.flushed, self.pending = dict(self.names), []


@dataclass(eq=False)
class Change:
    name: str
    node: File | Folder | None
    after: "Change | None"
    is_flushed: bool = False


@contextmanager
def recorded(folder: Path) -> Iterator[list[Event]]:
    """Give what is done below a folder, as it is done; whoever acknowledges something adds ``("told", …)``."""
    events: list[Event] = []

    def below(path) -> str | None:
        absolute = os.path.abspath(os.fspath(path)) if isinstance(path, str | os.PathLike) else ""  # noqa: PTH100
        inside = absolute == str(folder) or absolute.startswith(f"{folder}{os.sep}")
        return os.path.relpath(absolute, folder) if inside else None

    def recording(name):
        real = getattr(os, name)

        def call(*arguments, **options):
            result = real(*arguments, **options)
            if name == "open":
                if below(arguments[0]) is not None:
                    events.append(("open", (result, below(arguments[0]), arguments[1])))
            elif name == "write":
                events.append(("write", (arguments[0], bytes(arguments[1][:result]))))
            elif name in {"fsync", "close"}:
                events.append((name, (arguments[0],)))
            else:
                paths = tuple(map(below, arguments[: 2 if name in {"replace", "rename"} else 1]))
                if None not in paths:
                    events.append((name, paths))
            return result

        return call

    names = ("open", "write", "fsync", "close", "replace", "rename", "unlink", "mkdir", "rmdir")
    with patch.multiple(os, **{name: recording(name) for name in names}):
        yield events


class Disk:
    """What a folder holds, and what of it would be there after a power cut.

    Parameters
    ----------
    folder
        What is there in the beginning, all of it flushed.
    """

    def __init__(self, folder: Path) -> None:
        self._root = _loaded(folder)
        self._descriptors: dict[int, File | Folder] = {}
        self._places: dict[int, int] = {}  # where the next bytes go; at the end, if it is not among them
        self.acknowledged: list = []

    def does(self, event: Event) -> None:
        """Take note of one event."""
        name, arguments = event
        getattr(self, f"_{name}")(*arguments)

    def after_a_cut(self, target: Path, *, keeps: Choice, chance: random.Random) -> None:
        """Write what is there after a power cut now.

        Parameters
        ----------
        target
            A folder that is not there yet.
        keeps
            Whether a change of a name that was not flushed is kept.
        chance
            What decides how much of bytes that were not flushed is there.
        """
        _write(self._root, target, _Survivors(keeps), chance)

    def _told(self, *what) -> None:
        self.acknowledged.extend(what)

    def _place(self, path: str) -> tuple[Folder, str]:
        *folders, name = Path(path).parts or ("",)
        node = self._root
        for part in folders:
            node = node.names[part]
        return node, name

    def _node(self, path: str) -> File | Folder:
        if path == ".":
            return self._root
        folder, name = self._place(path)
        return folder.names[name]

    def _open(self, descriptor: int, path: str, flags: int) -> None:
        if flags & os.O_CREAT:
            folder, name = self._place(path)
            if name not in folder.names:
                folder.put(name, File())
        self._descriptors[descriptor] = self._node(path)
        self._places.pop(descriptor, None)
        if not flags & os.O_APPEND:
            self._places[descriptor] = 0

    def _write(self, descriptor: int, data: bytes) -> None:
        if descriptor not in self._descriptors:
            return
        file = self._descriptors[descriptor]
        at = self._places.get(descriptor, len(file.data))
        file.data = file.data[:at] + data + file.data[at + len(data) :]
        if descriptor in self._places:
            self._places[descriptor] += len(data)

    def _fsync(self, descriptor: int) -> None:
        node = self._descriptors.get(descriptor)
        if isinstance(node, Folder):
            node.flush()
        elif node is not None:
            node.flushed = node.data

    def _close(self, descriptor: int) -> None:
        self._descriptors.pop(descriptor, None)

    def _rename(self, source: str, target: str) -> None:
        (here, old), (there, new) = self._place(source), self._place(target)
        here.put(old, None, after=there.put(new, here.names[old]))

    _replace = _rename

    def _unlink(self, path: str) -> None:
        folder, name = self._place(path)
        folder.put(name, None)

    _rmdir = _unlink

    def _mkdir(self, path: str) -> None:
        folder, name = self._place(path)
        folder.put(name, Folder())


class _Survivors:
    """Which changes that were not flushed a power cut leaves; decided once for each."""

    def __init__(self, keeps: Choice) -> None:
        self._keeps = keeps
        self._decided: dict[Change, bool] = {}

    def __contains__(self, change: Change) -> bool:
        if change.is_flushed:
            return True
        if change not in self._decided:
            self._decided[change] = (change.after is None or change.after in self) and self._keeps(change)
        return self._decided[change]


def _loaded(folder: Path) -> Folder:
    names: dict[str, File | Folder] = {}
    for part in folder.iterdir() if folder.exists() else ():
        names[part.name] = _loaded(part) if part.is_dir() else File(part.read_bytes(), part.read_bytes())
    return Folder(names, dict(names))


def _write(folder: Folder, target: Path, survivors: _Survivors, chance: random.Random) -> None:
    target.mkdir()
    names = dict(folder.flushed)
    stopped: set[str] = set()
    for change in folder.pending:
        if change.name in stopped or change not in survivors:
            stopped.add(change.name)  # of the changes of one name the first ones stay, not the last ones alone
        elif change.node is None:
            names.pop(change.name, None)
        else:
            names[change.name] = change.node
    for name, node in names.items():
        if isinstance(node, Folder):
            _write(node, target / name, survivors, chance)
        else:
            (target / name).write_bytes(_bytes(node, chance))


def _bytes(file: File, chance: random.Random) -> bytes:
    if file.flushed is not None:
        return file.flushed
    return chance.choice([b"", file.data[: len(file.data) // 2], bytes(len(file.data)), file.data])
