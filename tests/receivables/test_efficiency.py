"""Published worked examples of each measure, each with a twin: the slip that its number would catch."""

from __future__ import annotations

import pytest

from sabai.receivables.efficiency import (
    average_days_delinquent,
    collection_effectiveness,
    countback_dso,
    simple_dso,
)


def test_simple_dso_of_a_year() -> None:
    assert simple_dso(150_000, 1_800_000, 365) == pytest.approx(30.4, abs=0.05)
    assert simple_dso(1_800_000, 150_000, 365) != pytest.approx(30.4, abs=0.05)


THREE_MONTHS = [(100_000, 30), (80_000, 30), (70_000, 30)]
CALENDAR_MONTHS = [(900_000, 31), (800_000, 28), (700_000, 31)]


def test_countback_goes_back_month_by_month() -> None:
    assert countback_dso(212_000, THREE_MONTHS) == pytest.approx(73.7, abs=0.05)
    assert countback_dso(2_100_000, CALENDAR_MONTHS) == pytest.approx(31 + 28 + 400 / 700 * 31)


def test_countback_from_the_oldest_would_differ() -> None:
    assert countback_dso(212_000, THREE_MONTHS[::-1]) != pytest.approx(73.7, abs=0.05)
    assert simple_dso(212_000, 250_000, 90) != pytest.approx(73.7, abs=0.05)


def test_best_possible_and_average_days_delinquent() -> None:
    """Sales of 30,000 in a month, 10,000 outstanding, of which 2,000 past due."""
    assert simple_dso(8_000, 30_000, 30) == pytest.approx(8)
    assert average_days_delinquent(10_000, 8_000, 30_000, 30) == pytest.approx(2)
    assert average_days_delinquent(10_000, 2_000, 30_000, 30) != pytest.approx(2)


def test_collection_effectiveness_of_a_year_and_of_a_month() -> None:
    assert collection_effectiveness(100_000, 1_000_000, 120_000, 100_000) == pytest.approx(98)
    assert collection_effectiveness(6_200, 3_630, 6_340, 3_590) == pytest.approx(55.9, abs=0.05)


def test_collection_effectiveness_knows_total_from_current() -> None:
    assert collection_effectiveness(6_200, 3_630, 3_590, 6_340) != pytest.approx(55.9, abs=0.05)
    assert collection_effectiveness(6_200, 10_890, 6_340, 3_590) != pytest.approx(55.9, abs=0.05)


def test_what_cannot_be_divided_is_unknown() -> None:
    assert simple_dso(5, 0, 30) is None
    assert simple_dso(5, -10, 30) is None
    assert average_days_delinquent(5, 1, 0, 30) is None
    assert collection_effectiveness(0, 0, 0, 0) is None


def test_countback_without_enough_sales_is_unknown_and_over_idle_months_goes_on() -> None:
    assert countback_dso(300, [(100, 30), (100, 30)]) is None
    assert countback_dso(150, [(0, 31), (100, 30), (100, 31)]) == pytest.approx(31 + 30 + 15.5)
    assert countback_dso(150, [(-20, 31), (100, 30), (100, 31)]) == pytest.approx(31 + 30 + 15.5)
    assert countback_dso(200, [(100, 30), (100, 31)]) == pytest.approx(61)
    assert countback_dso(0, [(100, 30)]) == 0
    assert countback_dso(-5, [(100, 30)]) == 0
