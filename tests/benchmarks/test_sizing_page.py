"""docs/reference/sizing.md says what was measured: no number on it was typed."""

from __future__ import annotations

from benchmarks.sizing import PAGE, Costs, page
from benchmarks.slopes import Slope, kept


def test_the_page_is_made_of_what_was_measured() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(kept())


def test_other_figures_make_another_page() -> None:
    slower = [Slope(**{**each, "seconds": 2 * each["seconds"]}) for each in kept()]
    assert page(slower) != page(kept())
    assert Costs(slower).full(10**9, 30) == 2 * Costs(kept()).full(10**9, 30)


def test_more_events_and_more_metrics_take_longer() -> None:
    costs = Costs(kept())
    assert costs.full(10**7, 30) < costs.full(10**8, 30)
    assert costs.full(10**8, 30) <= costs.full(10**8, 100)
