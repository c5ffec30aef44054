"""Calibration from end to end on a past whose truth was planted."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sabai.metrics.grid import Floats
from sabai.proof.calibration import Calibration, calibrate
from sabai.proof.past import Past
from sabai.proof.ranking import auc
from tests.proof.made_past import HORIZON, halves, made_health, made_past
from tests.proof.test_weights import shuffled

TRUTH = {"logins": 1.5, "seats": 1.0, "tickets": 0.5, "payment": 0.25, "noise": 0.0, "more": 0.0}
SAME = dict.fromkeys(TRUTH, 1.0)


def calibrated(past: Past, hand: dict[str, float] = SAME, draws: int = 200) -> Calibration:
    before, after = halves(past)
    return calibrate(past.only(before), past.only(after), "notice", HORIZON, made_health(hand), seed=1, draws=draws)


@cache
def large() -> tuple[Past, Floats, Calibration]:
    past, logit = made_past(20_000, 10, TRUTH)
    return past, logit, calibrated(past)


def close(shares: dict[str, float], found: float, truth: float) -> None:
    for name, weight in TRUTH.items():
        assert shares[name] == pytest.approx(weight / sum(TRUTH.values()), abs=0.02), name
    assert found == pytest.approx(truth, abs=0.02)


def judged(past: Past, logit: Floats) -> float:
    _, after = halves(past)
    return auc(past.only(after).leaves("notice", HORIZON), logit[after])


def test_planted_truth_is_found_within_two_hundredths() -> None:
    past, logit, found = large()
    shares = {name: share.value for name, share in found.learned.shares.items()}
    close(shares, found.learned_auc.value, judged(past, logit))
    assert found.verdict.word == "adopt"
    assert found.sentence.startswith("Adopt")
    assert found.gain.value == pytest.approx(found.learned_auc.value - found.hand_auc.value)
    assert found.learned.churned > found.enough.needed_churned
    assert found.learned.not_proven == ("noise", "more")


def test_twin_hand_weights_are_not_the_truth() -> None:
    past, logit, found = large()
    with pytest.raises(AssertionError):
        close(dict.fromkeys(TRUTH, 1 / 6), found.learned_auc.value, judged(past, logit))
    with pytest.raises(AssertionError):
        close(
            {name: share.value for name, share in found.learned.shares.items()},
            found.hand_auc.value,
            judged(past, logit),
        )


def test_hand_weights_that_are_true_are_kept() -> None:
    past, _ = made_past(1500, 10, TRUTH)
    hand = sum(past.points[name] * weight for name, weight in TRUTH.items()) / sum(TRUTH.values())
    found = calibrated(replace(past, score=hand), TRUTH)
    assert found.verdict.word == "keep yours"
    assert abs(found.gain.value) < 0.02


def test_shuffled_labels_foretell_nothing() -> None:
    past, _ = made_past(1500, 8, TRUTH)
    found = [calibrated(shuffled(past, seed)) for seed in range(6)]
    assert np.nanmean([each.learned_auc.value for each in found]) == pytest.approx(0.5, abs=0.03)
    assert sum(each.verdict.word == "adopt" for each in found) <= 1  # one of forty is to be expected


def test_few_that_left_are_not_enough_evidence() -> None:
    past, _ = made_past(400, 8, TRUTH, base=-5.5)
    found = calibrated(past)
    assert 0 < found.churned < 30
    assert found.verdict.word == "keep yours"
    assert "not enough evidence" in found.sentence
    assert not found.enough.there_is


def test_months_that_judge_without_leavers_say_so() -> None:
    past, _ = made_past(400, 8, TRUTH)
    _, after = halves(past)
    found = calibrated(replace(past, notice_in=np.where(after, np.inf, past.notice_in)))
    assert found.churned == 0
    assert np.isnan(found.learned_auc.value)
    assert found.verdict.word == "keep yours"


def test_weights_that_nobody_can_learn_are_not_compared() -> None:
    """Every factor unknown but one, which speaks for leaving: no weight is left."""
    past, _ = made_past(600, 8, {"logins": -1.0, "seats": 0.0})
    found = calibrated(
        replace(past, points={**past.points, "seats": np.full(len(past), np.nan)}), {"logins": 1, "seats": 1}
    )
    assert found.learned.whole == {"logins": 0, "seats": 0}
    assert found.rows == 0
    assert found.verdict.word == "keep yours"
