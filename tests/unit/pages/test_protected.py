"""A protected page: it opens with its passphrase as its own description says, and before that it says nothing."""

import base64
import hashlib
import json
import re
import unicodedata

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching import i18n as language
from coaching.errors import CoachingError, WeakPassphraseError
from coaching.i18n import LANGUAGES
from coaching.pages.protected import locking
from coaching.pages.protected.protected import protect
from tests.unit.pages.conftest import Document, page_of

PASSPHRASE = "Grüße aus Köln, ½ so weit"  # noqa: S105 - opens invented pages
SMALL = '<!doctype html>\n<html lang="ar" dir="rtl"><title>سرّي</title><main>zqPRIVATE 🕯</main></html>\n'
KIB = 1024
#: How many bytes are locked up before a page's own: its length.
TOLD = 4


@pytest.fixture
def quickly(monkeypatch):
    """Derive keys in no time: how long it takes is asked of one test alone."""
    monkeypatch.setattr(locking, "ITERATIONS", 1000)


def locked_of(file):
    """The three lines of what is locked: parameters, digest, and the encrypted page."""
    return re.search(r'<script type="text/plain" id="locked">\n(.*)\n(.*)\n(.*)\n</script>', file).groups()


def frame_of(file):
    """The file without what is locked in it."""
    return re.sub(r'(id="locked">)[^<]*', r"\1", file)


def decrypted(file, passphrase):
    """Everything that a passphrase opens, read as the module describes it."""
    parameters, _, locked = locked_of(file)
    told = json.loads(parameters)
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    key = hashlib.pbkdf2_hmac("sha256", typed, base64.b64decode(told["salt"]), told["iterations"], 32)
    return AESGCM(key).decrypt(base64.b64decode(told["nonce"]), base64.b64decode(locked), parameters.encode())


def opened(file, passphrase):
    plain = decrypted(file, passphrase)
    end = TOLD + int.from_bytes(plain[:TOLD])
    assert not plain[end:].strip(b"\0")
    return plain[TOLD:end].decode()


@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_the_passphrase_gives_the_page_back_to_the_letter(quickly, year):
    assert opened(protect(page_of(year), PASSPHRASE), PASSPHRASE) == page_of(year)


def test_any_other_passphrase_gives_nothing(quickly):
    with pytest.raises(InvalidTag):
        opened(protect(SMALL, PASSPHRASE), PASSPHRASE.lower())


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_how_accents_were_typed_makes_no_difference(quickly, form):
    assert opened(protect(SMALL, unicodedata.normalize(form, PASSPHRASE)), PASSPHRASE) == SMALL


def test_guessing_is_made_slow():
    told = json.loads(locked_of(protect(SMALL, PASSPHRASE))[0])
    assert told["iterations"] >= 600_000
    assert (told["derivation"], told["cipher"]) == ("PBKDF2-HMAC-SHA-256", "AES-256-GCM")


def test_salt_and_nonce_are_new_each_time(quickly):
    told = [json.loads(locked_of(protect(SMALL, PASSPHRASE))[0]) for _ in range(8)]
    for name, size in (("salt", 16), ("nonce", 12)):
        values = {base64.b64decode(one[name]) for one in told}
        assert len(values) == len(told)
        assert {len(value) for value in values} == {size}


def test_parameters_that_were_changed_open_nothing(quickly):
    file = protect(SMALL, PASSPHRASE)
    with pytest.raises(InvalidTag):
        opened(file.replace('"version": 1', '"version": 2'), PASSPHRASE)


def test_the_digest_tells_a_damaged_file_from_a_whole_one(quickly):
    parameters, digest, locked = locked_of(protect(SMALL, PASSPHRASE))
    assert base64.b64decode(digest) == hashlib.sha256((parameters + locked).encode()).digest()


@pytest.mark.parametrize(
    ("size", "locked"),
    [(1, 512), (50 * KIB, 512), (512 * KIB - TOLD, 512), (512 * KIB - TOLD + 1, 1024), (1024 * KIB, 2048)],
)
def test_a_page_takes_the_room_of_its_class(quickly, size, locked):
    assert len(decrypted(protect("x" * size, PASSPHRASE), PASSPHRASE)) == locked * KIB


def test_pages_of_one_class_are_files_of_one_length(quickly):
    assert (
        len({len(protect(page, PASSPHRASE)) for page in ("", SMALL, page_of("demo_year"), page_of("edge_year"))}) == 1
    )


def test_the_form_is_the_same_whatever_the_page_and_its_language(quickly):
    frames = {frame_of(protect(page, PASSPHRASE)) for page in (SMALL, page_of("demo_year"))}
    with language.speaking("de"):
        frames.add(frame_of(protect(SMALL, PASSPHRASE)))
    assert len(frames) == 1


def test_nothing_of_the_page_and_nothing_of_the_passphrase_is_in_the_file(quickly):
    file = protect(SMALL, PASSPHRASE)
    for secret in (PASSPHRASE, "Köln", "zqPRIVATE", "سرّي"):
        assert secret not in file
        assert base64.b64encode(secret.encode()).decode().rstrip("=") not in file


def test_the_form_is_there_in_every_language(quickly):
    document = Document(protect(SMALL, PASSPHRASE))
    assert [e.attributes["lang"] for e in document.elements if e.tag == "section"] == ["en", "de"]
    assert document.headings == [(1, "A protected page"), (1, "Eine geschützte Seite")]
    assert "<title>A protected page · Eine geschützte Seite</title>" in document.html
    assert len(set(document.having("id"))) == len(document.having("id"))


def test_the_file_is_well_formed_and_everything_named_is_there(quickly):
    document = Document(protect(SMALL, PASSPHRASE))
    assert document.problems == []
    assert document.html.startswith("<!doctype html>\n")
    named = [
        name for names in (*document.having("aria-describedby"), *document.having("for")) for name in names.split()
    ]
    assert named
    assert set(named) <= set(document.having("id"))


def test_the_content_policy_allows_one_script_and_one_style_sheet_and_nothing_else(quickly):
    file = protect(SMALL, PASSPHRASE)
    digests = [
        base64.b64encode(
            hashlib.sha256(re.search(f"<{tag}>(.*?)</{tag}>", file, re.DOTALL)[1].encode()).digest()
        ).decode()
        for tag in ("script", "style")
    ]
    metas = {
        e.attributes.get("http-equiv"): e.attributes["content"]
        for e in Document(file).elements
        if e.tag == "meta" and "content" in e.attributes
    }
    assert metas["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "connect-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_the_file_asks_for_nothing_and_sends_nothing(quickly):
    document = Document(frame_of(protect(SMALL, PASSPHRASE)))
    attributes = {name for element in document.elements for name in element.attributes}
    assert not attributes & {"src", "href", "srcset", "action", "style", "ping", "background"}
    fields = [element for element in document.elements if element.attributes.get("type") == "password"]
    assert len(fields) == len(LANGUAGES)
    assert not any(
        "name" in field.attributes for field in fields
    )  # a form that is sent by accident puts it into no address
    assert not re.search(r"fetch|XMLHttp|WebSocket|sendBeacon|[lL]ocation|localStorage|cookie|import\(", document.html)


@pytest.mark.parametrize("passphrase", ["", "        ", "short12", "password"])
def test_a_passphrase_is_as_hard_to_guess_as_that_of_a_workbook(passphrase):
    with pytest.raises(WeakPassphraseError, match="Four or five words that do not belong together"):
        protect(SMALL, passphrase)


@pytest.mark.parametrize("sign", ["\n", "\t", "\x00", "\udcff"], ids=ascii)
def test_what_nobody_can_type_into_the_field_is_refused(sign):
    with pytest.raises(CoachingError, match="nobody can type into a field"):
        protect(SMALL, f"four words {sign} and more")
