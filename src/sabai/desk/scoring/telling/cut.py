"""Scores of a few dates with accounts in the order of their ids, so that each is found at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sabai.health.scores import Scores
from sabai.metrics.grid import Floats, Places


def cut(scores: Scores, columns: Places) -> Scores:
    """The scores at these columns; those of a store stand bucket by bucket."""
    few = scores.at(columns)
    order = np.array(sorted(range(len(few.grid.accounts)), key=few.grid.accounts.__getitem__), dtype=np.int64)
    grid = replace(
        few.grid,
        accounts=tuple(few.grid.accounts[row] for row in order),
        values=_taken(few.grid.values, order),
        alive=few.grid.alive[order],
        tenure_days=few.grid.tenure_days[order],
        segment=few.grid.segment[order],
    )
    return replace(
        few,
        grid=grid,
        points=_taken(few.points, order),
        contributions=_taken(few.contributions, order),
        deductions=_taken(few.deductions, order),
        floor=few.floor[order],
        score=few.score[order],
        coverage=few.coverage[order],
        young=few.young[order],
        raw_band=few.raw_band[order],
        band=few.band[order],
        standing=None,
    )


def _taken(arrays: Mapping[str, Floats], order: Places) -> dict[str, Floats]:
    return {name: of[order] for name, of in arrays.items()}
