"""Kaplan–Meier, log-rank, Cox and Schoenfeld against what is published and what lifelines says; twins must fail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import rankdata

from sabai.retention.survival.cox import Fit, fit
from sabai.retention.survival.kaplan_meier import kaplan_meier
from sabai.retention.survival.log_rank import log_rank
from sabai.retention.survival.proportional import drifts
from sabai.retention.survival.spans import Spans, spans

lifelines = pytest.importorskip("lifelines")

DAYS_6MP = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35])
LEFT_6MP = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
DAYS_PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23])
PUBLISHED_6MP = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
FACTORS = ("fin", "age", "race", "wexp", "mar", "paro", "prio")
PUBLISHED_ROSSI = (-0.3794, -0.0574, 0.3139, -0.1498, -0.4337, -0.0849, 0.0915)

Columns = dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]
Rossi = tuple[Any, Spans, Columns]


@pytest.fixture(scope="module")
def rossi() -> Rossi:
    from lifelines.datasets import load_rossi

    frame = load_rossi()
    columns = {name: frame[name].to_numpy(dtype=np.float64) for name in FACTORS}
    return frame, spans(frame["week"].to_numpy(), frame["arrest"].to_numpy() == 1), columns


@pytest.fixture(scope="module")
def fitted(rossi: Rossi) -> Fit:
    found = fit(*rossi[1:])
    assert found is not None
    return found


def test_6mp_leukaemia_is_as_published() -> None:
    curve = kaplan_meier(spans(DAYS_6MP, LEFT_6MP))
    assert dict(zip(curve.days.tolist(), curve.survival.round(3).tolist(), strict=True)) == PUBLISHED_6MP
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.median.value == 23


def test_6mp_twin_that_takes_the_censored_for_lost_fails() -> None:
    curve = kaplan_meier(spans(DAYS_6MP, np.ones(21, dtype=bool)))
    assert abs(curve.at(23).value - PUBLISHED_6MP[23]) > 0.1


def test_intervals_are_those_of_lifelines() -> None:
    curve = kaplan_meier(spans(DAYS_6MP, LEFT_6MP))
    theirs = lifelines.KaplanMeierFitter().fit(DAYS_6MP, LEFT_6MP).confidence_interval_.loc[curve.days].to_numpy()
    np.testing.assert_allclose(np.stack([curve.low, curve.high], axis=1), theirs, atol=1e-9)


def test_log_rank_of_6mp_against_placebo() -> None:
    """χ² = 16.79 (Freireich 1963, as in every textbook)."""
    both = spans(np.r_[DAYS_6MP, DAYS_PLACEBO], np.r_[LEFT_6MP, np.ones(21, dtype=bool)])
    found = log_rank(both, np.repeat([0, 1], 21))
    assert found is not None
    assert found.statistic == pytest.approx(16.793, abs=1e-3)
    assert found.p == pytest.approx(4.17e-5, rel=1e-2)
    shuffled = log_rank(both, np.arange(42) % 2)
    assert shuffled is not None
    assert shuffled.statistic < 3.84


def test_log_rank_of_three_groups_is_that_of_lifelines(rossi: Rossi) -> None:
    from lifelines.statistics import multivariate_logrank_test

    frame, watched, _ = rossi
    group = np.digitize(frame["prio"], [2, 5])
    theirs = multivariate_logrank_test(frame["week"], group, frame["arrest"])
    found = log_rank(watched, group)
    assert found is not None
    assert (found.groups, found.statistic) == (3, pytest.approx(theirs.test_statistic))


def test_rossi_is_as_published(fitted: Fit) -> None:
    np.testing.assert_allclose(fitted.coefficients, PUBLISHED_ROSSI, atol=1e-3)
    assert fitted.log_likelihood == pytest.approx(-658.7477, abs=1e-3)
    assert not fitted.held


def test_rossi_twin_that_leaves_out_the_censored_fails(rossi: Rossi) -> None:
    _, watched, columns = rossi
    gone = fit(watched.only(watched.left), {name: column[watched.left] for name, column in columns.items()})
    assert gone is not None
    assert abs(gone.log_likelihood + 658.7477) > 100
    assert np.abs(gone.coefficients - PUBLISHED_ROSSI).max() > 0.05


def test_schoenfeld_is_that_of_lifelines(rossi: Rossi, fitted: Fit) -> None:
    from lifelines import CoxPHFitter
    from lifelines.statistics import proportional_hazard_test
    from pandas import Series

    frame, watched, columns = rossi
    cox = CoxPHFitter().fit(frame, "week", "arrest")

    def ranks(times: Any, left: Any, weights: Any) -> Any:  # theirs tells apart those who left on one day by chance
        found = np.zeros(len(times))
        found[left.to_numpy() == 1] = rankdata(times[left == 1])
        return Series(found, index=times.index)

    theirs = proportional_hazard_test(cox, frame, time_transform=ranks).summary["p"]
    ours = drifts(watched, columns, fitted)
    assert [each.p for each in ours] == pytest.approx(theirs[list(FACTORS)].tolist(), abs=1e-6)
    assert {each.column for each in ours if each.p < 0.01} == {"age", "wexp"}  # as known of these data


def test_a_life_cut_in_two_says_the_same(rossi: Rossi, fitted: Fit) -> None:
    """Whoever enters late counts from then on: two halves of a life are one life."""
    _, watched, columns = rossi
    cut = 20.0
    later = watched.days > cut
    halves = spans(
        np.r_[np.minimum(watched.days, cut), watched.days[later]],
        np.r_[watched.left & ~later, watched.left[later]],
        np.r_[np.zeros(len(watched)), np.full(later.sum(), cut)],
    )
    both = {name: np.r_[column, column[later]] for name, column in columns.items()}
    again = fit(halves, both)
    assert again is not None
    np.testing.assert_allclose(again.coefficients, fitted.coefficients, atol=1e-6)
    pairs = zip(drifts(halves, both, again), drifts(watched, columns, fitted), strict=True)
    assert all(one.p == pytest.approx(other.p, abs=1e-6) for one, other in pairs)
    np.testing.assert_allclose(kaplan_meier(halves).survival, kaplan_meier(watched).survival)
    fin = np.r_[columns["fin"], columns["fin"][later]]
    one, other = log_rank(halves, fin), log_rank(watched, columns["fin"])
    assert one is not None
    assert other is not None
    assert one.statistic == pytest.approx(other.statistic)
