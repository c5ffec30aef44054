"""What health says of every account at every as-of date; NaN in memory is unknown, and null on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats, Grid

BANDS = ("healthy", "at_risk", "unhealthy", "unknown")


@dataclass(frozen=True, slots=True)
class Scores:
    """Every array has shape (accounts, as_of) of `grid`.

    Where the score is known: score = Σ contributions + Σ deductions + floor, to 1e-9.
    `contributions[factor]` = weight × points / Σ known weights (NaN where the factor is unknown, which adds nothing);
    `deductions[name]` is ≤ 0 (the cap shared out in proportion); `floor` is what a cut at 0 or 100 added or took.
    An account in its onboarding has `young` true, and its score is milestones reached: `contributions` of milestones
    stand under "milestone.<name>". `band` indexes BANDS, after holding; `raw_band` before it.
    """

    grid: Grid
    points: Mapping[str, Floats]
    contributions: Mapping[str, Floats]
    deductions: Mapping[str, Floats]
    floor: Floats
    score: Floats
    coverage: Floats
    young: NDArray[np.bool_]
    raw_band: NDArray[np.int8]
    band: NDArray[np.int8]
    cut: tuple[float, float]  # healthy from, at risk from
