"""Where the home folder is, whatever the environment says."""

from pathlib import Path

import pytest
from platformdirs import user_data_path

from coaching.errors import CoachingError
from coaching.workbook.environment import default_home


@pytest.mark.parametrize("blank", [None, "", " ", "\n"])
def test_a_blank_variable_is_none(monkeypatch, blank):
    monkeypatch.delenv("COACHING_HOME", raising=False)
    if blank is not None:
        monkeypatch.setenv("COACHING_HOME", blank)
    assert default_home() == user_data_path("coaching", appauthor=False)


def test_a_tilde_is_the_folder_of_the_account(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COACHING_HOME", "~/notes")
    assert default_home() == Path(tmp_path) / "notes"


def test_an_account_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv("COACHING_HOME", "~nosuchaccount/notes")
    with pytest.raises(CoachingError, match=r"^COACHING_HOME begins with ~ and a name that no account has"):
        default_home()
