from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from sabai.definitions.model import Factor
from sabai.errors import UsageError
from sabai.health.reference import take_reference
from sabai.health.score import score_grid
from sabai.health.success import Z_95, success_rate, wilson

GOLDEN = [
    (0, 10, 0, 0.2775),
    (1, 10, 0.0179, 0.4042),
    (8, 10, 0.4902, 0.9433),
    (45, 50, 0.7864, 0.9565),
    (3, 100, 0.0103, 0.0845),
]


def golden(interval):
    for seen, n, low, high in GOLDEN:
        assert interval(seen / n, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson():
    golden(wilson)


def test_twin_the_plain_wald_interval_is_refused():
    def wald(share, n):
        half = Z_95 * sqrt(share * (1 - share) / n)
        return share - half, share + half

    with pytest.raises(AssertionError):
        golden(wald)


def scored(make_grid, make_health, values, **rest):
    grid = make_grid({"use": [[value] for value in values]}, **rest)
    health = make_health(Factor("use", "usage", 1, curve=((0, 0), (100, 100))))
    return score_grid(grid, health, take_reference(grid, health), (70, 40))


def test_by_number_and_by_revenue(make_grid, make_health, monday):
    """Two of four are healthy; they bring 30 of 100. The account with an unknown score counts for neither."""
    scores = scored(make_grid, make_health, [90, 80, 50, 10, None])
    success = success_rate(scores, monday, np.array([10.0, 20, 30, 40, 999]))
    assert (success.by_number.share, success.by_number.n, success.unknown) == (0.5, 4, 1)
    assert (success.by_revenue.share, success.by_revenue.n) == (pytest.approx(0.3), 4)
    assert (success.by_number.low, success.by_number.high) == wilson(0.5, 4)
    assert (success.by_revenue.low, success.by_revenue.high) == pytest.approx(wilson(0.3, 10_000 / 3_000))


def test_equal_revenue_says_what_numbers_say_and_one_giant_says_little(make_grid, make_health, monday):
    scores = scored(make_grid, make_health, [90, 80, 50, 10])
    equal = success_rate(scores, monday, np.full(4, 7.0))
    giant = success_rate(scores, monday, np.array([7.0, 7, 7, 7000]))
    assert equal.by_revenue == equal.by_number
    assert giant.by_revenue.high - giant.by_revenue.low > 0.7


def test_unknown_revenue_is_left_out_and_nothing_known_is_none(make_grid, make_health, monday):
    scores = scored(make_grid, make_health, [90, 10])
    assert success_rate(scores, monday, np.array([np.nan, 5.0])).by_revenue.share == 0
    assert success_rate(scores, monday, np.array([np.nan, np.nan])).by_revenue is None
    assert success_rate(scores, monday).by_revenue is None
    assert success_rate(scored(make_grid, make_health, [None]), monday).by_number is None


def test_who_is_no_customer_is_not_counted(make_grid, make_health, monday):
    success = success_rate(scored(make_grid, make_health, [90, 10], alive=[[True], [False]]), monday)
    assert (success.by_number.share, success.by_number.n, success.unknown) == (1, 1, 0)


def test_a_date_not_computed_names_the_nearest(make_grid, make_health, monday):
    with pytest.raises(UsageError, match=r"HLT-012(.|\n)*2025-08-04"):
        success_rate(scored(make_grid, make_health, [90]), monday + 1)
