"""Brier score, calibration line and calibration error: closed forms, another library's answers, known floors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

from sabai.proof.draws import account_draws
from sabai.proof.logistic import fit, fit_draws
from sabai.proof.probability import (
    brier,
    brier_draws,
    brier_skill,
    brier_skill_draws,
    calibration,
    calibration_draws,
    calibration_error,
    calibration_error_floor,
    chance,
    equal_mass,
    platt,
    reliability,
)
from tests.proof.twins import twins
from tests.tries import tries

Y = np.array([False, False, True, True])
P = np.array([0.1, 0.4, 0.35, 0.8])
WEIGHT = np.array([1.0, 3.0, 1.0, 1.0])


def made(rows: int, slope: float = 1.0, seed: int = 1) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Who left, and forecasts whose logit is `slope` times too far out."""
    rng = np.random.default_rng(seed)
    x = rng.normal(-1.5, 1, rows)
    return rng.random(rows) < expit(x), expit(slope * x)


def perfect(rows: int) -> NDArray[np.float64]:
    """Forecasts spread evenly over a curve whose mean is 8.4%."""
    return expit(-2.74 + 0.95 * np.sqrt(2) * _inverse_error((np.arange(rows) + 0.5) / rows))


def _inverse_error(part: NDArray[np.float64]) -> Any:
    from scipy.special import erfinv

    return erfinv(2 * part - 1)


@pytest.mark.parametrize(
    ("measured", "value"),
    twins([
        ("brier", lambda: brier(Y, P), 0.158125, 0.3625),  # absolute, not squared
        ("brier_weighted", lambda: brier(Y, P, WEIGHT), 0.9525 / 6, 0.158125),
        ("brier_skill", lambda: brier_skill(Y, P), 0.3675, 0.158125),
        ("error_two_bins", lambda: calibration_error(Y, P, 2), (0.55 + 0.2) / 4, 0.0875),
        ("error_one_bin", lambda: calibration_error(Y, P, 1), 0.0875, 0.3625),
    ]),
)  # fmt: skip
def test_golden(measured: Callable[[], float], value: float) -> None:
    assert measured() == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("measured", "value"),
    twins([
        ("500", lambda: calibration_error_floor(perfect(500), seed=1), 0.041, 0.020),
        ("2000", lambda: calibration_error_floor(perfect(2_000), seed=1), 0.020, 0.041),
        ("10000", lambda: calibration_error_floor(perfect(10_000), seed=1), 0.0093, 0.020),
    ]),
)  # fmt: skip
def test_floor_of_the_calibration_error(measured: Callable[[], float], value: float) -> None:
    assert perfect(10_000).mean() == pytest.approx(0.084, abs=1e-3)
    assert measured() == pytest.approx(value, rel=0.1)


def test_rows_that_share_their_luck_raise_the_floor() -> None:
    alone = calibration_error_floor(perfect(2_000), seed=1, draws=300)
    together = calibration_error_floor(perfect(2_000), seed=1, draws=300, together=np.arange(2_000) // 3)
    assert together > 1.15 * alone


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.integers(1, 9)), min_size=1, max_size=40))
@tries(15)
def test_another_library_says_the_same_brier(rows: list[tuple[bool, float, int]]) -> None:
    y, p, weight = (np.array(column) for column in zip(*rows, strict=True))
    expected = brier_score_loss(y, p, sample_weight=weight, pos_label=True)
    assert brier(y, p, weight) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("slope", [0.5, 1.0, 3.0])
def test_another_library_says_the_same_line(slope: float) -> None:
    y, p = made(1_500, slope)
    x, weight = np.log(p / (1 - p)), 1.0 + np.arange(1_500) % 4
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1_000).fit(x[:, None], y, weight)
    assert calibration(y, p, weight) == pytest.approx((theirs.intercept_[0], theirs.coef_[0, 0]), abs=1e-3)
    assert calibration(y, p)[1] == pytest.approx(1 / slope, rel=0.15)


def test_the_line_of_a_draw_is_the_line_of_its_rows() -> None:
    y, p = made(3_000)
    account, counts = np.arange(3_000, dtype=np.int32) // 6, account_draws(500, 300, seed=1)
    drawn = calibration_draws(y, p, account, counts)
    for draw in (0, 299):
        rows = np.repeat(np.arange(3_000), counts[account, draw])
        assert drawn[:, draw] == pytest.approx(calibration(y[rows], p[rows]), abs=1e-3)
    once = calibration_draws(y, p, account, np.ones((500, 1), dtype=np.uint8))[:, 0]
    assert (np.abs(once - calibration(y, p)) < 0.01 * drawn.std(axis=1)).all()


def test_where_there_is_no_line_none_is_told() -> None:
    stairs = np.arange(6.0)
    for y in (np.zeros(6), np.ones(6), (stairs > 2).astype(np.float64)):
        assert np.isnan(fit(y, stairs)).all()
    assert np.isnan(fit(np.array([0.0, 1.0]), np.ones(2))).all()
    assert np.isnan(fit(np.zeros(0), np.zeros(0))).all()
    drawn = fit_draws(Y.astype(np.float64), P, np.array([0, 0, 1, 1], np.int32), np.array([[1, 2], [1, 0]], np.uint8))
    assert np.isnan(drawn).all(axis=0).tolist() == [False, True]


def test_a_score_becomes_a_chance() -> None:
    y, p = made(20_000)
    risk = 50 + 12 * np.log(p / (1 - p))
    chances = chance(risk, platt(y, risk))
    assert chances.mean() == pytest.approx(y.mean(), abs=1e-3)
    assert chances == pytest.approx(p, abs=0.03)


def test_a_risk_without_fault_or_without_a_say_has_a_chance_too() -> None:
    intercept, slope = platt(np.array([False, False, True, True]), np.array([1.0, 2.0, 3.0, 4.0]))
    assert 0 < slope < 10
    assert np.isfinite(intercept)
    assert chance(np.full(3, 7.0), platt(Y[:3], np.full(3, 7.0))) == pytest.approx(7 / 18)
    assert np.isnan(platt(Y[:0], P[:0])).all()
    assert chance(np.array([-1e9, 1e9]), (0.0, 1.0)) == pytest.approx([0, 1])


def test_brier_on_draws_is_brier_of_their_rows() -> None:
    y, p = made(400)
    account, counts = np.arange(400, dtype=np.int32) // 4, account_draws(100, 20, seed=2)
    rows = np.repeat(np.arange(400), counts[account, 5])
    weight = 1.0 + np.arange(400) % 3
    assert brier_draws(y, p, account, counts, weight)[5] == pytest.approx(brier(y[rows], p[rows], weight[rows]))
    assert brier_skill_draws(y, p, account, counts)[5] == pytest.approx(brier_skill(y[rows], p[rows]))


def test_measures_without_rows_or_without_leavers_are_unknown() -> None:
    nothing = np.zeros(0)
    assert np.isnan(
        [brier(Y[:0], nothing), calibration_error(Y[:0], nothing), calibration_error_floor(nothing, 1)]
    ).all()
    assert np.isnan([brier_skill(Y[:2], P[:2]), brier_skill(Y[:0], nothing), *calibration(Y[:2], P[:2])]).all()
    assert reliability(Y[:0], nothing, nothing.astype(np.int32), np.zeros((0, 3), np.uint8)) == ()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 12))
@tries(15)
def test_equal_forecasts_share_a_bin_and_bins_follow_the_forecast(forecasts: list[int], bins: int) -> None:
    p = np.array(forecasts) / 30
    found = equal_mass(p, bins)
    assert 0 <= found.min() <= found.max() < bins
    assert (np.diff(found[np.argsort(p, kind="stable")]) >= 0).all()
    assert all(len(set(found[p == value])) == 1 for value in p)
    assert np.array_equal(equal_mass(p[::-1], bins), found[::-1])


def test_the_reliability_table_holds_every_row_and_the_truth() -> None:
    y, p = made(6_000)
    account, counts = np.arange(6_000, dtype=np.int32) // 6, account_draws(1_000, 500, seed=1)
    table = reliability(y, p, account, counts)
    assert [each.rows for each in table] == [600] * 10
    assert sum(each.rate.value * each.rows for each in table) == pytest.approx(y.sum())
    assert [each.forecast for each in table] == sorted(each.forecast for each in table)
    assert sum(each.rate.low <= each.forecast <= each.rate.high for each in table) >= 8
    wrong = reliability(y, np.sqrt(p), account, counts)
    assert sum(each.rate.low <= each.forecast <= each.rate.high for each in wrong) <= 3
