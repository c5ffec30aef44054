"""Sums of renewals, what hangs on few of them, and what saving some would bring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sabai.renewals.stakes import price_of_inaction, whales
from sabai.renewals.sums import by, by_product, month, summed
from tests.renewals.made import due, renewal

THREE = (renewal("ant", 100, 0.9), renewal("bee", 50, 0.6), renewal("cat", 10, 0.8))


def test_a_sum_is_the_reference() -> None:
    found = summed("", THREE, tau=0.0)
    assert (found.due_minor, found.renewals, found.accounts) == (160, 3, 3)
    assert found.expected_minor == pytest.approx(128)
    assert (found.p10_minor, found.p50_minor, found.p90_minor) == (60, 150, 160)
    assert found.share == pytest.approx(0.8)


def test_an_account_decides_once() -> None:
    twice = (renewal("ant", 100, 0.5), renewal("ant", 100, 0.5))
    one, two = summed("", twice, 0.0), summed("", (twice[0], renewal("bee", 100, 0.5)), 0.0)
    assert (one.accounts, one.renewals, one.expected_minor) == (1, 2, 100)
    assert (one.p10_minor, one.p50_minor, one.p90_minor) == (0, 0, 200)
    assert two.p50_minor == 100


def test_groups_add_up_and_the_unknown_comes_last() -> None:
    rows = (*THREE, renewal("dog", 40, 0.5))
    groups = by(rows, lambda each: {"ant": "mali", "bee": "mali", "cat": "", "dog": "kanya"}[each.account_id], 0.5)
    assert [each.name for each in groups] == ["kanya", "mali", ""]
    assert sum(each.due_minor for each in groups) == 200
    assert sum(each.expected_minor or 0 for each in groups) == pytest.approx(148)


def test_products_share_a_renewal() -> None:
    one = renewal("ant", 120, 0.5)
    both = by_product((replace(one, due=due("ant", 120, products=(("plan", 90), ("seats", 30)))),), 0.0)
    assert [(each.name, each.due_minor, each.expected_minor) for each in both] == [("plan", 90, 45), ("seats", 30, 15)]


def test_without_a_chance_nothing_is_expected() -> None:
    found = summed("", (*THREE, renewal("dog", 40, None)), 0.5)
    assert (found.due_minor, found.expected_minor, found.p10_minor, found.share) == (200, None, None, None)


def test_months_are_named() -> None:
    assert month(due(days_left=31)) == "2024-02"


def test_the_largest_and_the_forecast_without_it() -> None:
    found = whales(THREE, 0.0)
    assert [(each.account_id, each.share) for each in found.largest] == [
        ("ant", 0.625),
        ("bee", 0.3125),
        ("cat", 0.0625),
    ]
    assert found.effective == pytest.approx(2.0317, abs=1e-4)
    assert found.without is not None
    assert found.without.expected_minor == pytest.approx(38)
    assert whales((), 0.0).largest == ()


def test_saving_pays_by_value_and_distance() -> None:
    rows = (
        renewal("ant", 100, 0.9, if_healthy=0.95), renewal("bee", 50, 0.5, if_healthy=0.9),
        renewal("cat", 999, 0.95, if_healthy=0.95), renewal("dog", 999, 0.0, how="notice"),
    )  # fmt: skip
    found = price_of_inaction(rows)
    assert [each.account_id for each in found] == ["bee", "ant"]
    assert [each.gain_minor for each in found] == pytest.approx([20, 5])


def test_credits_are_no_money_to_come() -> None:
    assert renewal("ant", -500).value_minor == 0
    assert summed("", (renewal("ant", -500), THREE[0]), 0.0).due_minor == 100
