"""Points taken away while a condition holds: listed apart from the factors, and capped together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Health
from sabai.metrics.conditions import holds
from sabai.metrics.grid import Floats, Grid


def deductions_of(grid: Grid, health: Health, scored: NDArray[np.bool_], young: NDArray[np.bool_]) -> dict[str, Floats]:
    """What each deduction takes away, 0 or less, shape (accounts, as_of); NaN where there is no score to take it from.

    Above the cap, each gives up the same share. Young accounts lose nothing: their score is milestones reached.
    """
    asked = {
        deduction.name: np.where(holds(deduction.when, grid.values) & ~young, deduction.points, 0.0)
        for deduction in health.deductions
    }
    kept = _kept_share(asked, health.deduction_cap, scored.shape)
    return {name: np.where(scored, 0.0 - points * kept, np.nan) for name, points in asked.items()}


def _kept_share(asked: Mapping[str, Floats], cap: float, shape: tuple[int, ...]) -> Floats:
    together = sum(asked.values(), start=np.zeros(shape))
    return np.divide(cap, together, out=np.ones(shape), where=together > cap)
