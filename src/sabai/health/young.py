"""Young accounts: until they have the tenure that the definitions state, milestones reached are their score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Health
from sabai.metrics.conditions import holds
from sabai.metrics.grid import Floats, Grid

PREFIX = "milestone."


def is_young(grid: Grid, health: Health) -> NDArray[np.bool_]:
    """Customers below the tenure stated; shape (accounts, as_of). A start that is unknown is not young.

    Nobody is young where there are no milestones to reach.
    """
    if health.young is None or not health.young.milestones:
        return np.zeros_like(grid.alive)
    return np.asarray(grid.alive & (grid.tenure_days < health.young.until_days))


def milestone_contributions(grid: Grid, health: Health, young: NDArray[np.bool_]) -> dict[str, Floats]:
    """100 / number of milestones for each one reached, 0 for the others; NaN where the account is not young."""
    milestones = health.young.milestones if health.young else ()
    return {
        PREFIX + milestone.name: np.where(young, holds(milestone.when, grid.values) * (100 / len(milestones)), np.nan)
        for milestone in milestones
    }
