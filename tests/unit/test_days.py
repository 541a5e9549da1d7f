"""Days as people write them: the command line reads them by the same table as the forms."""

import json
from datetime import date
from pathlib import Path

import pytest

import coaching
from coaching.days import read_day
from coaching.i18n import speaking
from coaching.l10n import in_words

TABLE = json.loads((Path(coaching.__file__).parent.parent / "tests/vectors/days.json").read_text(encoding="utf-8"))
TODAY, MEETING = date.fromisoformat(TABLE["today"]), TABLE["meeting"]
WORDS = json.loads((Path(coaching.__file__).parent / "data/days.json").read_text(encoding="utf-8"))
MEANS_THE_NEXT_MEETING = {
    words for language in WORDS.values() for words in language["sentences"].get("meeting", ())
}  # which no command knows


@pytest.mark.parametrize("lies", ["ahead", "back"])
def test_what_is_typed_is_read_as_in_the_forms(lies):
    rows = [row for row in TABLE["read"] if row["typed"] not in MEANS_THE_NEXT_MEETING]
    found = {row["typed"]: read_day(row["typed"], TODAY, lies) for row in rows}
    assert found == {row["typed"]: date.fromisoformat(row[lies]) if row[lies] else None for row in rows}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_day_is_written_as_in_the_forms(language):
    with speaking(language):
        found = {row["day"]: in_words(date.fromisoformat(row["day"]), TODAY) for row in TABLE["written"]}
    assert found == {row["day"]: row[language] for row in TABLE["written"]}
