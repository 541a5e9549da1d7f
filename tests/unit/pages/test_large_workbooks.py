"""Pages of a workbook into which a long list was brought."""

from datetime import date, timedelta

import pytest

from coaching.metrics.periods import parse_period
from coaching.pages import plan_page, summary_page
from tests.unit.pages.conftest import Document, record, shared_of

ASOF = date(2025, 12, 31)
MAKERS = {
    "plan": lambda shared: plan_page(shared, asof=ASOF),
    "summary": lambda shared: summary_page(shared, asof=ASOF, period=parse_period("2025Q4")),
}


@pytest.mark.parametrize("name", MAKERS)
def test_of_a_long_list_twenty_are_shown_and_the_others_folded_with_their_number(name):
    days = [date(2025, 10, 1) + timedelta(days=number % 60) for number in range(230)]
    items = [
        record("item", str(number), held_on=day, what=f"Carry stone {number}", owner="coachee", by=day)
        for number, day in enumerate(days)
    ]
    html = MAKERS[name](shared_of(items))
    text = Document(html).text
    shown = html.split("<summary>210 more<")[0].rsplit('<ul class="cards">', 1)[1]
    assert shown.count('<p class="what">') == 20
    assert "210 more" in text
