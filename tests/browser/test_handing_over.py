"""A hand-over in a real JupyterLab: what is ticked is seen first, and what is seen is what the new coach opens."""

import pytest
from playwright.sync_api import expect

from coaching.formats.sealing import SealKeys
from coaching.model.vocabulary import Side
from coaching.workbook.home import Home
from tests.browser.lab import open_form

PASSPHRASE = "four words for her alone"  # noqa: S105 - of invented words
STATEMENT = "I get up to keep a fire lit that people can learn beside"


@pytest.fixture
def handover(page, lab):
    return open_form(page, lab, "handover.ipynb", "Hand over to another coach", "See what they will see")


def test_one_line_that_is_ticked_goes_along_once_it_was_seen_and_nothing_else(handover, home, tmp_path):
    expect(handover.get_by_role("checkbox", checked=True, include_hidden=True)).to_have_count(0)
    handover.get_by_role("checkbox", name=STATEMENT).press("Space")
    handover.get_by_role("button", name="See what they will see").click()
    expect(handover).to_contain_text("The name of the new coach is missing.")
    expect(handover.get_by_role("button", name="Hand it over")).to_have_count(0)
    handover.get_by_label("Who takes over?").fill("Tereza Vondráková")
    handover.get_by_role("button", name="See what they will see").click()
    seen = handover.get_by_role("region", name="This is what they will see, and nothing else")
    expect(seen).to_contain_text(STATEMENT)
    file = tmp_path / "theirs.zip.age"
    # Another of each stands in the fold below, for the coachee's own copy.
    handover.get_by_label("Name of the file").first.fill(str(file.with_suffix("")))
    for label in ("Passphrase of the file", "Repeat it"):
        handover.get_by_label(label).first.fill(PASSPHRASE)
    handover.get_by_role("button", name="Hand it over").click()
    expect(handover).to_contain_text(f"Written: {file}.")
    keys = SealKeys(lambda: PASSPHRASE)
    frames = Home(tmp_path / "new").import_file(file, Side.COACH, seal_keys=keys).workbook.frames()
    (brought,) = frames["mission"]["text"]
    assert brought.startswith(STATEMENT)
    assert all(frames[kind].empty for kind in ("note", "item", "dream", "theme", "becoming"))
    (workbook,) = home.workbooks()
    assert not workbook.handing_over.ends().has_come
