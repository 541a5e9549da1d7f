"""Vectors of ``workbook.json``: what it says, and the keys that are locked up in it."""

import base64
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coaching.errors import MistypedKeyError, StoreError, WrongKeyError
from coaching.store import Keys, recover, unlock
from coaching.store.disk.layout import Layout
from coaching.store.keys.card import Card, read_card, write_card
from coaching.store.keys.keys import lock_with_passphrase, lock_with_recovery_key, new_recovery_key
from tests.unit.store.samples import KEY, OTHER_WORKBOOK, WORKBOOK, cheap_locks
from tests.vectors.vector import RefusedError, Vector

PASSPHRASE = "violet teapot on a raft"  # noqa: S105 - opens vectors alone
_FILE = "01JNF7900000000000000000F1"
_ACCENTS = "grün wie Café Zoé"
_NEW_KEYS = Keys((bytes(range(32, 64)), *KEY.data))
_REASONS = {"newer version": "newer", "damaged": "damaged", "asks for more": "work"}


def made() -> Iterator[Vector]:
    """Give each vector."""
    yield Vector("card/plain.json", _bytes(_said()), _opens("A workbook that is not encrypted.", []))
    yield Vector("card/coachee.json", _bytes(_said(holder="coachee")), _opens("A copy of the coachee.", [], "coachee"))
    said, recovery = _locked(KEY, PASSPHRASE)
    locked = {"passphrase": PASSPHRASE}
    yield Vector("card/passphrase.json", _bytes(said), _opens("Opened with the passphrase.", KEY.data) | locked)
    yield Vector(
        "card/recovery.json",
        _bytes(said),
        _opens("Opened with the recovery key.", KEY.data) | {"recovery_key": recovery},
    )
    older = recovery[:-1]
    what = "A recovery key of earlier versions: 28 signs, and none that checks them."
    yield Vector(
        "card/recovery_28.json",
        _bytes(_locked(KEY, PASSPHRASE, older)[0]),
        _opens(what, KEY.data) | {"recovery_key": older},
    )
    spoken = {"recovery_key": recovery.lower().replace("-", " ").replace("0", "o").replace("1", "l")}
    yield Vector(
        "card/recovery_by_hand.json",
        _bytes(said),
        _opens("The recovery key as somebody wrote it down.", KEY.data) | spoken,
    )
    two, _ = _locked(_NEW_KEYS, PASSPHRASE)
    yield Vector(
        "card/rotated.json", _bytes(two), _opens("Two data keys, the one to write with first.", _NEW_KEYS.data) | locked
    )
    accents, _ = _locked(KEY, _ACCENTS)
    typed = {"passphrase": unicodedata.normalize("NFD", _ACCENTS)}
    yield Vector(
        "card/accents.json", _bytes(accents), _opens("Accents typed as signs of their own (NFKC).", KEY.data) | typed
    )
    unknown = _said() | {"mood": "unknown words are passed over"}
    counted = _opens("It was written four times, and names two files.", [])
    counted["content"] |= (said_of := {"changes": 4, "files": [_FILE, OTHER_WORKBOOK]})
    yield Vector("card/files.json", _bytes(_said() | said_of), counted)
    earlier = {name: value for name, value in _said().items() if name not in said_of}
    counted = _opens("One of an earlier version, which did not count and named no files.", [])
    counted["content"] |= {"changes": 0, "files": []}
    yield Vector("card/earlier.json", _bytes(earlier), counted)
    yield Vector("card/unknown_words.json", _bytes(unknown), _opens("Words that nobody knows yet.", []))

    yield _refused("wrong_passphrase", "Not the passphrase.", said, "key", passphrase=PASSPHRASE + "s")
    yield _refused("wrong_recovery", "Another recovery key.", said, "key", recovery_key=new_recovery_key())
    for name, (what, typed_key) in {
        "sign": ("A sign is another one.", f"{_other(recovery[0])}{recovery[1:]}"),
        "places": ("Two signs have changed places.", f"{recovery[1]}{recovery[0]}{recovery[2:]}"),
        "short": ("Two signs are missing.", recovery[:-2]),
        "long": ("A sign too many.", f"{recovery}7"),
    }.items():
        yield _refused(f"mistyped_{name}", what, said, "mistyped", recovery_key=typed_key)
    for name, (word, value) in {
        "memory": ("memory_cost", 1 << 21),
        "passes": ("time_cost", 1 << 30),
        "threads": ("parallelism", 65),
    }.items():
        what = "argon2id that would take more of a machine than it should be asked for."
        yield _refused(
            f"much_{name}", what, _with_lock(said, "passphrase", word, lambda _, v=value: v), "work", **locked
        )
    for lock, secret in (("passphrase", locked), ("recovery", {"recovery_key": recovery})):
        for word in ("keys", "nonce", "salt"):
            what = f"A bit of the {word} in the lock of the {lock} is another."
            yield _refused(f"{lock}_{word}_flipped", what, _with_lock(said, lock, word, _flipped), "key", **secret)
        what = f"The lock of the {lock} lacks its last byte."
        yield _refused(f"{lock}_cut", what, _with_lock(said, lock, "keys", _cut), "key", **secret)
        what = f"The lock of the {lock} is no base64."
        yield _refused(
            f"{lock}_letters", what, _with_lock(said, lock, "keys", lambda text: f"!{text}"), "key", **secret
        )
    yield _refused("no_lock", "There is no lock for the passphrase.", _without(said, "passphrase"), "key", **locked)
    yield _refused(
        "costless",
        "argon2id that costs nothing.",
        _with_lock(said, "passphrase", "time_cost", lambda _: 0),
        "key",
        **locked,
    )
    for name, changed in {"moved": {"workbook": OTHER_WORKBOOK}, "other_holder": {"holder": "coachee"}}.items():
        yield _refused(
            name, "The locks of another card: they open at their own place alone.", said | changed, "key", **locked
        )
    swapped = said | {
        "key": said["key"] | {"passphrase": said["key"]["recovery"], "recovery": said["key"]["passphrase"]}
    }
    yield _refused("swapped", "Each lock in the place of the other.", swapped, "key", **locked)

    yield _refused("newer", "A format that comes later.", _said() | {"format": 2}, "newer")
    for name, (what, changed) in {
        "no_ulid": ("The id is none.", {"workbook": "../../somewhere"}),
        "no_holder": ("Nobody's copy.", {"holder": "hr"}),
        "key_is_text": ("The key is a text.", {"key": "none"}),
        "format_is_text": ("The format is a word.", {"format": "one"}),
        "changes_word": ("A word for how often it was written.", {"changes": "often"}),
        "changes_null": ("Nothing for how often it was written.", {"changes": None}),
        "changes_endless": ("It was written more often than anything can count.", {"changes": float("inf")}),
        "files_text": ("A text for the list of files.", {"files": _FILE}),
        "files_null": ("Nothing for the list of files.", {"files": None}),
        "files_path": ("One of the files is no ULID.", {"files": [_FILE, "../list"]}),
        "files_version": ("A version for the id of a file.", {"files": [f"{_FILE}.0"]}),
        "files_number": ("A number for the id of a file.", {"files": [1]}),
    }.items():
        yield _refused(name, what, _said() | changed, "damaged")
    whole = _bytes(_said())
    for name, (what, data) in {
        "empty": ("Nothing at all.", b""),
        "truncated": ("The end is missing.", whole[: len(whole) // 2]),
        "list": ("A list.", b"[]"),
        "deep": ("Nested without end.", b"[" * 5000),
        "no_text": ("No UTF-8.", b"\xff\xfe" + whole),
    }.items():
        yield Vector(f"card/{name}.json", data, {"what": what, "refused": "damaged"})


def opened(vector: Vector) -> dict[str, Any]:
    """Return what a card says, and its keys.

    Raises
    ------
    RefusedError
        If it is refused.
    """
    about = vector.about
    with TemporaryDirectory() as home:
        folder = Path(home) / WORKBOOK
        Layout(folder).folder.mkdir()
        Layout(folder).card.write_bytes(vector.data)
        try:
            card = read_card(folder)
            keys = Keys()
            if "passphrase" in about:
                keys = unlock(folder, about["passphrase"])
            if "recovery_key" in about:
                keys = recover(folder, about["recovery_key"])
        except MistypedKeyError:
            raise RefusedError("mistyped") from None
        except WrongKeyError:
            raise RefusedError("key") from None
        except StoreError as error:
            raise RefusedError(next(reason for words, reason in _REASONS.items() if words in str(error))) from None
    known = {"changes": card.changes, "files": [version.file for version in card.files]}
    return {"workbook": card.workbook, "holder": card.holder, "keys": [key.hex() for key in keys.data]} | known


def _said(holder: str = "coach", key: Any = None) -> dict[str, Any]:
    """Return what the program writes."""
    with TemporaryDirectory() as home:
        folder = Path(home) / WORKBOOK
        folder.mkdir()
        Layout(folder).make_missing()
        write_card(folder, Card(WORKBOOK, holder, key))
        return dict(json.loads(Layout(folder).card.read_bytes()))


def _locked(keys: Keys, passphrase: str, recovery: str = "") -> tuple[dict[str, Any], str]:
    place, recovery = Card(WORKBOOK, "coach").place, recovery or new_recovery_key()
    with cheap_locks():
        locks = {
            "cipher": "AES_GCM_V1",
            "name": keys.name,
            "passphrase": lock_with_passphrase(keys, passphrase, place),
            "recovery": lock_with_recovery_key(keys, recovery, place),
        }
    return _said(key=locks), recovery


def _opens(what: str, keys: Any, holder: str = "coach") -> dict[str, Any]:
    content = {"workbook": WORKBOOK, "holder": holder, "keys": [key.hex() for key in keys], "changes": 1, "files": []}
    return {"what": what, "content": content}


def _refused(name: str, what: str, said: Any, reason: str, **secret: str) -> Vector:
    return Vector(f"card/{name}.json", _bytes(said), {"what": what, **secret, "refused": reason})


def _bytes(said: Any) -> bytes:
    return (json.dumps(said, indent=2) + "\n").encode()


def _with_lock(said: Any, lock: str, word: str, change: Any) -> Any:
    locks = said["key"]
    return said | {"key": locks | {lock: locks[lock] | {word: change(locks[lock][word])}}}


def _without(said: Any, lock: str) -> Any:
    return said | {"key": {name: value for name, value in said["key"].items() if name != lock}}


def _flipped(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(data).decode()


def _cut(text: str) -> str:
    return base64.b64encode(base64.b64decode(text)[:-1]).decode()


def _other(sign: str) -> str:
    return "A" if sign != "A" else "B"
