"""Curves of retention: the published fits of Fader and Hardie, closed forms, and twins that must fail."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from sabai.value.curve import Curve, residual, shifted
from sabai.value.curve_fit import Renewals, fit_curve, log_likelihood
from tests.tries import tries

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
AT_12 = np.array([12])


@pytest.mark.parametrize(
    ("survivors", "model", "parameters", "level", "at_12"),
    [
        (HIGH_END, "sbg", (0.668, 3.806), -1611.158, 0.3780),
        (REGULAR, "sbg", (0.7041, 1.1820), -1680.265, 0.1700),
        (HIGH_END, "bdw", (0.2143, 1.4266, 1.7236), -1605.314, 0.4039),
        (REGULAR, "bdw", (0.4556, 0.7793, 1.2835), -1679.603, 0.1773),
    ],
)
def test_fits_are_the_published_ones(survivors, model, parameters, level, at_12) -> None:
    found = fit_curve(Renewals.of_survivors(survivors), model)
    assert found.curve.values == pytest.approx(parameters, abs=1e-3)
    assert found.fit.log_likelihood == pytest.approx(level, abs=1e-3)
    assert found.curve.survival(AT_12)[0] == pytest.approx(at_12, abs=1e-3)
    assert found.notices == ()


def test_other_data_and_a_misprint_are_seen() -> None:
    """A library's test lists .688 for Regular: a misprint of High End's .668."""
    regular, high_end = (Renewals.of_survivors(of) for of in (REGULAR, HIGH_END))
    assert fit_curve(regular, "sbg").curve.values[0] != pytest.approx(0.688, abs=1e-3)
    assert fit_curve(high_end, "sbg").curve.values[0] != pytest.approx(0.688, abs=1e-3)
    assert log_likelihood(Curve("sbg", (0.688, 1.182)), regular) != pytest.approx(-1680.265, abs=1e-3)
    slipped = Renewals.of_survivors([1000, 631, 468, 382, 326, 289, 262, 214])
    assert fit_curve(slipped, "sbg").curve.values != pytest.approx((0.7041, 1.1820), abs=1e-3)


@pytest.mark.parametrize(
    ("parameters", "lifetime", "first", "fifth"),
    [((0.7041, 1.1820), 3.695, 2.9644, 5.8941), ((0.668, 3.806), 5.922, 5.4145, 6.8967)],
)
def test_discounted_lifetimes_are_the_published_ones(parameters, lifetime, first, fifth) -> None:
    curve = Curve("sbg", parameters)
    assert curve.lifetime(0.1) == pytest.approx(lifetime, abs=1e-3)
    assert curve.residual(np.array([1, 5]), 0.1) == pytest.approx([first, fifth], abs=1e-3)
    assert curve.residual(np.array([1, 5]), 0.11) != pytest.approx([first, fifth], abs=1e-3)


@tries(10)
@given(st.floats(0.05, 20), st.floats(0.05, 50), st.floats(0.01, 0.5), st.integers(1, 30))
def test_the_closed_form_is_the_sum(a: float, b: float, discount: float, paid: int) -> None:
    curve = Curve("sbg", (a, b))
    far = curve.retention(np.arange(1, paid + int(40 / discount)))
    closed = (b + paid - 1) / (a + b + paid - 1) * hyp2f1(1, b + paid, a + b + paid, 1 / (1 + discount))
    assert curve.residual(np.array([paid]), discount)[0] == pytest.approx(closed, rel=1e-6)
    assert residual(far, discount)[paid - 1] == pytest.approx(closed, rel=1e-6)
    assert Curve("bdw", (a, b, 1.0)).residual(np.array([paid]), discount)[0] == pytest.approx(closed, rel=1e-6)


def test_one_churn_would_be_wrong_for_regular() -> None:
    """A rate drawn through the seventh year projects .087 at year 12, its maximum likelihood .046; .173 was seen."""
    seen = Renewals.of_survivors(REGULAR)
    drawn, likeliest = Curve("naive", (0.241 ** (1 / 7),)), Curve("naive", (seen.rate,))
    assert drawn.survival(AT_12)[0] == pytest.approx(0.087, abs=1e-3)
    assert likeliest.survival(AT_12)[0] == pytest.approx(0.046, abs=1e-3)
    assert abs(fit_curve(seen, "sbg").curve.survival(AT_12)[0] - 0.173) < 0.01


def test_bdw_only_from_five_renewals_on() -> None:
    assert fit_curve(Renewals.of_survivors(HIGH_END[:5])).curve.model == "sbg"
    assert fit_curve(Renewals.of_survivors(HIGH_END[:6])).curve.model == "bdw"
    assert fit_curve(Renewals.of_survivors([12, 11, 11, 10, 8, 7])).curve.model != "bdw"


def test_what_cannot_be_fitted_falls_back_and_says_so() -> None:
    steady = fit_curve(Renewals.of_survivors([1000, 900, 810, 729, 656, 590, 531]))
    assert steady.curve.model == "naive"
    assert steady.curve.values[0] == pytest.approx(0.9, abs=1e-3)
    assert [notice.partition(":")[0] for notice in steady.notices] == ["bdw", "sbg"]
    assert all("fell back" in notice for notice in steady.notices)
    nobody_left = fit_curve(Renewals.of_survivors([50, 50, 50]))
    assert (nobody_left.curve.model, nobody_left.curve.values) == ("naive", (1.0,))


def test_censored_cohorts_count_at_the_renewals_that_they_came_to() -> None:
    both = Renewals(np.array([300, 100]), np.array([240, 90]))
    by_hand = 240 * np.log(0.8) + 60 * np.log(0.2) + 90 * np.log(0.9) + 10 * np.log(0.1)
    a, b = 1 / 4 * 4 * 1.0, 4.0  # r(1) = b / (a + b) = .8
    told = log_likelihood(Curve("sbg", (a, b)), Renewals(both.asked[:1], both.renewed[:1]))
    assert told == pytest.approx(by_hand - 90 * np.log(0.9) - 10 * np.log(0.1), abs=1e-9)
    assert both.rate == 330 / 400


def test_a_point_of_retention_is_worth_more_the_better_it_is_already() -> None:
    poor, good = Curve("naive", (0.7,)), Curve("naive", (0.9,))
    gains = [shifted(each, 0.01, 12, 0.1)[0] - shifted(each, 0, 12, 0.1)[0] for each in (poor, good)]
    assert gains[1] > gains[0] > 0
    monthly = Curve("naive", (0.9 ** (1 / 12),))
    assert shifted(monthly, 0.05, 1, 0.01)[0] == pytest.approx(
        residual(np.full(5000, 0.95 ** (1 / 12)), 0.01)[0], rel=1e-9
    )
