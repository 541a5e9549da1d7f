"""What is asked at a real terminal is typed unseen; where nobody can be asked, the environment answers, or nobody."""

import io
import re
import sys

import pytest

from coaching import store
from coaching.cli import ask as prompting
from coaching.errors import CoachingError
from coaching.model.strength import check_passphrase
from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed
from tests.unit.locks import MAYA, NEW, OTHER, PASSPHRASE, RECOVERY_KEY, WRONG, YARA, ZOE, everything

a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
LOCKED = "workbooks are locked. Passphrase (empty to go on without): "
ONE_LOCKED = "1 workbook is locked. Passphrase (empty to go on without): "
DEFIANT = "nobody may see this being typed"


@pytest.fixture
def at_terminal(shelf):
    """Return a function that runs the command line at a terminal; no passphrase is ever seen there."""

    def run(arguments, *answers, home=shelf.home):
        done = typed(arguments, answers, {"COACHING_HOME": str(home)})
        hidden = {answer.strip() for question, answer in answers if "[y/N]" not in question} - {"", "\x04", "\x03"}
        assert not [secret for secret in hidden if secret in done.text]
        assert "Traceback" not in done.text
        return done

    return run


@a_terminal
def test_a_new_passphrase_is_typed_twice_and_the_recovery_key_shown_once(at_terminal, shelf):
    done = at_terminal(
        ["new", "Noor"], ("New passphrase", f"{DEFIANT}\n"), ("Repeat it: ", f"{DEFIANT}\n"),
        home=shelf.home.with_name("other"),
    )  # fmt: skip
    assert done.code == 0
    (recovery_key,) = re.findall(RECOVERY_KEY, done.text)
    (folder,) = shelf.home.with_name("other").glob("[0-9]*")
    assert store.unlock(folder, DEFIANT).data == store.recover(folder, recovery_key).data


@a_terminal
def test_whoever_types_no_passphrase_for_a_new_workbook_chooses_it_later(at_terminal, shelf):
    home = shelf.home.with_name("other")
    done = at_terminal(["new", "Noor"], ("empty to choose it later): ", "\n"), home=home)
    assert (done.code, re.findall(RECOVERY_KEY, done.text)) == (0, [])
    (folder,) = home.glob("[0-9]*")
    assert store.has_open_key(folder)
    done = at_terminal(
        ["passphrase", "Noor"], ("New passphrase", f"{DEFIANT}\n"), ("Repeat it: ", f"{DEFIANT}\n"), home=home
    )
    (recovery_key,) = re.findall(RECOVERY_KEY, done.text)
    assert store.unlock(folder, DEFIANT).data == store.recover(folder, recovery_key).data


@pytest.mark.thorough
@a_terminal
def test_a_recovery_key_that_nobody_has_seen_is_offered_anew_at_a_terminal(at_terminal, shelf):
    folder = shelf.folder(MAYA)
    store.renew_recovery_key(folder, store.unlock(folder, PASSPHRASE))
    answers = (f"2 {LOCKED}", f"{PASSPHRASE}\n"), (ONE_LOCKED, "\n")
    done = at_terminal(["list"], *answers)
    assert f"Nobody has seen the recovery key of {folder.name} yet; this is a new one." in done.text
    (recovery_key,) = re.findall(RECOVERY_KEY, done.text)
    assert store.recover(folder, recovery_key) == store.unlock(folder, PASSPHRASE)
    assert re.findall(RECOVERY_KEY, at_terminal(["list"], *answers).text) == []


@pytest.mark.thorough
@a_terminal
def test_two_that_differ_make_nothing(at_terminal, shelf):
    before = everything(shelf.home)
    answers = ("New passphrase", f"{DEFIANT}\n"), ("Repeat it: ", f"{WRONG}\n")
    done = at_terminal(["new", "Noor"], *answers)
    assert (done.code, done.text.splitlines()[-1]) == (1, "The two differ; nothing was changed. Try again.")
    assert everything(shelf.home) == before


@a_terminal
def test_every_locked_workbook_is_asked_for(at_terminal):
    done = at_terminal(["list"], (f"2 {LOCKED}", f"{PASSPHRASE}\n"), (ONE_LOCKED, f"{OTHER}\n"))
    assert done.code == 0
    assert {line.rsplit("  ", 1)[-1] for line in done.text.splitlines()} >= {MAYA, ZOE, YARA}
    assert "Warning" not in done.text


@pytest.mark.thorough
@a_terminal
def test_an_empty_line_goes_on_without(at_terminal, shelf):
    done = at_terminal(["list"], (LOCKED, "\n"))
    assert done.code == 0
    assert YARA in done.text
    assert MAYA not in done.text
    assert f"Warning: {shelf.ids[MAYA]} is locked, and was not read." in done.text


@pytest.mark.thorough
@a_terminal
def test_the_one_that_is_named_is_enough(at_terminal):
    done = at_terminal(["renew", MAYA], (LOCKED, f"{PASSPHRASE}\n"))
    assert (done.code, done.text.splitlines()[-1]) == (0, "There is no private note to renew.")
    assert ONE_LOCKED not in done.text


@a_terminal
def test_three_wrong_passphrases_end_it(at_terminal, shelf):
    before = everything(shelf.home)
    done = at_terminal(["check"], *[(LOCKED, f"{wrong}\n") for wrong in (WRONG, DEFIANT, WRONG)])
    assert done.code == 1
    assert done.text.count("This passphrase does not open any of the 2 locked workbooks.") == 3
    assert everything(shelf.home) == before


@a_terminal
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_who_stops_at_the_question_changes_nothing(at_terminal, shelf, key):
    before = everything(shelf.home)
    done = at_terminal(["passphrase", MAYA], (LOCKED, key))
    assert done.code == 130
    assert done.text.splitlines()[-1].endswith("Stopped; nothing more was changed.")
    assert everything(shelf.home) == before


@a_terminal
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("YES", 0), ("n", 1), ("", 1), ("yess", 1), ("\x04", 1)])
def test_erasing_is_agreed_to_by_a_plain_yes(at_terminal, shelf, answer, code):
    question = f"Erase the workbook of {YARA}, with everything in it? It cannot be undone. [y/N] "
    done = at_terminal(["erase", YARA], (question, answer if answer == "\x04" else f"{answer}\n"))
    assert done.code == code
    assert shelf.folder(YARA).exists() == bool(code)


def test_where_nobody_can_be_asked_nothing_is_asked(shelf):
    home = Home(shelf.home)
    prompting.unlock(home)
    assert len(home.locked()) == 2
    assert not prompting.agreed("Erase?")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (prompting.passphrase_of, "The passphrase is needed, and nobody can be asked here: set COACHING_PASSPHRASE."),
        (prompting.new_passphrase, "The passphrase is needed, and nobody can be asked here: set COACHING_PASSPHRASE."),
        (prompting.first_passphrase,
         "The passphrase is needed, and nobody can be asked here: set COACHING_PASSPHRASE, or say --no-encryption."),
        (lambda: prompting.new_passphrase("NEW_PASSPHRASE"),
         "The new passphrase is needed, and nobody can be asked here: set COACHING_NEW_PASSPHRASE."),
        (lambda: prompting.page_passphrase(check_passphrase),
         "The page passphrase is needed, and nobody can be asked here: set COACHING_PAGE_PASSPHRASE."),
        (prompting.recovery_key,
         "The recovery key is needed, and nobody can be asked here: set COACHING_RECOVERY_KEY."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stdin", [None, io.StringIO(f"{PASSPHRASE}\n{PASSPHRASE}\n")], ids=["none", "piped"])
def test_where_nobody_can_be_asked_the_way_out_is_said(shelf, monkeypatch, ask, said, stdin):
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(CoachingError) as refused:
        ask()
    assert str(refused.value) == said


def test_the_environment_answers_for_those_who_cannot_be_asked(shelf, monkeypatch):
    for name, answer in (("PASSPHRASE", PASSPHRASE), ("NEW_PASSPHRASE", NEW), ("RECOVERY_KEY", "0000")):
        monkeypatch.setenv(f"COACHING_{name}", answer)
    assert prompting.passphrase_of() == prompting.new_passphrase() == prompting.first_passphrase() == PASSPHRASE
    assert prompting.new_passphrase("NEW_PASSPHRASE") == NEW
    assert prompting.recovery_key() == "0000"


def test_a_workbooks_passphrase_never_becomes_that_of_a_page(shelf, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setenv("COACHING_PASSPHRASE", PASSPHRASE)
    with pytest.raises(CoachingError, match="COACHING_PAGE_PASSPHRASE"):
        prompting.page_passphrase(check_passphrase)
    monkeypatch.setenv("COACHING_PAGE_PASSPHRASE", NEW)
    assert prompting.page_passphrase(check_passphrase) == NEW
