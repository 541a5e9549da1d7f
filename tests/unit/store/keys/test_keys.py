"""How keys are locked up: what opens a lock, and what does not."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import MistypedKeyError, WrongKeyError
from coaching.store.keys import keys as product
from coaching.store.keys.keys import (
    Keys,
    check_recovery_key,
    excess,
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


def test_a_recovery_key_is_28_signs_that_nobody_mistakes_for_each_other_and_one_that_checks_them():
    written = [new_recovery_key() for _ in range(200)]
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{5}", key) for key in written)
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


def mistyped(signs):
    """Return whether a recovery key of these signs is known to be none that there can be."""
    try:
        check_recovery_key("".join(signs))
    except MistypedKeyError:
        return True
    return False


def test_every_single_wrong_sign_of_a_recovery_key_is_noticed():
    signs = new_recovery_key().replace("-", "")
    wrong = [signs[:at] + other + signs[at + 1 :] for at in range(29) for other in product._SIGNS if other != signs[at]]
    assert len(wrong) == 29 * 31
    assert all(map(mistyped, wrong))


@given(
    data=st.lists(st.sampled_from(product._SIGNS), min_size=28, max_size=28),
    places=st.tuples(st.integers(0, 28), st.integers(0, 28)),
)
def test_two_signs_of_a_recovery_key_that_have_changed_places_are_noticed(data, places):
    whole = [*data, product._check_sign("".join(data))]
    assert not mistyped(whole)
    first, second = places
    swapped = list(whole)
    swapped[first], swapped[second] = whole[second], whole[first]
    assert mistyped(swapped) is (swapped != whole)


@pytest.mark.parametrize("sign", ["U", "u", "Ü", "ẞ", "٣"])
def test_a_sign_that_no_recovery_key_has_is_noticed(sign):
    assert mistyped(sign + new_recovery_key()[1:])
    assert mistyped(sign + RECOVERY_KEY[1:])


@pytest.mark.parametrize(("typed", "number"), [(RECOVERY_KEY[:-1], 27), (f"{RECOVERY_KEY}00", 30)])
def test_a_recovery_key_with_a_sign_too_few_or_too_many_says_so(typed, number):
    with pytest.raises(MistypedKeyError) as refused:
        check_recovery_key(typed)
    said = f"A recovery key has 29 signs, and this one has {number}; nothing was changed; look at it once more."
    assert str(refused.value) == said


@pytest.mark.parametrize("typed", ["", PASSPHRASE, RECOVERY_KEY * 2])
def test_what_is_no_recovery_key_at_all_is_not_called_mistyped(typed):
    check_recovery_key(typed)


def test_a_recovery_key_of_an_earlier_version_has_no_sign_that_checks_it():
    check_recovery_key(RECOVERY_KEY)


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


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        ({"memory_cost": 1024 * 1024}, None),
        ({"memory_cost": 1024 * 1024 + 1}, "1 GiB of memory"),
        ({"memory_cost": 4 * 1024 * 1024, "time_cost": 1}, "1 GiB of memory"),
        ({"memory_cost": 1e400}, "1 GiB of memory"),
        ({"memory_cost": 1024 * 1024, "time_cost": 5}, "some seconds of work"),
        ({"memory_cost": 65536, "time_cost": 64}, None),
        ({"memory_cost": 65536, "time_cost": 65}, "some seconds of work"),
        ({"time_cost": 10**9}, "some seconds of work"),
        ({"parallelism": 65}, "64 threads"),
        ({"parallelism": 64}, None),
        ({"memory_cost": None, "time_cost": "many", "parallelism": float("nan")}, None),
    ],
)
def test_what_the_lock_of_a_passphrase_asks_too_much_of_is_said(cost, said):
    assert excess({"time_cost": 3, "memory_cost": 65536, "parallelism": 4, **cost}) == said


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
