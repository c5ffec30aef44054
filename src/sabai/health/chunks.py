"""Scores of many accounts, run of accounts by run of accounts, against one frozen reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.health.bands import banded
from sabai.health.reference import merge, notices, take_cut, take_reference
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats, Grid, joined


def score_chunks(grids: Iterable[Grid], definitions: Definitions) -> tuple[Scores, tuple[Issue, ...]]:
    """The scores of all accounts, and what the reference could not supply. The order of runs does not matter."""
    held = list(grids)
    health = definitions.health
    reference = merge(take_reference(grid, health) for grid in held)
    scored = [score_grid(grid, health, reference, None) for grid in held]
    cut = take_cut(scored, health)
    whole = banded(_joined(scored), health.bands, cut)
    return whole, notices(reference, cut, definitions)


def _joined(parts: Sequence[Scores]) -> Scores:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]

    def all_of(name: str) -> Floats:
        return np.concatenate([getattr(part, name) for part in parts])

    def each_of(name: str) -> dict[str, Floats]:
        return {key: np.concatenate([getattr(part, name)[key] for part in parts]) for key in getattr(first, name)}

    return Scores(
        grid=joined([part.grid for part in parts]),
        points=each_of("points"),
        contributions=each_of("contributions"),
        deductions=each_of("deductions"),
        floor=all_of("floor"),
        score=all_of("score"),
        coverage=all_of("coverage"),
        young=all_of("young"),
        raw_band=all_of("raw_band"),
        band=all_of("band"),
        cut=first.cut,
    )
