"""Published and hand-made values of every statistic, each with the twin that must fail."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

import numpy as np
import pytest

from sabai.feedback.numbers.changes import UNKNOWN, Change, from_draws, of_many, two_waves
from sabai.feedback.numbers.means import mean_of, variance_of
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.shares import difference
from sabai.feedback.numbers.votes import Votes, leaning, votes_of
from sabai.intervals import Interval, wilson
from tests.proof.twins import Case, twins

VOTES = {
    (60, 25, 15): (45.0, 29.3, 58.0),
    (5, 3, 2): (30.0, -19.1, 65.2),
    (10, 0, 0): (100.0, 47.5, 100.0),
    (50, 30, 20): (30.0, 14.1, 44.2),
    (200, 120, 80): (30.0, 22.2, 37.4),
}
SHARES = {(0, 10): (0, 0.2775), (1, 10): (0.0179, 0.4042), (8, 10): (0.4902, 0.9433), (45, 50): (0.7864, 0.9565),
          (3, 100): (0.0103, 0.0845)}  # fmt: skip
SCORES = np.array([7.0, 7, 6, 5, 2])


def _plain_wald(votes: Votes) -> tuple[float, float]:
    """What most tools print."""
    p, d = votes.promoters / votes.n, votes.detractors / votes.n
    half = 1.96 * ((p + d - (p - d) ** 2) / votes.n) ** 0.5
    return 100 * (p - d - half), 100 * (p - d + half)


@pytest.mark.parametrize(("votes", "said"), VOTES.items())
def test_the_adjusted_wald_interval(votes: tuple[int, int, int], said: tuple[float, float, float]) -> None:
    found = Votes(*votes).nps
    assert (found.value, found.low, found.high) == pytest.approx(said, abs=0.05)


@pytest.mark.parametrize("votes", [(5, 3, 2), (10, 0, 0), (60, 25, 15)])
def test_the_plain_wald_interval_would_be_seen(votes: tuple[int, int, int]) -> None:
    """The twin."""
    assert _plain_wald(Votes(*votes)) != pytest.approx(VOTES[votes][1:], abs=0.05)


@pytest.mark.parametrize(("counts", "said"), SHARES.items())
def test_rates_are_those_of_wilson(counts: tuple[int, int], said: tuple[float, float]) -> None:
    found = wilson(*counts)
    assert (found.low, found.high) == pytest.approx(said, abs=5e-5)


def _waves() -> Change:
    one, two = Votes(110, 60, 50), Votes(70, 60, 70)
    v1, v2 = (variance_of(of.promoters - of.detractors, of.promoters + of.detractors, of.n) for of in (one, two))
    return two_waves(60 / 220, v1, 220, 0.0, v2, 200)


def _z() -> float:
    found = _waves().difference
    return found.value * 1.959963984540054 / (found.high - found.value)


CASES: list[Case] = [
    ("z of two waves", _z, 3.39120, 3.30590),  # the twin forgets (p − d)²
    ("variance of one wave", lambda: variance_of(45.0, 75.0, 100), 0.75 - 0.45**2, 0.75),
    ("CES mean", lambda: mean_of(27, 163, 5, 1, 7).value, 5.4, 5.0),
    ("t interval of 5", lambda: mean_of(27, 163, 5, 1, 7).low, 5.4 - 2.7764451 * 0.86**0.5, 5.4 - 1.959964 * 0.86**0.5),
    ("Newcombe low", lambda: difference(56, 70, 48, 80).difference.low, 0.0524, 0.0575),
    ("Newcombe high", lambda: difference(56, 70, 48, 80).difference.high, 0.3339, 0.3425),
]  # fmt: skip


@pytest.mark.parametrize(("measured", "value"), twins(CASES))
def test_by_hand(measured: Callable[[], float], value: float) -> None:
    assert measured() == pytest.approx(value, abs=6e-5)


def test_promoters_passives_detractors_by_their_edges() -> None:
    scores = np.array([0, 6, 6.9, 7, 8, 8.9, 9, 10])
    assert votes_of(scores) == Votes(2, 3, 3)
    assert leaning(scores).mean() == pytest.approx(votes_of(scores).nps.value)


@pytest.mark.parametrize(
    ("question", "top"),
    [
        (Question("csat", 1, 5), 4),
        (Question("ces", 1, 7), 6),
        (Question("csat", 0, 1), 1),
        (Question("csat", 0, 100), 80),
        (Question("rating", 1, 3), 3),
    ],
)
def test_the_best_answers_of_each_scale(question: Question, top: float) -> None:
    assert question.top == top


def test_ces_counts_the_two_best_boxes() -> None:
    question = Question("ces", 1, 7)
    assert question.best(SCORES).sum() == 3
    assert Question("ces", 1, 5).best(SCORES).sum() == 4  # another scale is another question


def test_nothing_is_not_zero() -> None:
    assert isnan(Votes(0, 0, 0).nps.value)
    assert isnan(mean_of(0, 0, 0, 1, 5).value)
    one = mean_of(4.0, 16.0, 1, 1, 5)
    assert one.value == 4.0
    assert isnan(one.low)
    assert not UNKNOWN.shown


def test_holm_holds_what_chance_makes_of_many() -> None:
    ps = [0.01, float("nan"), 0.02, 0.04]
    held = of_many([Change(UNKNOWN.difference, p) for p in ps])
    assert [each.p_of_many for each in held] == pytest.approx([0.03, float("nan"), 0.04, 0.04], nan_ok=True)
    assert [each.shown for each in held] == [True, False, True, True]
    assert [each.shown for each in of_many([Change(UNKNOWN.difference, p) for p in (0.03, 0.04)])] == [False, False]


def test_no_difference_is_no_difference() -> None:
    assert two_waves(0.3, 0.0, 10, 0.3, 0.0, 10) == Change(Interval(0, 0, 0), 1.0)
    assert two_waves(1.0, 0.0, 10, -1.0, 0.0, 10).p == 0.0
    assert from_draws(float("nan"), np.zeros(9)) == UNKNOWN
