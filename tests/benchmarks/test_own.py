"""What the own copy costs: from the passphrase to the first word that is kept, its size, and years of joining."""

import json
import time
from importlib.resources import files

from playwright.sync_api import sync_playwright

from coaching.workbook.own_file import write_own_file
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS
from tests.unit.pages.own.interleavings import Copies, doubled, drawn, lost, scenario
from tests.unit.pages.own.test_interleavings import in_the_page

PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
ROUNDS = 7
BEYOND_MS, MIB, KIB = 1000, 1024 * 1024, 1024
#: The milliseconds of deriving the key alone, and those from the passphrase to the first word that is kept.
MEASURED = """async (passphrase) => {
  const until = async (is) => { while (!is()) await new Promise((go) => setTimeout(go, 2)) };
  await until(() => document.querySelector('form:not([hidden])'));
  const { iterations, salt } = JSON.parse(document.querySelector('#locked').textContent.trim().split('\\n')[0]);
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const begun = performance.now();
  const typed = new TextEncoder().encode(passphrase);
  const raw = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations };
  await crypto.subtle.deriveKey(how, raw, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const derived = performance.now();
  document.querySelector('input[type=password]').value = passphrase;
  document.querySelector('form').requestSubmit();
  await until(() => document.querySelector('main.own'));
  document.querySelector('[data-focus="private"]').click();
  const field = document.querySelector('.small-form textarea');
  field.value = 'w';
  field.dispatchEvent(new Event('input'));
  await until(() => document.querySelector('.kept-state').textContent.startsWith('Kept in'));
  return [derived - begun, performance.now() - derived];
}"""


def test_the_first_word_is_kept_within_a_second_beyond_deriving_the_key_and_the_file_is_small(home, show, tmp_path):
    file = tmp_path / "own.html"
    write_own_file(home.workbooks()[0], file, PASSPHRASE)
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        for _ in range(ROUNDS):
            page = browser.new_context(locale="en-GB").new_page()
            page.goto(file.as_uri())
            times.append(page.evaluate(MEASURED, PASSPHRASE))
            page.context.close()
        browser.close()
    derived, beyond = min(one for one, _ in times), min(whole - one for one, whole in times)
    script = files("coaching.pages.own").joinpath("bundle/own.js").read_bytes()
    show("deriving the key of an own copy", derived, unit="ms")
    show("from the passphrase to the first word that is kept, beyond that", beyond, BEYOND_MS, "ms")
    show("size of the own copy of the demo year", file.stat().st_size / MIB, 1.5, "MiB")
    show("size of its script, with its cryptography", len(script) / KIB, 250, "KiB")
    assert beyond <= BEYOND_MS
    assert file.stat().st_size <= 1.5 * MIB
    assert len(script) <= 250 * KIB


def test_a_thousand_years_of_three_copies_lose_nothing_and_double_nothing(show):
    years = [drawn(seed) for seed in range(1000)]
    begun = time.perf_counter()
    copies = [Copies().do(acts) for acts in years]
    ours = time.perf_counter()
    theirs = in_the_page([scenario(acts) for acts in years])
    show("1,000 years of three copies in Python", ours - begun, unit="s")
    show("the same in the script, with its start", time.perf_counter() - ours, unit="s")
    show("words lost or doubled", sum(len(lost(one)) + len(doubled(one)) for one in copies), 0, "")
    assert not any(lost(one) or doubled(one) for one in copies)
    assert theirs == json.loads(json.dumps([one.outcome() for one in copies]))
