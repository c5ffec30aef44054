"""AUC, average precision, capture and lift: closed forms, another library's answers, and the laws they keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from sabai.proof.draws import BLOCK, account_draws
from sabai.proof.ranking import (
    auc,
    auc_draws,
    average_precision,
    average_precision_draws,
    capture,
    capture_draws,
    lift,
    lift_draws,
)
from tests.proof.twins import twins
from tests.tries import tries

Y = np.array([False, False, True, True])
RISK = np.array([0.1, 0.4, 0.35, 0.8])
TIED = np.array([0.1, 0.4, 0.4, 0.8])
WEIGHT = np.array([1.0, 3.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("measured", "value"),
    twins([
        ("auc", lambda: auc(Y, RISK), 0.75, 0.25),  # upside down
        ("auc_ties", lambda: auc(Y, TIED), 0.875, 1.0),  # ties count in full
        ("auc_weighted", lambda: auc(Y, RISK, WEIGHT), 5 / 8, 0.75),  # weight not looked at
        ("auc_all_tied", lambda: auc(Y, np.zeros(4)), 0.5, 0.0),
        ("average_precision", lambda: average_precision(Y, RISK), 5 / 6, 0.7916667),  # by the trapezoidal rule
        ("average_precision_ties", lambda: average_precision(Y, TIED), 5 / 6, 1.0),  # ties put in a lucky order
        ("average_precision_weighted", lambda: average_precision(Y, RISK, WEIGHT), 0.7, 5 / 6),
        ("capture_quarter", lambda: capture(Y, RISK, 0.25), 0.5, 1.0),
        ("capture_half", lambda: capture(Y, RISK, 0.5), 0.5, 1.0),
        ("capture_ties", lambda: capture(Y, TIED, 0.5), 0.75, 1.0),  # a tied row on the edge counts in full
        ("capture_part_of_a_row", lambda: capture(Y, RISK, 0.1), 0.2, 0.5),
        ("capture_weighted", lambda: capture(Y, RISK, 0.5, WEIGHT), 0.5, 0.75),
        ("lift", lambda: lift(Y, RISK, 0.25), 2.0, 0.5),
    ]),
)  # fmt: skip
def test_golden(measured: Callable[[], float], value: float) -> None:
    assert measured() == pytest.approx(value, abs=1e-6)


PLAIN: list[Any] = [auc, average_precision, lambda y, risk, weight=None: capture(y, risk, 0.2, weight)]
DRAWN: list[Any] = [
    auc_draws,
    average_precision_draws,
    lambda y, risk, account, counts, weight=None: capture_draws(y, risk, account, counts, 0.2, weight),
]
each_measure = pytest.mark.parametrize("plain", PLAIN, ids=["auc", "average_precision", "capture"])
each_drawn = pytest.mark.parametrize(
    ("plain", "drawn"), list(zip(PLAIN, DRAWN, strict=True)), ids=["auc", "average_precision", "capture"]
)


@each_measure
@pytest.mark.parametrize("y", [np.zeros(4, bool), np.ones(4, bool), np.zeros(0, bool)], ids=["none", "all", "no rows"])
def test_unknown_where_there_is_nothing_to_tell_apart(plain: Any, y: NDArray[np.bool_]) -> None:
    assert np.isnan(plain(y, RISK[: len(y)]))


@st.composite
def rows(draw: st.DrawFn) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Some left, some stayed; risks with many ties; revenue."""
    size = draw(st.integers(2, 40))
    y = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    assume(0 < y.sum() < size)
    risk = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    weight = draw(st.lists(st.integers(1, 9), min_size=size, max_size=size))
    return y, np.array(risk, dtype=np.float64), np.array(weight, dtype=np.float64)


@given(rows())
def test_another_library_says_the_same(made: Any) -> None:
    y, risk, weight = made
    assert auc(y, risk, weight) == pytest.approx(roc_auc_score(y, risk, sample_weight=weight), abs=1e-9)
    expected = average_precision_score(y, risk, sample_weight=weight)
    assert average_precision(y, risk, weight) == pytest.approx(expected, abs=1e-9)


@each_measure
@given(rows(), st.randoms(use_true_random=False))
@tries(10)
def test_only_the_order_of_risks_matters_and_not_that_of_rows(plain: Any, made: Any, random: Any) -> None:
    y, risk, weight = made
    order = np.array(random.sample(range(len(y)), len(y)))
    value = plain(y, risk, weight)
    assert plain(y[order], risk[order], weight[order]) == pytest.approx(value, abs=1e-12)
    assert plain(y, np.exp(risk) - 7, weight) == pytest.approx(value, abs=1e-12)


@given(rows())
@tries(10)
def test_upside_down_is_one_minus(made: Any) -> None:
    y, risk, weight = made
    assert auc(y, -risk, weight) == pytest.approx(1 - auc(y, risk, weight), abs=1e-12)
    assert capture(y, risk, 0.2, weight) + capture(y, -risk, 0.8, weight) == pytest.approx(1, abs=1e-12)


@each_drawn
@given(rows())
@tries(5)
def test_drawing_everybody_once_is_the_plain_value(plain: Any, drawn: Any, made: Any) -> None:
    y, risk, weight = made
    account = np.arange(len(y), dtype=np.int32) // 3
    ones = np.ones((account.max() + 1, 3), dtype=np.uint8)
    assert (drawn(y, risk, account, ones, weight)[0] == plain(y, risk, weight)).all()


@each_drawn
def test_a_draw_is_the_plain_value_of_its_rows_for_every_column(plain: Any, drawn: Any) -> None:
    rng = np.random.default_rng(1)
    y, account = rng.random(200) < 0.2, rng.integers(0, 25, 200).astype(np.int32)
    risk = np.round(rng.normal(size=(200, 3)) + y[:, None], 1)
    counts = account_draws(25, BLOCK + 3, seed=4)
    found = drawn(y, risk, account, counts)
    assert found.shape == (3, BLOCK + 3)
    for place, draw in ((0, 0), (2, 7), (1, BLOCK + 2)):
        rows = np.repeat(np.arange(200), counts[account, draw])
        assert found[place, draw] == pytest.approx(plain(y[rows], risk[rows, place]), abs=1e-12)


@each_drawn
def test_rows_of_unknown_risk_are_left_out_of_their_column_only(plain: Any, drawn: Any) -> None:
    rng = np.random.default_rng(2)
    y, account = rng.random(60) < 0.4, np.arange(60, dtype=np.int32)
    risk = rng.normal(size=(60, 2))
    risk[::3, 1] = np.nan
    found = drawn(y, risk, account, np.ones((60, 1), dtype=np.uint8))[:, 0]
    known = ~np.isnan(risk[:, 1])
    assert found.tolist() == [plain(y, risk[:, 0]), plain(y[known], risk[known, 1])]


def test_draws_without_anyone_who_left_are_unknown() -> None:
    account, counts = np.arange(4, dtype=np.int32), np.array([[1, 1], [1, 1], [1, 0], [1, 0]], dtype=np.uint8)
    for drawn in DRAWN:
        assert np.isnan(drawn(Y, RISK, account, counts)[0]).tolist() == [False, True]


def test_lift_draws_are_capture_over_its_share() -> None:
    account, counts = np.arange(4, dtype=np.int32), account_draws(4, 5, seed=1)
    expected = capture_draws(Y, RISK, account, counts, 0.1) / 0.1
    assert np.array_equal(lift_draws(Y, RISK, account, counts, 0.1), expected, equal_nan=True)
