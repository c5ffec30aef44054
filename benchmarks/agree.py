"""Speed counts only where the numbers are the same: what a peer counted beside what Sabai counted."""

from __future__ import annotations

import numpy as np

from benchmarks.given import event_definitions, facts_of
from benchmarks.work import Answer, Work
from sabai.dates import from_day
from sabai.engines import local
from sabai.metrics.grid import Floats, Grid


class Disagreement(AssertionError):
    """A peer and Sabai say different things; neither is worth timing until that is understood."""


def compare(answer: Answer, work: Work) -> None:
    """Raises Disagreement at the first metric, account and date that is not exactly the same, NaN included."""
    wanted = set(event_definitions().metrics)
    if set(answer.counted) != wanted:
        raise Disagreement(f"not the same metrics: {sorted(wanted ^ set(answer.counted))}")
    first = 0
    for grid in local.each_run(facts_of(work), event_definitions(), answer.dates, lambda grid: grid):
        _compare_run(grid, answer, slice(first, first + len(grid.accounts)))
        first += len(grid.accounts)
    shapes = {values.shape for values in answer.counted.values()}
    if shapes != {(first, len(answer.dates))}:
        raise Disagreement(f"{first} accounts at {len(answer.dates)} dates, but the peer has {shapes}")


def _compare_run(grid: Grid, answer: Answer, run: slice) -> None:
    for name, values in grid.values.items():
        theirs = np.asarray(answer.counted[name][run], dtype=np.float64)
        if theirs.shape != values.shape or not np.array_equal(theirs, values):
            raise Disagreement(_difference(name, grid, values, theirs))


def _difference(name: str, grid: Grid, ours: Floats, theirs: Floats) -> str:
    if ours.shape != theirs.shape:
        return f"{name}: {ours.shape} here, {theirs.shape} there"
    account, date = np.argwhere(ours != theirs)[0]
    where = f"{name} of {grid.accounts[account]} at {from_day(int(grid.as_of[date]))}"
    return f"{where}: Sabai says {ours[account, date]}, the peer {theirs[account, date]}"
