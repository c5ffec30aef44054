"""Churn by band: counted by hand, honest where nobody left, and as unsure as accounts, not rows, make it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sabai.health.standing import AT_RISK, HEALTHY, UNHEALTHY, UNKNOWN, BandArray
from sabai.proof.by_band import ByBand
from sabai.proof.draws import account_draws
from sabai.proof.rates import rate_of
from tests.proof.twins import twins

BAND: BandArray = np.repeat([HEALTHY, AT_RISK, UNHEALTHY, UNKNOWN], [10, 5, 5, 2])
Y = np.array([0] * 9 + [1] + [0, 0, 0, 0, 1] + [0, 0, 1, 1, 1] + [1, 0], dtype=bool)
ACCOUNT = np.arange(22, dtype=np.int32) // 2
COUNTS = account_draws(11, 1_000, seed=1)


def by_band() -> ByBand:
    return ByBand.of(Y, BAND, ACCOUNT, COUNTS)


@pytest.mark.parametrize(
    ("measured", "value"),
    twins([
        ("healthy", lambda: by_band().churn[0].rate.value, 0.1, 1 / 6),  # a share of those who left
        ("unhealthy", lambda: by_band().churn[2].rate.value, 0.6, 0.5),
        ("weighted", lambda: ByBand.of(Y, BAND, ACCOUNT, COUNTS, 1.0 + Y).churn[0].rate.value, 2 / 11, 0.1),
        ("ratio", lambda: by_band().ratio().value, 6.0, 3.0),  # rows that left, not rates
        ("ratio_at_risk", lambda: by_band().ratio(worse=1).value, 2.0, 6.0),
        ("trend", lambda: by_band().trend().value, 0.236363636, 0.25),  # rates as if bands were of one size
        ("precision", lambda: by_band().precision().value, 0.6, 0.5),
        ("recall", lambda: by_band().recall().value, 0.5, 0.6),
    ]),
)  # fmt: skip
def test_golden(measured: Callable[[], float], value: float) -> None:
    assert measured() == pytest.approx(value, abs=1e-6)


def test_the_trend_is_the_slope_of_a_regression_on_bands() -> None:
    known = BAND != UNKNOWN
    slope = np.polyfit(BAND[known].astype(np.float64), Y[known].astype(np.float64), 1)[0]
    assert by_band().trend().value == pytest.approx(slope)


def test_rows_and_accounts_are_counted_apart() -> None:
    healthy, at_risk, unhealthy, unknown = by_band().churn
    assert (unhealthy.band, unhealthy.rows, unhealthy.churned, unhealthy.accounts) == ("unhealthy", 5, 3, 3)
    assert (unhealthy.churned_accounts, by_band().churned_accounts) == (2, 5)
    assert (healthy.rows, at_risk.rows, unknown.rows) == (10, 5, 2)


def test_intervals_hold_their_value_and_stay_between_0_and_1() -> None:
    found = by_band()
    for rate in (*(each.rate for each in found.churn), found.recall(), found.precision()):
        assert 0 <= rate.low <= rate.value <= rate.high <= 1
        assert rate.low < rate.high
    assert found.ratio().low <= found.ratio().value <= found.ratio().high


def test_nobody_left_is_not_surely_none() -> None:
    quiet = ByBand.of(Y & (BAND != HEALTHY), BAND, ACCOUNT, COUNTS)
    assert quiet.churn[0].rate.value == 0
    assert quiet.churn[0].rate.high > 0.3  # five accounts
    assert np.isnan([quiet.ratio().value, quiet.ratio().low, quiet.ratio().high]).all()
    assert quiet.trend().value > 0


def test_a_ratio_that_draws_cannot_bound_has_no_upper_end() -> None:
    assert by_band().ratio().high == np.inf  # a third of the draws are without the one healthy account that left
    assert np.isfinite(by_band().ratio().value)


def test_a_band_without_rows_is_unknown() -> None:
    nobody = ByBand.of(Y[:10], BAND[:10], ACCOUNT[:10], COUNTS[:5])
    assert nobody.churn[2].rows == 0
    assert np.isnan(
        [nobody.churn[2].rate.value, nobody.churn[2].rate.low, nobody.ratio().value, nobody.trend().value]
    ).all()
    assert nobody.recall().value == 0
    empty = ByBand.of(Y[:0], BAND[:0], ACCOUNT[:0], COUNTS[:0])
    assert np.isnan([empty.recall().value, empty.trend().value, empty.churn[0].rate.high]).all()


def test_rows_of_one_account_know_no_more_than_the_account() -> None:
    rng = np.random.default_rng(1)
    leaves = rng.random(200) < 0.2
    y, band = np.repeat(leaves, 4), np.zeros(800, dtype=np.int8)
    together = ByBand.of(y, band, np.repeat(np.arange(200, dtype=np.int32), 4), account_draws(200, 1_000, seed=1))
    alone = ByBand.of(y, band, np.arange(800, dtype=np.int32), account_draws(800, 1_000, seed=1))
    wide, narrow = (each.churn[0].rate.high - each.churn[0].rate.low for each in (together, alone))
    assert wide == pytest.approx(2 * narrow, rel=0.15)


def test_independent_rows_get_the_interval_of_wilson() -> None:
    drawn = np.random.default_rng(1).binomial(50, 0.9, 200_000) / 50
    rate = rate_of(0.9, drawn, accounts=50)
    assert (rate.low, rate.high) == pytest.approx((0.7864, 0.9565), abs=1e-3)
