"""From points to the score: weights over what is known, deductions, and the cut at 0 and 100, each kept as added."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Health
from sabai.health.bands import banded
from sabai.health.deductions import deductions_of
from sabai.health.points import points_of
from sabai.health.reference import Reference
from sabai.health.scores import BANDS, Scores
from sabai.health.young import is_young, milestone_contributions
from sabai.metrics.grid import Floats, Grid

_NOISE = 1e-9  # a sum of weights that misses its whole number by less says nothing


def score_grid(grid: Grid, health: Health, reference: Reference, cut: tuple[float, float] | None) -> Scores:
    """Every account at every date of `grid`, which may be a chunk of the accounts; see `Scores` for the sum that holds.

    Points are stated for young accounts too (what they would count for once grown), but add nothing yet. Contributions,
    deductions and floor are NaN where there is no score: not a customer, or too little known. `cut` None, for
    `take_cut` of these scores and then `banded`, leaves every band unknown.
    """
    young = is_young(grid, health)
    points = points_of(grid, health, reference)
    coverage = _coverage(points, health, grid.alive, young)
    scored = (coverage > 0) & (coverage + _NOISE >= health.needs_coverage)
    contributions = _contributions(points, health, np.where(scored & ~young, coverage, np.nan))
    contributions |= milestone_contributions(grid, health, young)
    deductions = deductions_of(grid, health, scored, young)
    raw = _add(contributions, scored) + _add(deductions, scored)
    score, floor = _cut_off(raw)
    unknown = np.full(young.shape, BANDS.index("unknown"), dtype=np.int8)
    no_cut = (np.nan, np.nan)
    scores = Scores(
        grid, points, contributions, deductions, floor, score, coverage, young, unknown, unknown.copy(), no_cut
    )
    return banded(scores, health.bands, cut) if cut else scores


def _cut_off(raw: Floats) -> tuple[Floats, Floats]:
    """The score within 0-100, and what that added or took."""
    score = np.clip(raw, 0.0, 100.0)
    return score, np.where(np.abs(score - raw) <= _NOISE, 0.0, score - raw)


def _coverage(
    points: Mapping[str, Floats], health: Health, alive: NDArray[np.bool_], young: NDArray[np.bool_]
) -> Floats:
    """The share of weight that is known, 0-1; 1 for young accounts, NaN where there is no customer or no weight."""
    known = np.zeros(alive.shape)
    for factor in health.factors:
        known += factor.weight * ~np.isnan(points[factor.name])
    weight = sum(factor.weight for factor in health.factors)
    share = known / weight if weight else np.full(alive.shape, np.nan)
    return np.where(alive, np.where(young, 1.0, share), np.nan)


def _contributions(points: Mapping[str, Floats], health: Health, coverage: Floats) -> dict[str, Floats]:
    """weight × points / Σ known weights; NaN where the factor or the coverage is."""
    per_weight = 1 / (coverage * sum(factor.weight for factor in health.factors))
    return {factor.name: points[factor.name] * per_weight * factor.weight for factor in health.factors}


def _add(lines: Mapping[str, Floats], scored: NDArray[np.bool_]) -> Floats:
    """The sum of what is known, NaN where there is no score."""
    total = np.where(scored, 0.0, np.nan)
    for values in lines.values():
        total += np.where(np.isnan(values), 0.0, values)
    return total
