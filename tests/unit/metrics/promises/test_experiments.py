"""What is tried to see what it shows."""

from datetime import date

from coaching.metrics.promises.experiments import experiments
from coaching.metrics.promises.items import item_states

LONG_AFTER = date(2026, 1, 1)


def test_an_experiment_is_never_done_or_late(written):
    written.item("I01", "01-16", "03-06", experiment=True).item("I02", "01-16", "03-06").event("I01", "03-09", "done")
    assert item_states(written.frames(), LONG_AFTER)["label"].tolist() == ["I02"]


def test_an_experiment_goes_on_until_it_is_told_what_it_showed(written):
    written.item("I01", "01-16", "03-06", experiment=True, what="Sit at the back")
    (before,) = experiments(written.frames(), LONG_AFTER)
    assert (before.what, before.owner, before.by, before.is_over) == (
        "Sit at the back", "coachee", date(2025, 3, 6), False,
    )  # fmt: skip
    written.event("I01", "03-09", "showed")
    assert experiments(written.frames(), LONG_AFTER)[0].is_over
    assert not experiments(written.frames(), date(2025, 3, 8))[0].is_over
