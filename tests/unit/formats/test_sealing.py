"""Sealed files: what opens them, what does not, and that a file which was changed is refused whole."""

import base64
import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from coaching import formats as interchange
from coaching.errors import CoachingError, InterchangeError
from coaching.formats.sealing import (
    Seal,
    SealKeys,
    UnopenedError,
    how_to_open,
    inner_name,
    is_sealed,
    recipient_of,
    seal,
    sealed_name,
    unseal,
)
from tests.unit.formats.seals import CHUNK, PASSPHRASE, cheap_seals, sealed_cheaply

WORKBOOK = {
    "format": "coaching-workbook/1",
    "workbook": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "holder": "coach",
    "audience": "pair",
    "entries": [],
}
MINE = "AGE-SECRET-KEY-18VQ4N7FGPS92PNECAMG49EUS9K4WMPK0ZHKPHYSJE25YP5CMHK4SWEZG7G"
OTHER = "AGE-SECRET-KEY-152RE63S53SMV0QF5LTGPT95TWVU6LEDWQMYQDPZWVKSN8L9KMTWSGQJRK0"
FOR_ME = Seal(recipients=(recipient_of(MINE),))
KEYS = SealKeys(lambda: PASSPHRASE, (MINE,))
WRONG = SealKeys(lambda: "another one", (OTHER,))
NOBODY = SealKeys()
DAMAGED = "it is sealed, and damaged or was changed on its way"
FOR_OTHERS = "it is sealed for somebody whose identity is not here"


def name_of(value):
    """What a case is called: sealed bytes are others each time."""
    return value[:60] if isinstance(value, str) else type(value).__name__


def bundle(more=b""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as found:
        found.writestr("workbook.json", json.dumps(WORKBOOK))
        found.writestr("plan.html", more)
    return file.getvalue()


def armored(content):
    letters = base64.b64encode(content)
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return b"\n".join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])


BUNDLE = bundle()
BY_PASSPHRASE, BY_IDENTITY = sealed_cheaply(BUNDLE), seal(BUNDLE, FOR_ME)


@pytest.mark.parametrize("content", [b"", b"x", b"y" * (CHUNK - 1), b"z" * CHUNK, b"a" * (CHUNK + 1), BUNDLE], ids=len)
def test_what_was_sealed_for_a_recipient_comes_out_as_it_went_in_and_never_looks_the_same(content):
    made = [seal(content, Seal(recipients=(recipient_of(OTHER), recipient_of(MINE)))) for _ in range(2)]
    assert [unseal(one, KEYS) for one in made] == [content, content]
    assert made[0] != made[1]
    assert is_sealed(made[0])


@pytest.mark.thorough
def test_what_was_sealed_with_a_passphrase_takes_as_much_work_to_try_as_age_asks_for():
    made = seal(BUNDLE, Seal(PASSPHRASE))
    assert unseal(made, KEYS) == BUNDLE
    assert 16 <= int(made.splitlines()[1].split()[-1]) <= 21


@pytest.mark.parametrize("typed", ["Zo\u00eb baut vier Br\u00fccken", "Zoe\u0308 baut vier Bru\u0308cken"])
def test_how_accents_were_typed_makes_no_difference(typed):
    with cheap_seals():
        made = seal(BUNDLE, Seal(typed))
    for other in ("Zo\u00eb baut vier Br\u00fccken", "Zoe\u0308 baut vier Bru\u0308cken"):
        assert unseal(made, SealKeys(lambda other=other: other)) == BUNDLE


def test_another_program_may_have_taken_accents_as_they_were_typed():
    typed = "Zoe\u0308 baut vier Bru\u0308cken"
    assert unseal(sealed_cheaply(BUNDLE, typed), SealKeys(lambda: typed)) == BUNDLE


@pytest.mark.parametrize("made", [BY_PASSPHRASE, BY_IDENTITY], ids=["passphrase", "identity"])
@pytest.mark.parametrize(("line", "around"), [(b"\n", b""), (b"\r\n", b""), (b"\n", b"\n ")])
def test_a_file_that_is_written_in_letters_is_opened_too(made, line, around):
    text = around + armored(made).replace(b"\n", line) + around
    assert is_sealed(text)
    assert unseal(text, KEYS) == BUNDLE


@pytest.mark.parametrize(
    ("content", "keys", "problem"),
    [
        (BY_PASSPHRASE, WRONG, "this passphrase does not open it"),
        (BY_PASSPHRASE, NOBODY, "it is sealed with a passphrase, and none was given"),
        (BY_IDENTITY, WRONG, FOR_OTHERS),
        (BY_IDENTITY, NOBODY, FOR_OTHERS),
        (BY_IDENTITY[:-1], KEYS, DAMAGED),
        (BY_IDENTITY[:100], KEYS, DAMAGED),
        (b"age-encryption.org/v1\n", KEYS, DAMAGED),
        (b"age-encryption.org/v1\n-> scrypt AAAA 10\n", KEYS, DAMAGED),
        (b"age-encryption.org/v1\n-> X25519 AAAA\n--- AAAA\n", KEYS, DAMAGED),
        (BY_IDENTITY + b"x", KEYS, DAMAGED),
        (BY_IDENTITY * 2, KEYS, DAMAGED),
        (BY_PASSPHRASE + BY_PASSPHRASE, KEYS, DAMAGED),
        (BY_PASSPHRASE.replace(b"\n---", b"\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n---"), KEYS, DAMAGED),
        (armored(BY_IDENTITY)[:-9], KEYS, DAMAGED),
        (armored(BY_IDENTITY) * 2, KEYS, DAMAGED),
        (armored(BY_IDENTITY).replace(b"\n", b"\n\n", 2), KEYS, DAMAGED),
        (armored(b"nothing"), KEYS, DAMAGED),
    ],
    ids=name_of,
)  # fmt: skip
def test_what_does_not_open_is_said_in_a_sentence(content, keys, problem):
    with pytest.raises(UnopenedError) as caught:
        unseal(content, keys)
    assert caught.value.problem == problem
    assert caught.value.advice


@pytest.mark.parametrize("work", [22, 23, 30, 63, 99])
def test_a_file_that_would_take_all_memory_is_refused_before_anything_is_tried_or_asked(work):
    def ask():
        raise AssertionError("nobody is to be asked")

    for content in (sealed_cheaply(b"x", claimed=work), armored(sealed_cheaply(b"x", claimed=work))):
        with pytest.raises(UnopenedError, match=rf"\(work factor {work}\)"):
            unseal(content, SealKeys(ask))


@pytest.mark.parametrize("recipient", ["", "age1", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1X", recipient_of(MINE)[:-1]])
def test_what_is_no_recipient_is_refused_before_anything_is_written(recipient):
    with pytest.raises(CoachingError, match="is no recipient: one begins with age1"):
        seal(b"x", Seal(recipients=(recipient,)))


def test_a_passphrase_that_nobody_can_type_is_refused():
    with pytest.raises(CoachingError, match="another sign that nobody can type"):
        seal(b"x", Seal("two\nlines of words"))


def read(tmp_path, content, name="own.zip.age", keys=KEYS):
    file = tmp_path / name
    file.write_bytes(content)
    return interchange.read(file, keys=keys)


@pytest.mark.parametrize("name", ["own.zip.age", "own.zip", "own", "own.json"])
@pytest.mark.parametrize("content", [BY_PASSPHRASE, BY_IDENTITY, armored(BY_IDENTITY)], ids=["words", "key", "letters"])
def test_a_sealed_bundle_is_known_by_what_stands_in_it(tmp_path, name, content):
    assert read(tmp_path, content, name).holder == "coachee"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_sealed_workbook_is_read_as_an_open_one(tmp_path):
    assert read(tmp_path, seal(json.dumps(WORKBOOK).encode(), FOR_ME), "whole.json.age").holder == "coach"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as found:
        found.writestr("workbook.json", " " * (65 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (seal(b"CANARY", FOR_ME), "own.zip.age", "own.zip.age cannot be read: it is no workbook. Choose"),
        (seal(b"", FOR_ME), "own.zip.age", "own.zip.age cannot be read: it is not JSON at line 1, column 1."),
        (seal(b"PK\x03\x04CANARY", FOR_ME), "own.zip.age", "own.zip.age cannot be read: it is a zip that is damaged."),
        (seal(bomb(), FOR_ME), "own.zip.age", "own.zip.age cannot be read: it is larger than 64 MB"),
        (seal(BY_IDENTITY, FOR_ME), "own.zip.age", "own.zip.age cannot be read: it is not UTF-8 text."),
        (BUNDLE, "own.zip.age", "own.zip.age cannot be read: it is no sealed file, or damaged."),
        (b"\0" + BY_IDENTITY, "own.zip.age", "own.zip.age cannot be read: it is no sealed file, or damaged."),
        (seal(BUNDLE, Seal(recipients=(recipient_of(OTHER),))), "own.zip.age",
         f"own.zip.age cannot be read: {FOR_OTHERS}. Have it sealed for the recipient that 'coaching identity NAME'"),
    ],
    ids=name_of,
)  # fmt: skip
def test_what_holds_no_bundle_is_one_sentence_that_repeats_no_word(tmp_path, content, name, said):
    with pytest.raises(InterchangeError) as caught:
        read(tmp_path, content, name)
    assert str(caught.value).startswith(said)
    assert "CANARY" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def flips(content, number, seed):
    """Copies of bytes with one of them changed, at places that are spread over all of them."""
    chosen = random.Random(seed)  # noqa: S311 - the same draw each time
    places = [*range(min(len(content), number // 2))]
    places += [chosen.randrange(len(content)) for _ in range(number - len(places))]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= chosen.randrange(1, 256)
        yield bytes(changed)


def refused(changed, file):
    """How many changed files were refused, of one that is read as it is."""
    file.write_bytes(LARGE)
    assert interchange.read(file, keys=KEYS).holder == "coachee"
    number = 0
    for content in changed:
        file.write_bytes(content)
        with pytest.raises(InterchangeError):
            interchange.read(file, keys=KEYS)
        number += 1
    return number


LARGE = seal(bundle(bytes(CHUNK)), FOR_ME)  # of more than one chunk


@pytest.mark.parametrize(("content", "number"), [(LARGE, 200), (BY_PASSPHRASE, 100)], ids=["identity", "passphrase"])
def test_a_byte_that_was_changed_is_refused(tmp_path, content, number):
    assert refused(flips(content, number, 1), tmp_path / "own.zip.age") == number


@pytest.mark.soak
@pytest.mark.parametrize(
    ("content", "number"), [(LARGE, 10_000), (BY_PASSPHRASE, 10_000)], ids=["identity", "passphrase"]
)
def test_ten_thousand_bytes_that_were_changed_are_refused(tmp_path, content, number):
    assert refused(flips(content, number, 2), tmp_path / "own.zip.age") == number


@pytest.mark.parametrize("length", [0, 1, 21, 22, 100, -CHUNK, -1])
def test_a_file_that_was_cut_off_is_refused(tmp_path, length):
    assert refused([LARGE[:length]], tmp_path / "own.zip.age") == 1


def test_names_say_that_a_file_is_sealed_and_how_it_is_opened_without_this_program():
    assert sealed_name(Path("a/plan.zip")) == sealed_name(Path("a/plan.zip.age")) == Path("a/plan.zip.age")
    assert (inner_name(Path("plan.zip.AGE")), inner_name(Path("plan.zip"))) == (Path("plan.zip"), Path("plan.zip"))
    assert "'age -d -o plan.zip plan.zip.age'" in how_to_open(Path("plan.zip.age"))


def test_nothing_secret_is_in_a_repr():
    for thing in (Seal(PASSPHRASE), FOR_ME, KEYS):
        assert not any(secret in repr(thing) for secret in (PASSPHRASE, MINE, "AGE-SECRET"))
