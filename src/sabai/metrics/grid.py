"""The grid: one number for each metric, account and as-of date; NaN in memory is unknown, and null on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """`values[metric]` has shape (accounts, as_of); `as_of` is ascending days since 1970-01-01, local to the workspace.

    `alive` says which cells speak of a customer at that date (started, not ended, not a prospect or test): only those
    are scored. `tenure_days` is as_of minus the account's start (NaN: start unknown).
    `segment` has the index into `segments` that the account belonged to at that date.
    """

    accounts: tuple[str, ...]
    as_of: Days
    values: Mapping[str, Floats]
    alive: NDArray[np.bool_]
    tenure_days: Floats
    segment: NDArray[np.int32]
    segments: tuple[str, ...]

    def at(self, columns: Places) -> Grid:
        """The same accounts at only these of the dates."""
        if len(columns) == len(self.as_of):
            return self
        return Grid(
            accounts=self.accounts,
            as_of=self.as_of[columns],
            values={name: values[:, columns] for name, values in self.values.items()},
            alive=self.alive[:, columns],
            tenure_days=self.tenure_days[:, columns],
            segment=self.segment[:, columns],
            segments=self.segments,
        )


def joined(grids: Sequence[Grid]) -> Grid:
    """Runs of accounts put together again; all have the same dates and metrics."""
    if len(grids) == 1:
        return grids[0]
    first = grids[0]
    segments = sorted({name for grid in grids for name in grid.segments})
    return Grid(
        accounts=tuple(account for grid in grids for account in grid.accounts),
        as_of=first.as_of,
        values={name: np.concatenate([grid.values[name] for grid in grids]) for name in first.values},
        alive=np.concatenate([grid.alive for grid in grids]),
        tenure_days=np.concatenate([grid.tenure_days for grid in grids]),
        segment=np.concatenate([_renumbered(grid, segments) for grid in grids]),
        segments=tuple(segments),
    )


def _renumbered(grid: Grid, segments: Sequence[str]) -> NDArray[np.int32]:
    """The segments of a run as places in a longer list."""
    return np.array([segments.index(name) for name in grid.segments], dtype=np.int32)[grid.segment]
