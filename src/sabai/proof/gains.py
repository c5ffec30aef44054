"""How many of those who left one reaches by going through the rows from the worst score on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.metrics.grid import Floats
from sabai.proof.draws import Flags
from sabai.proof.prove import Proof


@dataclass(frozen=True, slots=True)
class Gains:
    """Points of a curve from (0, 0) to (1, 1): of the worst share of `rows`, the share of leavers `caught` in it.

    Rows of equal risk are one straight stretch: no order among them is better than another.
    """

    rows: Floats
    caught: Floats


def gains(y: Flags, risk: Floats) -> Gains:
    """`y` (rows,) says who left, `risk` (rows,) is higher for worse and known. Empty where nobody left.

    >>> gains(np.array([True, False, False, True]), np.array([0.9, 0.5, 0.1, 0.5])).caught.tolist()
    [0.0, 0.5, 1.0, 1.0]
    """
    if not y.any():
        return Gains(np.empty(0), np.empty(0))
    order = np.argsort(-risk, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(risk[order]) != 0, True))
    rows, caught = (ends + 1) / len(y), np.cumsum(y[order])[ends] / y.sum()
    return Gains(np.append(0.0, rows), np.append(0.0, caught))


def gains_of(proof: Proof) -> Gains:
    """Of the score, on the rows of a proof."""
    score = proof.replay.test.score
    return gains(proof.rows.y, 100 - score[~np.isnan(score)])
