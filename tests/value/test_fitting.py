"""The greatest likelihood: found where there is one, and said where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.intervals import Interval
from sabai.value.fitting import by_differences, greatest
from sabai.value.uncertain import product, sum_of, told, unsure


def test_a_summit_is_found_from_far_away() -> None:
    bell = by_differences(lambda at: -50 * float(np.log(at[0] / 3) ** 2 + np.log(at[1] / 0.2) ** 2))
    found = greatest(bell, ("a", "b"), [[1.0, 1.0], [90.0, 90.0]], 100)
    assert found.values == pytest.approx([3, 0.2], rel=1e-5)
    assert found.covariance == pytest.approx(np.eye(2) / 100, rel=1e-3, abs=1e-6)
    assert found.problem == ""


def test_what_runs_away_is_said() -> None:
    away = by_differences(lambda at: float(-1 / at[0]))
    assert greatest(away, ("a",), [[1.0]], 1).problem.startswith("a ran to the end")


def test_a_ridge_is_said() -> None:
    ridge = by_differences(lambda at: -float(np.log(at[0] * at[1]) ** 2))
    assert "flat" in greatest(ridge, ("a", "b"), [[2.0, 3.0]], 1).problem


def test_a_likelihood_that_is_nowhere_a_number_is_said() -> None:
    nowhere = greatest(lambda at: (float("nan"), at), ("a",), [[1.0]], 1)
    assert nowhere.problem != ""


def test_the_delta_method_is_what_draws_say() -> None:
    """An interval of 2,000 draws from the same normal, to a few percent."""
    covariance, centre = np.array([[0.02, -0.005], [-0.005, 0.01]]), np.array([2.0, 3.0])
    of = lambda at: np.array([at[0] * at[1], at[0] / at[1]])  # noqa: E731
    found = told(of, centre, covariance)
    draws = np.exp(np.random.default_rng(7).multivariate_normal(np.log(centre), covariance, 2000))
    low, high = np.quantile(np.array([of(each) for each in draws]), [0.025, 0.975], axis=0)
    assert found.ends()[0] == pytest.approx(low, rel=0.03)
    assert found.ends()[1] == pytest.approx(high, rel=0.03)


def test_accounts_of_one_fit_err_together_and_of_two_apart() -> None:
    one = told(lambda at: np.array([at[0], at[0]]), np.array([1.0]), np.array([[0.01]]))
    together, apart = sum_of([(one, np.ones(2))]), sum_of([(one, np.array([1.0, 0])), (one, np.array([0, 1.0]))])
    assert together.value == apart.value == 2
    assert together.high - together.low > 1.35 * (apart.high - apart.low)


def test_what_nobody_knows_has_no_interval() -> None:
    mixed = product(unsure(np.array([2.0])), told(lambda at: at, np.array([3.0]), np.array([[0.01]])))
    total = sum_of([(mixed, np.ones(1))])
    assert total.value == 6
    assert np.isnan([total.low, total.high]).all()
    assert sum_of([]) == Interval(0.0, pytest.approx(np.nan, nan_ok=True), pytest.approx(np.nan, nan_ok=True))
