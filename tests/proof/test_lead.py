"""How early it was known: later months only of those still there, only where known, and red before notice."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.health.standing import HEALTHY, UNHEALTHY
from sabai.proof.draws import account_draws
from sabai.proof.lead import first_red_to_notice, lead_curve
from sabai.proof.ranking import auc

INF = np.inf
LONG = np.full(6, 999.0)
ACCOUNT = np.arange(6, dtype=np.int32)
COUNTS = account_draws(6, 200, seed=1)
LEAVES_IN = np.array([0.0, 29.0, 30.0, 59.0, 60.0, INF])
RISK = np.array([6.0, 5.0, 4.0, 1.0, 3.0, 2.0])


def test_a_month_is_30_days_and_those_who_left_before_are_not_in_it() -> None:
    curve = lead_curve(LEAVES_IN, RISK, LONG, ACCOUNT, COUNTS)
    assert [point.month for point in curve] == list(range(9))
    assert [(point.rows, point.churned) for point in curve[:4]] == [(6, 2), (4, 2), (2, 1), (1, 0)]
    assert [point.auc.value for point in curve[:3]] == [1.0, 0.5, 1.0]
    assert np.isnan([curve[3].auc.value, curve[3].auc.low]).all()


def test_a_row_counts_only_for_months_that_are_known_to_their_end() -> None:
    known_for = np.array([30.0, 29.0, 60.0, 60.0, 60.0, 999.0])
    curve = lead_curve(LEAVES_IN, RISK, known_for, ACCOUNT, COUNTS, months=3)
    assert [(point.rows, point.churned) for point in curve] == [(5, 1), (4, 2), (1, 0)]


def test_what_is_nearer_is_known_better() -> None:
    rng = np.random.default_rng(1)
    leaves_in = rng.exponential(150, 8_000)
    risk = -leaves_in / 30 + rng.normal(0, 2, 8_000) * (1 + leaves_in / 60)
    account = np.arange(8_000, dtype=np.int32) // 4
    curve = lead_curve(leaves_in, risk, np.full(8_000, 999.0), account, account_draws(2_000, 100, seed=1))
    assert curve[0].auc.value == pytest.approx(auc(leaves_in < 30, risk))
    assert curve[0].auc.value > curve[3].auc.value > curve[8].auc.value
    assert all(point.auc.low < point.auc.value < point.auc.high for point in curve)


AS_OF = np.array([0, 30, 60, 0, 30, 0, 30, 0], dtype=np.int32)
OF = np.array([0, 0, 0, 1, 1, 2, 2, 3], dtype=np.int32)
NOTICE_IN = np.array([75.0, 45.0, 15.0, 60.0, 30.0, 40.0, 10.0, INF])
RED = np.array([0, 1, 1, 1, 0, 0, 0, 1], dtype=bool)


def test_months_count_from_the_first_red_of_those_who_left() -> None:
    band = np.where(RED, UNHEALTHY, HEALTHY)
    found = first_red_to_notice(AS_OF, band, NOTICE_IN, OF, account_draws(4, 500, seed=1))
    assert found.accounts == 3
    assert found.never_red.value == pytest.approx(1 / 3)
    assert found.median_months.value == pytest.approx((45 + 60) / 2 / 30)
    assert (found.median_months.low, found.median_months.high) == pytest.approx((1.5, 2.0))
    backwards = first_red_to_notice(AS_OF[::-1], band[::-1], NOTICE_IN[::-1], OF[::-1], account_draws(4, 500, seed=1))
    assert backwards == found


def test_without_leavers_or_red_it_is_unknown() -> None:
    counts = account_draws(4, 50, seed=1)
    band = np.where(RED, UNHEALTHY, HEALTHY)
    loyal = first_red_to_notice(AS_OF, band, np.full(8, INF), OF, counts)
    assert loyal.accounts == 0
    assert np.isnan([loyal.never_red.value, loyal.median_months.value]).all()
    assert np.isnan([loyal.still_red.value, loyal.last_stretch_months.value]).all()
    green = first_red_to_notice(AS_OF, np.full(8, HEALTHY), NOTICE_IN, OF, counts)
    assert (green.accounts, green.never_red.value) == (3, 1.0)
    assert green.still_red.value == 0.0
    assert np.isnan([green.median_months.value, green.last_stretch_months.value]).all()


def test_the_last_stretch_of_red_is_the_one_that_lasted_to_notice() -> None:
    """Account 0 was red, recovered, and was red again for two months; 1 recovered; 2 was never red; 3 stayed."""
    as_of = np.array([0, 30, 60, 90, 0, 30, 0, 30, 0], dtype=np.int32)
    of = np.array([0, 0, 0, 0, 1, 1, 2, 2, 3], dtype=np.int32)
    notice_in = np.array([105.0, 75, 45, 15, 60, 30, 40, 10, INF])
    band = np.where(np.array([1, 0, 1, 1, 1, 0, 0, 0, 1], dtype=bool), UNHEALTHY, HEALTHY)
    found = first_red_to_notice(as_of, band, notice_in, of, account_draws(4, 500, seed=1))
    assert found.still_red.value == pytest.approx(1 / 3)
    assert found.last_stretch_months.value == pytest.approx(45 / 30)
    assert found.median_months.value == pytest.approx((105 + 60) / 2 / 30)  # the recovered count there, from the first
    mixed = np.random.default_rng(1).permutation(9)
    assert found == first_red_to_notice(
        as_of[mixed], band[mixed], notice_in[mixed], of[mixed], account_draws(4, 500, seed=1)
    )


def test_a_stretch_does_not_reach_into_another_account() -> None:
    counts, ends = account_draws(2, 50, seed=1), np.array([45.0, 15.0, 45.0, 15.0])
    as_of, of = np.array([0, 30, 0, 30], dtype=np.int32), np.array([0, 0, 1, 1], dtype=np.int32)
    found = first_red_to_notice(as_of, np.full(4, UNHEALTHY), ends, of, counts)
    assert (found.still_red.value, found.last_stretch_months.value) == (1.0, 1.5)
