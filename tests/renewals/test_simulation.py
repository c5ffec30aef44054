"""Intervals hold what comes as often as they say, where customers move together."""

from __future__ import annotations

import pytest

from benchmarks.renewal_simulation import coverage


def test_without_the_shock_intervals_are_far_too_narrow() -> None:
    found = coverage(renewals=60, tau=1.0, quarters=25, ways=("each alone", "true τ"))
    assert found["each alone"][0.9] < 0.65
    assert found["true τ"][0.9] > 0.8


@pytest.mark.long
def test_at_a_half_independent_intervals_cover_less_than_half_of_their_promise() -> None:
    found = coverage(renewals=300, tau=0.5, quarters=400)
    assert found["each alone"][0.9] < 0.55
    assert 0.85 <= found["true τ"][0.9] <= 0.95
    assert 0.85 <= found["estimated τ"][0.9] <= 0.97
