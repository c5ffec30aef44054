"""The sample size of Riley et al. 2019, and what is said about it."""

from __future__ import annotations

import pytest

from sabai.proof.enough import cox_snell, judged, sample_size


def reference(r_squared: float, rows: int, churned: int) -> None:
    assert r_squared == pytest.approx(0.0717, abs=5e-5)
    assert (rows, churned) == (964, 96)


def test_the_published_case() -> None:
    enough = judged(8, 0.1, churned=96)
    reference(cox_snell(0.1, 0.15), enough.needed, enough.needed_churned)


@pytest.mark.parametrize(("weights", "base_rate"), [(9, 0.1), (8, 0.09)])
def test_twin_another_case_is_refused(weights: int, base_rate: float) -> None:
    enough = judged(weights, base_rate, churned=96)
    with pytest.raises(AssertionError):
        reference(cox_snell(base_rate, 0.15), enough.needed, enough.needed_churned)


def test_more_weights_ask_for_more_and_less_shrinkage_too() -> None:
    assert sample_size(16, 0.1) == pytest.approx(2 * sample_size(8, 0.1), abs=1)
    assert sample_size(8, 0.1, shrinkage=0.95) > 2 * sample_size(8, 0.1)


@pytest.mark.parametrize(("churned", "there_is"), [(95, False), (96, True)])
def test_what_is_needed_is_enough(churned: int, there_is: bool) -> None:
    enough = judged(8, 0.1, churned)
    assert enough.there_is is there_is
    assert ("fewer factors" in enough.sentence) is not there_is
    assert f"there are {churned}" in enough.sentence
