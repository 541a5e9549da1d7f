"""A keyring keeps a passphrase only if it locks up what it keeps; every other one is refused."""

import sys

import keyring
import pytest
from keyring.backends import chainer, fail, null
from keyrings.alt import file

from coaching.errors import CoachingError
from coaching.workbook import keyring as desktop_keyring
from tests.unit.locks import PASSPHRASE, Vault

WORKBOOK = "01JHQ3K8Z0" + "0" * 16
NO_KEYRING = (
    "This desktop has no keyring that keeps secrets: the passphrase would be written down for anybody to read; nothing "
    "was changed."
)


class Chain(chainer.ChainerBackend):
    """Several keyrings as one, as `keyring` gives them where there are several."""

    priority = -1
    backends = ()

    def __init__(self, *backends):
        super().__init__()
        self.backends = backends


def test_what_is_kept_is_given_back_and_removed(vault):
    desktop_keyring.remember(WORKBOOK, PASSPHRASE)
    assert vault.kept == {("coaching workbook", WORKBOOK): PASSPHRASE}
    assert desktop_keyring.recall(WORKBOOK) == PASSPHRASE
    assert desktop_keyring.recall(WORKBOOK[::-1]) is None
    desktop_keyring.forget(WORKBOOK)
    assert desktop_keyring.recall(WORKBOOK) is None
    assert vault.kept == {}


def test_what_is_not_kept_can_be_forgotten(vault):
    desktop_keyring.forget(WORKBOOK)
    assert vault.kept == {}


@pytest.mark.parametrize(
    "backend",
    [file.PlaintextKeyring, null.Keyring, fail.Keyring, lambda: Chain(file.PlaintextKeyring())],
    ids=["plain text", "null", "fail", "chain of plain text"],
)
def test_a_keyring_that_keeps_no_secrets_is_refused(set_keyring, tmp_path, backend):
    set_keyring(backend())
    for act in (lambda: desktop_keyring.remember(WORKBOOK, PASSPHRASE), lambda: desktop_keyring.forget(WORKBOOK)):
        with pytest.raises(CoachingError) as refused:
            act()
        assert str(refused.value) == NO_KEYRING
    assert desktop_keyring.recall(WORKBOOK) is None
    assert not (tmp_path / "written").exists()


def test_the_plain_text_keyring_would_have_written_it_down(no_vault, tmp_path):
    keyring.set_password("coaching workbook", WORKBOOK, PASSPHRASE)
    assert [path for path in (tmp_path / "written").rglob("*") if path.is_file()]
    assert desktop_keyring.recall(WORKBOOK) is None


def test_of_several_keyrings_one_that_keeps_secrets_is_used(set_keyring, tmp_path):
    set_keyring(Chain(file.PlaintextKeyring(), vault := Vault()))
    desktop_keyring.remember(WORKBOOK, PASSPHRASE)
    assert list(vault.kept.values()) == [PASSPHRASE]
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: desktop_keyring.remember(WORKBOOK, PASSPHRASE), "nothing was changed."),
        (lambda: desktop_keyring.recall(WORKBOOK), None),
    ],
    ids=["remember", "recall"],
)
def test_a_desktop_that_refuses_is_one_sentence_without_its_words(vault, act, said):
    vault.refuses = {"get", "set", "delete"}
    if said is None:
        assert act() is None
        return
    with pytest.raises(CoachingError) as refused:
        act()
    assert str(refused.value) == f"The desktop keyring refused (OSError); {said}"


def test_what_it_refuses_to_forget_is_said_to_be_kept(vault):
    desktop_keyring.remember(WORKBOOK, PASSPHRASE)
    vault.refuses = {"delete"}
    with pytest.raises(CoachingError) as refused:
        desktop_keyring.forget(WORKBOOK)
    assert str(refused.value) == "The desktop keyring refused (OSError); it keeps it still."
    assert PASSPHRASE in vault.kept.values()


def test_without_the_package_its_name_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(CoachingError, match=r"needs one more package: pip install keyring\.$"):
        desktop_keyring.remember(WORKBOOK, PASSPHRASE)
    assert desktop_keyring.recall(WORKBOOK) is None


def test_a_wrong_setting_of_the_package_is_one_sentence(set_keyring, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    with pytest.raises(CoachingError, match=r"^The desktop keyring cannot be used \(ModuleNotFoundError\); nothing"):
        desktop_keyring.remember(WORKBOOK, PASSPHRASE)
    assert desktop_keyring.recall(WORKBOOK) is None
