"""The score that rows of the past would have had with other weights, as the product itself would have added it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sabai.definitions.model import Health
from sabai.metrics.grid import Floats
from sabai.proof.past import Past

_NOISE = 1e-9  # as in health/score.py: a sum of weights that misses its whole number by less says nothing


def rescored(past: Past, weights: Mapping[str, float], health: Health) -> Floats:
    """100 − score with these `weights` (factor →) in place of those of `health`, shape (rows,); NaN where unknown.

    Young accounts keep their score: it is milestones reached. A row without a score under the weights of `health` has
    no deductions on it in the past, so where only these weights know enough of it, the score lacks them.
    """
    known, total = np.zeros(len(past)), np.zeros(len(past))
    for name, weight in weights.items():
        points = past.points[name]
        known += weight * ~np.isnan(points)
        total += weight * np.nan_to_num(points)
    whole = sum(weights.values())
    enough = (known > 0) & (known + _NOISE * whole >= health.needs_coverage * whole)
    score = np.divide(total, known, out=np.full(len(past), np.nan), where=enough)
    return 100 - np.where(past.young, past.score, np.clip(score + past.deducted, 0, 100))
