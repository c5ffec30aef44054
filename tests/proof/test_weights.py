"""Weights that were planted are found again, and nothing is found where nothing was planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.errors import FactsError
from sabai.proof.past import Past
from sabai.proof.weights import USUAL_RIDGE, chosen_ridge, hundredths, learned
from tests.proof.made_past import HORIZON, made_past

TRUTH = {"logins": 1.2, "seats": 0.8, "tickets": 0.4, "nothing": 0.0}


def shuffled(past: Past, seed: int) -> Past:
    """Somebody else's leaving in the same month."""
    rng, notice = np.random.default_rng(seed), past.notice_in.copy()
    for day in np.unique(past.as_of):
        month = np.flatnonzero(past.as_of == day)
        notice[month] = notice[rng.permutation(month)]
    return replace(past, notice_in=notice)


def test_planted_weights_lie_in_their_intervals() -> None:
    past, _ = made_past(3000, 6, TRUTH)
    found = learned(past, "notice", HORIZON, seed=1)
    for name, weight in TRUTH.items():
        share = found.shares[name]
        assert share.low - 1e-9 <= weight / 2.4 <= share.high, name
        assert share.high - share.low < 0.2
    assert found.not_proven == ("nothing",)
    assert sum(found.whole.values()) == 100
    assert -3.2 < found.intercept < -2.8


def test_other_weights_do_not() -> None:
    """The twin: intervals that would take in anything prove nothing."""
    past, _ = made_past(3000, 6, dict(zip(TRUTH, reversed(TRUTH.values()), strict=True)))
    found = learned(past, "notice", HORIZON, seed=1)
    assert not any(found.shares[name].low <= TRUTH[name] / 2.4 <= found.shares[name].high for name in TRUTH)


def test_nothing_is_proven_by_shuffled_labels() -> None:
    past, _ = made_past(3000, 6, TRUTH)
    found = [learned(shuffled(past, seed), "notice", HORIZON, seed=1) for seed in range(3)]
    assert np.mean([len(each.not_proven) for each in found]) > 3
    assert max(max(each.weights.values()) for each in found) < 0.2


@pytest.mark.parametrize("points", [70.1, np.nan])
def test_a_factor_that_never_varies_or_is_never_known_gets_nothing(points: float) -> None:
    past, _ = made_past(500, 6, TRUTH)
    past = replace(past, points={"still": np.full(len(past), points), **past.points})
    found = learned(past, "notice", HORIZON, seed=1, draws=40)
    assert found.weights["still"] == 0
    assert found.whole["still"] == 0
    assert "still" in found.not_proven
    assert found.whole["logins"] > 30


def test_a_factor_that_speaks_for_leaving_gets_nothing() -> None:
    past, _ = made_past(1500, 6, {"logins": 1.0, "wrong": -1.0})
    found = learned(past, "notice", HORIZON, seed=1, draws=40)
    assert found.whole == {"logins": 100, "wrong": 0}


def test_a_renewal_that_falls_due_is_not_laid_on_the_factors() -> None:
    """Whoever is due leaves more often, and has fewer logins for no fault of theirs."""
    past, _ = made_past(3000, 6, {"logins": 0.0, "seats": 1.0})
    due = past.notice_in < HORIZON
    due |= np.random.default_rng(2).random(len(past)) < 0.2
    past = replace(past, points={**past.points, "logins": past.points["logins"] - 40 * due})
    told = replace(past, renewal_in=np.where(due, 0.0, 100.0))
    blind, seeing = (learned(each, "notice", HORIZON, seed=1, draws=0) for each in (past, told))
    assert blind.weights["logins"] > 1
    assert seeing.weights["logins"] < 0.1


def test_young_accounts_and_windows_that_are_not_over_teach_nothing() -> None:
    past, _ = made_past(800, 6, TRUTH)
    last = int(past.as_of.max())
    before = past.only(past.as_of < last)
    assert learned(replace(past, known_until=last), "notice", HORIZON, 1, draws=9) == learned(
        replace(before, known_until=last), "notice", HORIZON, 1, draws=9
    )
    assert learned(replace(past, young=past.account < 300), "notice", HORIZON, 1, draws=9).accounts == 500


@pytest.mark.parametrize(("notice", "code"), [(np.inf, "PRF-021"), (0.0, "PRF-022")])
def test_nobody_or_everybody_left_is_said(notice: float, code: str) -> None:
    past, _ = made_past(50, 3, TRUTH)
    past = replace(past, notice_in=np.full(len(past), notice))
    with pytest.raises(FactsError, match=code):
        learned(past, "notice", HORIZON, seed=1)


def test_one_account_that_left_in_the_end_is_no_crash() -> None:
    past, _ = made_past(400, 6, TRUTH, base=-1)
    longest = np.bincount(past.account).argmax()
    only = past.only(past.account == longest)
    only = replace(only, notice_in=(only.as_of.max() - only.as_of).astype(np.float64))
    found = learned(only, "notice", HORIZON, seed=1, draws=20)
    assert (found.accounts, found.churned, found.ridge) == (1, 1, USUAL_RIDGE)


def test_the_ridge_is_strong_where_there_is_little_to_learn() -> None:
    few, many = made_past(150, 8, TRUTH)[0], made_past(6000, 8, TRUTH)[0]
    assert np.mean([chosen_ridge(shuffled(few, seed), "notice", HORIZON) for seed in range(6)]) > 20
    assert chosen_ridge(many, "notice", HORIZON) < 20


def test_the_usual_ridge_stands_where_nothing_can_choose_it() -> None:
    past, _ = made_past(40, 2, TRUTH)
    assert chosen_ridge(past, "notice", HORIZON) == USUAL_RIDGE


def test_the_same_seed_gives_the_same_weights() -> None:
    past, _ = made_past(300, 4, TRUTH)
    first, again, other = (learned(past, "notice", HORIZON, seed, draws=30) for seed in (1, 1, 2))
    assert first == again
    assert first.weights == other.weights
    assert first.shares != other.shares


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda weights: sum(weights) > 1e-3))
def test_whole_numbers_sum_to_a_hundred_and_stay_within_one(weights: list[float]) -> None:
    whole = hundredths(weights)
    assert sum(whole) == 100
    assert all(abs(each - 100 * weight / sum(weights)) < 1 + 1e-6 for each, weight in zip(whole, weights, strict=True))
    assert all(each == 0 for each, weight in zip(whole, weights, strict=True) if weight == 0)


def test_of_equal_remainders_the_first_gains() -> None:
    assert hundredths([1, 1, 1, 1, 1, 1]) == [17, 17, 17, 17, 16, 16]
    assert hundredths([2, 2, 2, 1]) == [29, 29, 28, 14]
