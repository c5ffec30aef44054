"""Counted by revenue: a row that pays three times as much counts as three rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.intervals import Interval
from sabai.proof.by_revenue import by_revenue
from sabai.proof.judged import Rows
from sabai.proof.past import Past
from tests.proof.made_past import HORIZON, made_past
from tests.proof.twins import MUST_FAIL

PAYS = np.array([1, 2, 3])


def made() -> Past:
    past = made_past(150, 4, {"use": 1.5})[0]
    rng = np.random.default_rng(1)
    return replace(past, band=rng.integers(0, 4, len(past)).astype(np.int8), revenue=PAYS[past.account % 3] * 100.0)


def judged(past: Past) -> tuple[Rows, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    rows = Rows.of(past.leaves("notice", HORIZON), past.account, 200, seed=1)
    return rows, 100 - past.points["use"]


def times(past: Past) -> Past:
    """Every row as many times as it pays hundreds."""
    return past.only(np.repeat(np.arange(len(past)), (past.revenue / 100).astype(int)))


@pytest.mark.parametrize("one", [times, pytest.param(lambda past: past, marks=MUST_FAIL)], ids=("repeated", "once"))
def test_revenue_is_as_many_rows(one: object) -> None:
    """Values and draws: the same accounts are drawn."""
    past = made()
    found = by_revenue(past, *judged(past))
    assert found is not None
    assert callable(one)
    rows, risk = judged(one(past))
    assert found.base_rate == pytest.approx(rows.base_rate)
    _same(found.auc, rows.auc(risk).interval)
    _same(found.average_precision, rows.average_precision(risk))
    for percent in (10, 20):
        _same(found.lift[percent], rows.lift(risk, percent / 100))


def _same(one: Interval, other: Interval) -> None:
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_bands_are_shares_of_what_was_paid() -> None:
    past = made()
    found = by_revenue(past, *judged(past))
    assert found is not None
    left = past.leaves("notice", HORIZON)
    for number, band in enumerate(found.bands):
        here = past.band == number
        assert band.rows == here.sum()
        assert band.share == pytest.approx(past.revenue[here].sum() / past.revenue.sum())
        assert band.churned.value == pytest.approx(past.revenue[here & left].sum() / past.revenue[here].sum())
        assert band.churned.low < band.churned.value < band.churned.high
    assert sum(band.share for band in found.bands) == pytest.approx(1)


def test_a_large_one_that_leaves_widens_the_interval() -> None:
    past = made()
    one = past.account[past.leaves("notice", HORIZON)][0]
    large = replace(past, revenue=np.where(past.account == one, 30_000.0, past.revenue))
    plain, heavy = (by_revenue(each, *judged(each)) for each in (past, large))
    assert plain is not None
    assert heavy is not None
    assert heavy.auc.high - heavy.auc.low > 1.2 * (plain.auc.high - plain.auc.low)


def test_only_rows_that_pay_count_and_few_are_not_judged() -> None:
    past = made()
    unknown = replace(past, revenue=np.where(past.account % 2, past.revenue, np.nan))
    found = by_revenue(unknown, *judged(unknown))
    assert found is not None
    assert found.rows == (past.account % 2 == 1).sum()
    assert by_revenue(replace(past, revenue=np.full(len(past), np.nan)), *judged(past)) is None
    assert by_revenue(replace(past, revenue=np.zeros(len(past))), *judged(past)) is None
    few = replace(past, revenue=np.where(past.account < 20, past.revenue, np.nan))
    told = by_revenue(few, *judged(few))
    assert told is not None
    assert told.churned < 10
    assert np.isnan([told.auc.value, told.average_precision.value, told.lift[10].value]).all()
    assert told.base_rate > 0
