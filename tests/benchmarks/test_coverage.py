"""The simulation that counts coverage: histories are as said, and drawing rows is too sure of itself."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.coverage_simulation import WINDOW, coverage, history, intervals


def test_each_leaving_is_seen_from_the_months_of_its_window() -> None:
    seen = history(2_000, np.random.default_rng(1))
    left = np.bincount(seen.account, seen.y)
    assert left.max() == WINDOW
    assert (left[left > 0] == WINDOW).mean() > 0.7  # the others left soon after the first month, or after the last
    assert 0.03 < seen.y.mean() < 0.12


def test_whole_accounts_give_wider_intervals_than_rows() -> None:
    seen = history(300, np.random.default_rng(1))
    rows = np.arange(len(seen.y), dtype=np.int32)
    whole, single = (dict(intervals(seen, drawn, 300, seed=1)) for drawn in (seen.account, rows))
    assert whole.keys() == single.keys()
    for name in ("AUC", "churn, healthy", "churn, unhealthy", "trend"):
        ratio = (whole[name].high - whole[name].low) / (single[name].high - single[name].low)
        assert 1.15 < ratio < 2


@pytest.mark.parametrize(("auc", "held"), [(0.707, 0.7), (0.9, 0.0)])
def test_a_truth_is_held_and_an_untruth_is_not(auc: float, held: float) -> None:
    true = {"AUC": auc, "churn, healthy": 0.038, "churn, at_risk": 0.088, "churn, unhealthy": 0.167,
            "unhealthy ÷ healthy": 4.43, "trend": 0.062}  # fmt: skip
    share, _ = coverage(60, 10, true)["AUC"]
    assert share >= held
    assert (share == 0) == (held == 0)
