"""A new passphrase that is easy to guess is refused, with its reason and a way on; others are taken as they are."""

import sys
import time
import unicodedata

import pytest

from coaching.errors import WeakPassphraseError
from coaching.model.strength import check_passphrase, weakness

RELATED = ["01JQ3V7K0N8W6R5T4Y2X1Z9ABC", "Maya Okafor", "Jörg Zoë Müller"]
WAY_ON = "Four or five words that do not belong together are a good one."
PASSWORD, WORD, NAME = (f"it is little more than a common {kind}" for kind in ("password", "word", "name"))
BELONGS = "it is made of a name or a word that belongs to the workbook"


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("aaaaaaaa", "it repeats itself"),
        ("a" * 100_000, "it repeats itself"),
        ("hallo hallo hallo", "it repeats itself"),
        ("😀" * 12, "it repeats itself"),
        ("ü" * 20, "it repeats itself"),
        ("password", PASSWORD),
        ("Passwort1!", PASSWORD),
        ("P@ssw0rd!", PASSWORD),
        ("drowssap", PASSWORD),
        ("ｐａｓｓｗｏｒｄ", PASSWORD),
        ("Sommer2024!", PASSWORD),
        ("christmas", WORD),
        ("correct horse", "it is little more than a few common words"),
        ("elizabeth", NAME),
        ("zxcvbhjkl;'", "it is little more than a row of keys"),
        ("12.03.1985", "it is little more than a date"),
        ("19850312", "it is little more than a date"),
        ("abcdefghijkl", "it is little more than a series, such as abc or 6543"),
        ("Xk9#q", "it is short"),
        ("Xk9#qL2m", "it is short"),
        ("🐙🎻☄🌋🧦", "it is short"),
        ("\ud800", "it is short"),
        ("Maya Okafor", BELONGS),
        ("okaformaya", BELONGS),
        ("m4y4 ok4for", BELONGS),
        ("mayaokafor2024", BELONGS),
        ("Maya Okafor & Jörg Müller 2026!", BELONGS),
        ("Joerg Mueller", BELONGS),
        ("jorgmuller1", BELONGS),
        (unicodedata.normalize("NFD", "Jörg Zoë Müller"), BELONGS),
        ("01jq3v7k0n8w6r5t4y2x1z9abc", BELONGS),
        ("coaching", BELONGS),
        ("Coaching-Workbook-2026", BELONGS),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_easy_to_guess_is_refused_with_its_reason_and_a_way_on(passphrase, why):
    with pytest.raises(WeakPassphraseError) as refused:
        check_passphrase(passphrase, RELATED)
    assert str(refused.value) == f"This passphrase is easy to guess: {why}. {WAY_ON}"


@pytest.mark.parametrize("blank", ["", " ", "\t\n" * 9, "\N{NO-BREAK SPACE}" * 12])
def test_a_blank_passphrase_is_missing(blank):
    assert weakness(blank) == f"A passphrase is missing. {WAY_ON}"


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "otter violin ladder comet",
        "Grüße aus Köln, ½ so weit",
        "rosa Tiger lacht am Montag",
        "Maya rides a purple tractor to the lighthouse",
        "Xk9#qL2mvB7!",
        "🐙🎻🪜☄🌋🧦🛶🧀🪁🫖",
        "つきのひかりとねこがないた",
        "коза под синей лестницей",
        "otter violin ladder comet " * 1000,
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_hard_to_guess_is_taken(passphrase):
    assert weakness(passphrase, RELATED) is None


def test_a_sentence_never_repeats_what_was_typed():
    assert "zq7canary" not in str(weakness("zq7canary"))


def test_the_same_accents_typed_in_another_way_are_the_same_passphrase():
    composed = "Grüße Köln"
    assert weakness(composed) == weakness(unicodedata.normalize("NFD", composed))


def test_names_do_not_stay_in_the_lists_of_the_estimate():
    weakness("whatever it is", RELATED)
    assert "user_inputs" not in sys.modules["zxcvbn.matching"].RANKED_DICTIONARIES


def test_the_slowest_passphrase_takes_no_longer_than_somebody_waits():
    began = time.perf_counter()
    weakness("06<<[[$[{(/50{1{&+2%&+{4#[332|5|@78{$|5{<#2{6#8!|40/<3<2429@60<8((!&(/25" * 100)
    assert time.perf_counter() - began < 5
