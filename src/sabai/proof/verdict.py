"""Whether learned weights should take the place of those in the definitions: one of three words, and why."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np

from sabai.proof.draws import Drawn

FEWEST_CHURNED = 30
LIKELY = 0.8  # the share of draws that must be better before a gain is called likely

Word = Literal["adopt", "promising", "keep yours"]


@dataclass(frozen=True, slots=True)
class Verdict:
    word: Word
    sentence: str


def verdict(gain: Drawn, churned: int) -> Verdict:
    """By the paired `gain` in AUC on rows that the weights never saw, in which `churned` accounts left.

    >>> verdict(Drawn(0.02, np.linspace(0.01, 0.03, 99)), churned=12).sentence
    'Keep yours: 12 accounts left in the months that judge, which is not enough evidence; it takes 30.'
    """
    if churned < FEWEST_CHURNED:
        left = f"{churned} account{'' if churned == 1 else 's'} left in the months that judge"
        return Verdict("keep yours", f"Keep yours: {left}, which is not enough evidence; it takes {FEWEST_CHURNED}.")
    if isnan(gain.value):
        return Verdict("keep yours", "Keep yours: the past supports no weights that could be compared with them.")
    return _compared(gain, churned)


def _compared(gain: Drawn, churned: int) -> Verdict:
    span = f"AUC {gain.value:+.3f}, 95% interval {gain.interval.low:+.3f} to {gain.interval.high:+.3f}"
    known = gain.draws[~np.isnan(gain.draws)]
    if gain.interval.low > 0:
        on = f"on {churned} churned accounts that they never saw"
        return Verdict("adopt", f"Adopt: {on}, the learned weights put more of them first ({span}).")
    if np.mean(known > 0) >= LIKELY:
        return Verdict("promising", f"Promising: the learned weights are likely better, but it is not shown ({span}).")
    if gain.interval.high < 0:
        return Verdict("keep yours", f"Keep yours: they foretell better than the learned ones ({span}).")
    return Verdict("keep yours", f"Keep yours: nothing shows that the learned weights are better ({span}).")
