"""The coachee's own copy: locked, pinned, within its size, and of what both may read alone."""

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching.errors import WeakPassphraseError
from coaching.i18n import LANGUAGES, speaking
from coaching.model.merge import rules_of_joining
from coaching.model.sharing import Audience
from coaching.pages.own.own import OwnCopy, contents, own_page
from coaching.pages.own.texts import texts
from coaching.pages.protected import locking
from tests.invented_year import read_year
from tests.test_architecture import ROOT
from tests.unit.pages.conftest import shared_year

PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
KIB = 1024


def own_copy(year="demo_year", audience=Audience.PAIR):
    return OwnCopy(
        shared_year(year, audience),
        read_year(year).workbook,
        "coach",
        "Marisol",
        "Anselm",
        None,
        rules_of_joining(),
        datetime(2026, 1, 15, 12, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def copy():
    return own_copy()


@pytest.fixture(scope="module", autouse=True)
def _quickly():
    with pytest.MonkeyPatch.context() as quickly:
        quickly.setattr(locking, "ITERATIONS", 1000)
        yield


@pytest.fixture(scope="module")
def page(copy):
    return own_page(copy, PASSPHRASE)


def locked_of(page):
    return re.search(r'id="locked">\n(.*)\n(.*)\n(.*)\n</script>', page).groups()


def unlocked(page):
    parameters, _, locked = locked_of(page)
    told = json.loads(parameters)
    key = hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), base64.b64decode(told["salt"]), told["iterations"], 32)
    plain = AESGCM(key).decrypt(base64.b64decode(told["nonce"]), base64.b64decode(locked), parameters.encode())
    return json.loads(plain[4 : 4 + int.from_bytes(plain[:4])])


def pinned(page, tag):
    inside = re.search(rf"<{tag} data-own>(.*?)</{tag}>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    return f"'sha256-{digest}'" in html.unescape(page)


def test_the_passphrase_gives_back_what_was_locked_up(page, copy):
    assert unlocked(page) == json.loads(contents(copy))


def frame_of(page):
    """The file without what is locked up in it."""
    return re.sub(r'(id="locked">)[^<]*', r"\1", page)


def test_before_it_is_open_it_is_the_same_for_everybody(page):
    other = own_page(replace(own_copy("edge_year"), person="Zsófia", coach="Odalys"), PASSPHRASE)
    assert frame_of(other) == frame_of(page)
    assert locked_of(other) != locked_of(page)


def test_script_and_style_are_pinned_and_nothing_else_is_allowed(page):
    assert pinned(page, "script")
    assert pinned(page, "style")
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_demo_year_and_its_script_stay_small(page):
    assert len(page) <= 1536 * KIB
    assert (ROOT / "coaching/pages/own/bundle/own.js").stat().st_size <= 250 * KIB


def test_nothing_in_the_script_is_made_code_or_asks_the_network():
    script = "".join(file.read_text() for file in (ROOT / "coaching/pages/own/web").glob("*.js"))
    asking = r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|\bfetch\(|XMLHttpRequest|WebSocket"
    assert not re.findall(asking, script)


@pytest.mark.parametrize("audience", [Audience.HOLDER, Audience.OPEN])
def test_it_is_made_of_what_both_may_read_alone(audience):
    with pytest.raises(ValueError, match="both of the pair"):
        own_page(own_copy(audience=audience), PASSPHRASE)


def test_an_easy_passphrase_is_refused(copy):
    with pytest.raises(WeakPassphraseError):
        own_page(copy, "password")


def test_every_sentence_that_the_script_asks_for_is_there_and_no_other():
    script = "".join(file.read_text() for file in (ROOT / "coaching/pages/own/web").glob("*.js"))
    begun = tuple(re.findall(r"\bsay\(\s*`(\w+_)\$", script))
    assert set(re.findall(r'\bsay\(\s*"(\w+)"', script)) <= texts().keys()
    assert [name for name in texts() if f'"{name}"' not in script and not name.startswith(begun)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_in_its_sentences_stay_for_the_page_to_fill(language):
    with speaking(language):
        assert "{name}" in texts()["about_coach"]
        assert "{day}" in texts()["since"]
