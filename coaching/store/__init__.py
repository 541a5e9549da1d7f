"""The edge to the disk: a set of rows in Parquet files, drafts, compaction, keys."""

from coaching.store.create import Created, create
from coaching.store.disk.user_file import write_file
from coaching.store.files.drafts import last_drafted
from coaching.store.files.duplicates import read_folder
from coaching.store.files.folder import (
    Listing,
    Problem,
    look_through,
    looks_like_workbook,
    make_home,
    remove_folder,
    workbooks,
)
from coaching.store.files.snapshot import Snapshot
from coaching.store.keys.card import workbook_id
from coaching.store.keys.identities import identity, keep_identity
from coaching.store.keys.keys import PLAIN, Keys
from coaching.store.keys.locks import (
    change_passphrase,
    confirm_recovery_key,
    is_remembered,
    is_rewriting,
    is_unconfirmed,
    key_name,
    recover,
    renew_recovery_key,
    rotate,
    set_remembered,
    unlock,
)
from coaching.store.keys.open_key import has_open_key, open_keys
from coaching.store.keys.sealing import seal, unseal
from coaching.store.store import Store

__all__ = [
    "PLAIN",
    "Created",
    "Keys",
    "Listing",
    "Problem",
    "Snapshot",
    "Store",
    "change_passphrase",
    "confirm_recovery_key",
    "create",
    "has_open_key",
    "identity",
    "is_remembered",
    "is_rewriting",
    "is_unconfirmed",
    "keep_identity",
    "key_name",
    "last_drafted",
    "look_through",
    "looks_like_workbook",
    "make_home",
    "open_keys",
    "read_folder",
    "recover",
    "remove_folder",
    "renew_recovery_key",
    "rotate",
    "seal",
    "set_remembered",
    "unlock",
    "unseal",
    "workbook_id",
    "workbooks",
    "write_file",
]
