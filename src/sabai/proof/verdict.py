"""Whether learned weights should take the place of those in the definitions: one of three words, and why."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np

from sabai.intervals import Interval
from sabai.proof.draws import Drawn

FEWEST_CHURNED = 30
COIN = 0.5
LIKELY = 0.8  # the share of draws that must be better before a gain is called likely

Word = Literal["adopt", "promising", "keep yours"]


@dataclass(frozen=True, slots=True)
class Verdict:
    word: Word
    sentence: str


def verdict(gain: Drawn, churned: int, learned: Interval) -> Verdict:
    """By the paired `gain` in AUC on rows that the weights never saw, in which `churned` accounts left.

    A gain is none where the AUC of the `learned` weights itself may well be one half: better than worse than a coin is
    nothing to adopt.

    >>> verdict(Drawn(0.02, np.linspace(0.01, 0.03, 99)), churned=12, learned=Interval(0.7, 0.6, 0.8)).sentence
    'Keep yours: 12 accounts left in the months that judge, which is not enough evidence; it takes 30.'
    """
    if churned < FEWEST_CHURNED:
        left = f"{churned} account{'' if churned == 1 else 's'} left in the months that judge"
        return Verdict("keep yours", f"Keep yours: {left}, which is not enough evidence; it takes {FEWEST_CHURNED}.")
    if isnan(gain.value):
        return Verdict("keep yours", "Keep yours: the past supports no weights that could be compared with them.")
    return _compared(gain, churned, learned)


def _compared(gain: Drawn, churned: int, learned: Interval) -> Verdict:
    span = f"AUC {gain.value:+.3f}, 95% interval {gain.interval.low:+.3f} to {gain.interval.high:+.3f}"
    likely = np.mean(gain.draws[~np.isnan(gain.draws)] > 0) >= LIKELY
    if (gain.interval.low > 0 or likely) and not learned.low > COIN:
        coin = f"AUC {learned.value:.3f}, 95% interval {learned.low:.3f} to {learned.high:.3f}"
        return Verdict("keep yours", f"Keep yours: nothing shows that the learned weights beat a coin ({coin}).")
    if gain.interval.low > 0:
        on = f"on {churned} churned accounts that they never saw"
        return Verdict("adopt", f"Adopt: {on}, the learned weights put more of them first ({span}).")
    if likely:
        return Verdict("promising", f"Promising: the learned weights are likely better, but it is not shown ({span}).")
    if gain.interval.high < 0:
        return Verdict("keep yours", f"Keep yours: they foretell better than the learned ones ({span}).")
    return Verdict("keep yours", f"Keep yours: nothing shows that the learned weights are better ({span}).")
