"""Three verdicts, and the edges between them."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.intervals import Interval
from sabai.proof.draws import Drawn
from sabai.proof.verdict import verdict

SURELY = Interval(0.7, 0.6, 0.8)  # the AUC of the learned weights themselves


def gain(low: float, high: float) -> Drawn:
    return Drawn((low + high) / 2, np.linspace(low, high, 1001))


@pytest.mark.parametrize(
    ("low", "high", "churned", "word", "says"),
    [
        (0.001, 0.05, 30, "adopt", "30 churned accounts"),
        (0.001, 0.05, 29, "keep yours", "not enough evidence"),
        (0.001, 0.05, 0, "keep yours", "0 accounts left"),
        (0.001, 0.05, 1, "keep yours", "1 account left"),
        (-0.01, 0.05, 30, "promising", "not shown"),
        (-0.01, 0.03, 30, "keep yours", "nothing shows"),
        (-0.02, -0.01, 500, "keep yours", "foretell better"),
    ],
)
def test_each_word_has_its_case(low: float, high: float, churned: int, word: str, says: str) -> None:
    said = verdict(gain(low, high), churned, SURELY)
    assert said.word == word
    assert says in said.sentence
    assert said.sentence.endswith(".")


def test_four_draws_in_five_are_likely() -> None:
    assert verdict(Drawn(0.01, np.array([0.1] * 8 + [-0.1] * 2)), 50, SURELY).word == "promising"
    assert verdict(Drawn(0.01, np.array([0.1] * 79 + [-0.1] * 21)), 50, SURELY).word == "keep yours"


def test_a_gain_that_is_unknown_is_none() -> None:
    unknown = Drawn(float("nan"), np.full(9, np.nan))
    assert verdict(unknown, 50, SURELY).word == "keep yours"
    assert "no weights" in verdict(unknown, 50, SURELY).sentence


COIN = Interval(0.554, 0.477, 0.637)  # RavenStack, whose churn was drawn by lot: hand weights there have AUC .481


@pytest.mark.parametrize(("low", "high", "word"), [(0.001, 0.15, "adopt"), (-0.01, 0.15, "promising")])
@pytest.mark.parametrize(
    ("learned", "beats"),
    [(SURELY, True), (COIN, False), (Interval(0.6, 0.5, 0.7), False), (Interval(0.6, 0.501, 0.7), True)],
)
def test_better_than_worse_than_a_coin_is_nothing_to_adopt(
    low: float, high: float, word: str, learned: Interval, beats: bool
) -> None:
    said = verdict(gain(low, high), 78, learned)
    assert said.word == (word if beats else "keep yours")
    assert ("beat a coin" in said.sentence) is not beats


def test_the_coin_is_named_with_its_interval() -> None:
    assert "(AUC 0.554, 95% interval 0.477 to 0.637)" in verdict(gain(-0.01, 0.15), 78, COIN).sentence


def test_where_nothing_is_gained_the_coin_is_not_asked() -> None:
    assert "nothing shows that the learned weights are better" in verdict(gain(-0.02, 0.02), 78, COIN).sentence
