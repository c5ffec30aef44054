"""Three verdicts, and the edges between them."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.proof.draws import Drawn
from sabai.proof.verdict import verdict


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
    said = verdict(gain(low, high), churned)
    assert said.word == word
    assert says in said.sentence
    assert said.sentence.endswith(".")


def test_four_draws_in_five_are_likely() -> None:
    assert verdict(Drawn(0.01, np.array([0.1] * 8 + [-0.1] * 2)), 50).word == "promising"
    assert verdict(Drawn(0.01, np.array([0.1] * 79 + [-0.1] * 21)), 50).word == "keep yours"


def test_a_gain_that_is_unknown_is_none() -> None:
    unknown = Drawn(float("nan"), np.full(9, np.nan))
    assert verdict(unknown, 50).word == "keep yours"
    assert "no weights" in verdict(unknown, 50).sentence
