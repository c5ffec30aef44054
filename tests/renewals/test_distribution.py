"""What renewals add up to: the reference values of the book, and brute force where they are few."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.renewals.distribution import CELLS, distribution
from tests.tries import tries

VALUE, P = np.array([100, 50, 10]), np.array([0.9, 0.6, 0.8])


def test_the_reference_values() -> None:
    found = distribution(VALUE, P)
    assert found.mean_minor == pytest.approx(128, abs=1e-9)
    assert found.sd_minor == pytest.approx(38.936, abs=1e-3)
    assert found.at_most(100) == pytest.approx(0.172, abs=1e-12)


def test_the_poisson_binomial() -> None:
    chance = distribution(np.ones(3, np.int64), np.array([0.1, 0.5, 0.9])).chance
    assert chance == pytest.approx([0.045, 0.455, 0.455, 0.045], abs=1e-12)


@pytest.mark.parametrize("wrong", [np.array([0.9, 0.6, 0.7]), np.array([0.6, 0.9, 0.8])])
def test_other_chances_have_other_values(wrong: np.ndarray) -> None:
    found = distribution(VALUE, wrong)
    assert found.mean_minor != pytest.approx(128, abs=0.5)
    assert found.at_most(100) != pytest.approx(0.172, abs=1e-3)


def test_a_shock_widens_and_leaves_the_mean() -> None:
    """The twin of the references: with a shock the spread is another one."""
    alone, together = distribution(VALUE, P), distribution(VALUE, P, tau=0.5)
    money = np.arange(len(together.chance)) * together.cell_minor
    assert together.chance @ money == pytest.approx(128, abs=1e-6)
    assert together.sd_minor > alone.sd_minor + 0.5
    assert together.mean_minor == alone.mean_minor


@tries(15)
@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 1)), max_size=7), st.sampled_from([0.0, 0.5]))
def test_it_is_every_way_that_it_may_come(renewals: list[tuple[int, float]], tau: float) -> None:
    value, p = np.array([v for v, _ in renewals], np.int64), np.array([c for _, c in renewals], np.float64)
    found = distribution(value, p, tau)
    assert found.chance.sum() == pytest.approx(1)
    assert found.mean_minor == pytest.approx(float(p @ value), abs=1e-9)
    assert found.quantile(0.1) <= found.quantile(0.5) <= found.quantile(0.9) <= value.sum()
    if not tau:
        for amount in {0, 7, 20, int(value.sum())}:
            assert found.at_most(amount) == pytest.approx(_by_hand(value, p, amount), abs=1e-9)


def _by_hand(value: np.ndarray, p: np.ndarray, amount: int) -> float:
    ways = [np.array(way, np.int64) for way in product([0, 1], repeat=len(value))]
    return sum(float(np.prod(np.where(way, p, 1 - p))) for way in ways if value @ way <= amount)


def test_amounts_that_no_grid_fits_keep_mean_and_spread() -> None:
    rng = np.random.default_rng(2)
    value, p = np.rint(np.exp(rng.normal(9, 1.3, 800)) * 100).astype(np.int64), rng.beta(9, 1, 800)
    found = distribution(value, p)
    money = np.arange(len(found.chance)) * found.cell_minor
    assert len(found.chance) <= CELLS + 2
    assert found.chance @ money == pytest.approx(p @ value, rel=1e-3)
    assert found.sd_minor == pytest.approx(np.sqrt((value.astype(float) ** 2 * p * (1 - p)).sum()), rel=0.01)


def test_nothing_is_due() -> None:
    found = distribution(np.zeros(0, np.int64), np.zeros(0), 0.5)
    assert (found.mean_minor, found.quantile(0.9)) == (0, 0)


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        distribution(np.array([-1]), np.array([0.5]))
