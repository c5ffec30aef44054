"""Why a renewal is at risk: the factors that pull its score furthest below what is usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Health
from sabai.proof.past import Past

MOST = 3
LEAST = 0.5  # points of the score: what costs less is no reason


@dataclass(frozen=True, slots=True)
class Reason:
    """`points` of the factor where `usual` ones are the mean of all customers; it `costs` so many points of the score.

    Deductions have neither: they are what they cost.
    """

    factor: str
    points: float | None
    usual: float | None
    costs: float


def reasons(now: Past, health: Health, most: int = MOST) -> dict[int, tuple[Reason, ...]]:
    """account → what costs its score most, the worst first; `now` has the rows of one date. None for young accounts:
    their score is milestones reached."""
    if not len(now) or not now.points:
        return {}
    weights = np.array([factor.weight for factor in health.factors])
    points = np.stack([now.points[factor.name] for factor in health.factors], axis=1)
    known = ~np.isnan(points)
    usual = np.nan_to_num(points).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    whole = np.maximum((known * weights).sum(axis=1, keepdims=True), 1e-12)
    costs = np.where(known, weights * (usual - np.nan_to_num(points)) / whole, 0.0)
    found = {}
    for row in np.flatnonzero(~now.young & ~np.isnan(now.score)).tolist():
        told = [
            Reason(factor.name, float(points[row, at]), float(usual[at]), float(costs[row, at]))
            for at, factor in enumerate(health.factors)
        ]
        told.append(Reason("deductions", None, None, float(-now.deducted[row])))
        worst = sorted((each for each in told if each.costs >= LEAST), key=lambda each: -each.costs)
        found[int(now.account[row])] = tuple(worst[:most])
    return found
