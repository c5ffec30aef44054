"""The two ways to fit end at the same place, which no neighbour beats; and they refuse what a score cannot say."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.proof import fitting
from sabai.proof.draws import account_draws
from sabai.proof.fitting import fitted, log_loss, refitted
from sabai.proof.terms import Terms, terms, usual
from tests.proof.made_past import HORIZON, made_past

TRUTH = {"logins": 1.0, "seats": 0.5, "nothing": 0.0}


def rows(accounts: int = 1500, base: float = -2.5) -> Terms:
    past, _ = made_past(accounts, 6, TRUTH, base)
    return terms(past, "notice", HORIZON, usual(past, HORIZON))


def loss(of: Terms, ridge: float, beta: np.ndarray) -> float:
    return log_loss(of, beta) * len(of.left) + 0.5 * float(fitting.ridges(of, ridge) @ beta**2)


def test_the_fit_is_the_lowest_place() -> None:
    of = rows()
    beta = fitted(of, 10)
    for column in range(len(beta)):
        for step in (-0.01, 0.01):
            moved = beta.copy()
            moved[column] += step
            allowed = column < of.free or moved[column] >= 0
            assert not allowed or loss(of, 10, moved) > loss(of, 10, beta)


def test_it_agrees_with_a_library_where_no_sign_is_at_stake() -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    of = rows()
    theirs = linear.LogisticRegression(C=1 / 10, tol=1e-10, max_iter=1000).fit(of.columns[:, 1:3], of.left)
    ours = fitted(Terms(of.left, of.account, of.accounts, of.columns[:, :3], of.factors[:2]), 10)
    assert np.allclose(ours, [*theirs.intercept_, *theirs.coef_[0]], atol=1e-3)


def drawn_alone(of: Terms, counts: np.ndarray) -> np.ndarray:
    draws = range(counts.shape[1])
    return np.transpose([fitted(of, 10, times=counts[of.account, draw].astype(float))[of.free :] for draw in draws])


@pytest.mark.parametrize("base", [-2.5, -6.0])
def test_refits_are_the_fits_of_the_rows_drawn(base: float) -> None:
    of = rows(base=base)
    counts = account_draws(of.accounts, 12, seed=3)
    weights = refitted(of, 10, fitted(of, 10), counts)[of.free :]
    assert np.allclose(weights, drawn_alone(of, counts), atol=3e-3)
    assert not np.allclose(weights, fitted(of, 10)[of.free :, None], atol=3e-2)


def test_controls_that_say_the_same_twice_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One segment is all that has no renewals."""
    of = rows(1500)
    odd = of.account % 2 == 1
    of = Terms(
        of.left, of.account, of.accounts, np.column_stack([of.columns[:, :1], odd, odd, of.columns[:, 1:]]), of.factors
    )
    counts = account_draws(of.accounts, 12, seed=3)
    alone, fit = drawn_alone(of, counts), fitted(of, 10)
    monkeypatch.setattr(fitting, "fitted", None)
    assert np.allclose(refitted(of, 10, fit, counts)[of.free :], alone, atol=3e-3)


def test_a_draw_that_does_not_settle_is_fitted_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    of = rows(300)
    counts = account_draws(of.accounts, 3, seed=3)
    monkeypatch.setattr(fitting, "_STEPS", 1)
    betas = refitted(of, 10, fitted(of, 10), counts)
    assert np.allclose(betas[:, 0], fitted(of, 10, times=counts[of.account, 0].astype(float)), atol=3e-3)


def test_a_draw_without_leavers_says_nothing() -> None:
    of = rows(300)
    counts = account_draws(of.accounts, 2, seed=3)
    counts[np.unique(of.account[of.left]), 0] = 0
    betas = refitted(of, 10, fitted(of, 10), counts)
    assert np.isnan(betas[:, 0]).all()
    assert not np.isnan(betas[:, 1]).any()
    assert refitted(of, 10, fitted(of, 10), counts[:, :0]).shape == (of.columns.shape[1], 0)
