"""How keys are locked up: what opens a lock, and what does not."""

import json
import re

import pytest

from coaching.exceptions import WrongKeyError
from coaching.store import keys as product
from coaching.store.keys import (
    Keys,
    lock_with_passphrase,
    lock_with_recovery_key,
    new_recovery_key,
    open_with_passphrase,
    open_with_recovery_key,
)
from tests.unit.store.samples import KEY, PASSPHRASE, cheap_locks

PLACE = "coaching workbook 1/A/coach"
RECOVERY_KEY = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"


@pytest.fixture(scope="module")
def lock():
    with cheap_locks():
        return lock_with_passphrase(KEY, PASSPHRASE, PLACE)


@pytest.fixture(scope="module")
def recovery():
    return lock_with_recovery_key(KEY, RECOVERY_KEY, PLACE)


def test_guessing_a_passphrase_costs_what_rfc_9106_asks_for():
    lock = lock_with_passphrase(KEY, PASSPHRASE, PLACE)
    cost = {name: lock[name] for name in ("derivation", "time_cost", "memory_cost", "parallelism")}
    assert cost == {"derivation": "argon2id", "time_cost": 3, "memory_cost": 65536, "parallelism": 4}
    assert open_with_passphrase(lock, PASSPHRASE, PLACE) == KEY


@pytest.mark.parametrize("number", [1, 2, 5])
def test_all_keys_come_back_the_newest_first(number):
    keys = Keys.new()
    for _ in range(number - 1):
        keys = keys.rotated()
    with cheap_locks():
        lock = json.loads(json.dumps(lock_with_passphrase(keys, PASSPHRASE, PLACE)))
    assert open_with_passphrase(lock, PASSPHRASE, PLACE) == keys
    assert len(set(keys.data)) == number
    assert keys.rotated().data[1:] == keys.data


@pytest.mark.parametrize(
    "typed", ["", " ", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1], "\ud800", "x" * 100_000]
)
def test_another_passphrase_does_not_open(lock, typed):
    with pytest.raises(WrongKeyError, match=r"^This passphrase does not open it\.$"):
        open_with_passphrase(lock, typed, PLACE)


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("Café crème brûlée", "Cafe\u0301 cre\u0300me bru\u0302le\u0301e"),
        ("ﬁne words ½", "fine words 1⁄2"),
        ("ＷＩＤＥ letters", "WIDE letters"),
    ],
    ids=["accents", "ligatures", "wide letters"],
)
def test_how_a_keyboard_composes_a_passphrase_makes_no_difference(chosen, typed):
    assert chosen != typed
    with cheap_locks():
        lock = lock_with_passphrase(KEY, chosen, PLACE)
    assert open_with_passphrase(lock, typed, PLACE) == KEY


def test_a_recovery_key_is_28_signs_that_nobody_mistakes_for_each_other():
    written = [new_recovery_key() for _ in range(200)]
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", key) for key in written)
    assert len(set(written)) == 200
    assert set("".join(written)) == set(product._SIGNS) | {"-"}


@pytest.mark.parametrize(
    "typed",
    [
        RECOVERY_KEY,
        RECOVERY_KEY.lower(),
        RECOVERY_KEY.replace("-", ""),
        f"  {RECOVERY_KEY.replace('-', ' ')}\n",
        RECOVERY_KEY.replace("0", "O").replace("1", "I"),
        RECOVERY_KEY.replace("0", "o").replace("1", "l"),
    ],
    ids=["as written", "lower case", "no dashes", "spaces", "O and I", "o and l"],
)
def test_a_recovery_key_opens_however_it_is_copied(recovery, typed):
    assert open_with_recovery_key(recovery, typed, PLACE) == KEY


@pytest.mark.parametrize("typed", ["", RECOVERY_KEY[:-1], RECOVERY_KEY[::-1], RECOVERY_KEY + "0", "\ud800"])
def test_another_recovery_key_does_not_open(recovery, typed):
    with pytest.raises(WrongKeyError, match=r"^This recovery key does not open it\.$"):
        open_with_recovery_key(recovery, typed, PLACE)


@pytest.mark.parametrize("place", ["", "coaching workbook 1/B/coach", "coaching workbook 1/A/coachee"])
def test_a_lock_opens_at_its_own_place_alone(lock, recovery, place):
    with pytest.raises(WrongKeyError):
        open_with_passphrase(lock, PASSPHRASE, place)
    with pytest.raises(WrongKeyError):
        open_with_recovery_key(recovery, RECOVERY_KEY, place)


def test_the_lock_of_a_passphrase_is_none_of_a_recovery_key():
    with cheap_locks():
        lock = lock_with_passphrase(KEY, RECOVERY_KEY, PLACE)
    with pytest.raises(WrongKeyError):
        open_with_recovery_key(lock, RECOVERY_KEY, PLACE)


@pytest.mark.parametrize("name", ["time_cost", "memory_cost", "parallelism"])
@pytest.mark.parametrize("cost", [0, -1, 10**9, 10**30, 1e400, float("nan"), None, "", "many", [], {}])
def test_a_changed_card_cannot_make_unlocking_cost_the_machine(lock, name, cost):
    with pytest.raises(WrongKeyError):
        open_with_passphrase({**lock, name: cost}, PASSPHRASE, PLACE)


@pytest.mark.parametrize("name", ["time_cost", "memory_cost", "parallelism", "salt", "nonce", "keys"])
@pytest.mark.parametrize("value", ["", "AA==", "not base64!", "é", None, 7, [], "A" * 64])
def test_a_damaged_lock_does_not_open(lock, recovery, name, value):
    with pytest.raises(WrongKeyError):
        open_with_passphrase({**lock, name: value}, PASSPHRASE, PLACE)
    if name in recovery:
        with pytest.raises(WrongKeyError):
            open_with_recovery_key({**recovery, name: value}, RECOVERY_KEY, PLACE)


def test_a_lock_that_is_not_there_does_not_open():
    with pytest.raises(WrongKeyError):
        open_with_passphrase({}, PASSPHRASE, PLACE)


def test_nothing_shows_a_key_by_accident():
    shown = repr(KEY) + str(KEY) + f"{KEY}"
    assert KEY.data[0].hex() not in shown
    assert repr(KEY.data[0]) not in shown


def test_two_locks_of_one_passphrase_have_nothing_in_common():
    with cheap_locks():
        first, second = (lock_with_passphrase(KEY, PASSPHRASE, PLACE) for _ in range(2))
    assert {name for name in first if first[name] == second[name]} == {
        "derivation",
        "time_cost",
        "memory_cost",
        "parallelism",
    }
