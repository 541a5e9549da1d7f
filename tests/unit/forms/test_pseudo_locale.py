"""Every sentence of a form is in the catalogue: in a pseudo-locale that marks them, words of people alone are left."""

import re
from gettext import NullTranslations

import pytest

from coaching import i18n
from coaching.forms.session.desk import Desk
from coaching.forms.session.session import SessionForms
from coaching.workbook.home import Home

MARKED = re.compile("⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[A-Za-z]{2}")
#: What stands between things that are shown in one line, and round people's words.
BETWEEN = re.compile(r" · |: |, |[…“”()]")
#: A day is not of the catalogue; it is written by the locale.
DAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d+ [A-Z]\w+(?: \d{4})?|\bS\d\d\b")
SHOWN = {
    "title",
    "hint",
    "label",
    "text",
    "closed",
    "lead",
    "gate",
    "heading",
    "add",
    "row",
    "undo",
    "about",
    "readers",
}
LISTED = {"options", "kinds", "seen"}


class Marking(NullTranslations):
    """A catalogue that has everything: each sentence in marks, and two fifths longer."""

    def gettext(self, message):
        return f"⟦{message}{'~' * (len(message) * 2 // 5)}⟧"

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)


def sentences(block, key=""):
    """Give what is shown of a form, but for what somebody has typed into it."""
    if isinstance(block, dict):
        for name, inside in block.items():
            if name in LISTED or name == "at_once":
                yield from ((words, name) for _, words in ([inside] if name == "at_once" else inside or ()))
            elif name != "values":
                yield from sentences(inside, name)
    elif isinstance(block, list | tuple):
        for inside in block:
            yield from sentences(inside, key)
    elif isinstance(block, str) and key in SHOWN:
        yield block, key


def unmarked(text):
    """Return what is left of a text without the sentences of the catalogue, which may stand in one another."""
    while MARKED.search(text):
        text = MARKED.sub("", text)
    return DAYS.sub("", text)


def told(workbook):
    """Return all words that people have put into a workbook."""
    said = [value for entry in workbook.history() for value in entry.content().values()]
    each = [text for value in said for text in (value if isinstance(value, tuple) else [value])]
    return "\n".join(text for text in each if isinstance(text, str))


@pytest.mark.parametrize("is_first", [True, False])
def test_a_form_says_nothing_that_is_not_in_the_catalogue(is_first, monkeypatch, original_demo, tmp_path):
    monkeypatch.setattr(i18n, "catalogue", lambda _: Marking())
    home = Home(tmp_path / "home" if is_first else original_demo)
    words = "\n".join([name for book in home.workbooks() for name in book.names])
    words += "\n".join(told(book._ledger) for book in home.workbooks()) + "English\nDeutsch"
    forms = SessionForms(Desk(home))
    shown = [found for name in forms._widgets for found in sentences(forms._content.content(forms._sitting, name))]
    assert any("⟦" in text for text, _ in shown)
    left = [part for text, _ in shown for part in BETWEEN.split(unmarked(text)) if LETTERS.search(part)]
    assert [part for part in left if part.strip(" .") not in words] == []
