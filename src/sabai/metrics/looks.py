"""Looks at the grids of all accounts, whichever engine measures them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import numpy as np

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Grid
from sabai.metrics.ready import ascending
from sabai.progress import Progress, quiet

T = TypeVar("T")

MOST_CELLS = 50_000_000
"""Numbers of a grid that are held at once, about 400 MB: 10,000 customers with 40 metrics for two years of weeks."""


class EachRun(Protocol):
    """What an engine is: it measures run after run of neighbouring accounts and gives, in order, what `then` makes of
    the grid of each. `then` is called where the run was measured: on another core, or another machine."""

    def __call__(
        self, facts: Facts, definitions: Definitions, as_of: Iterable[int], then: Callable[[Grid], T], *,
        progress: Progress = quiet,
    ) -> Iterator[T]: ...  # fmt: skip


class Grids:
    """The grids of all runs of accounts, looked at several times, each time at some of the days.

    Where they fit into memory, the engine walks through facts once; else once for every look.
    """

    def __init__(
        self, each_run: EachRun, facts: Facts, definitions: Definitions, as_of: Iterable[int], *,
        progress: Progress = quiet,
    ) -> None:  # fmt: skip
        self._each_run, self._facts, self._definitions, self._progress = each_run, facts, definitions, progress
        self._days = ascending(as_of)
        self._fit = len(facts.account_ids) * len(self._days) * len(definitions.metrics) <= MOST_CELLS
        self._held: list[Grid] = []

    def each(self, as_of: Iterable[int], then: Callable[[Grid], T]) -> Iterator[T]:
        """What `then` makes of the grid of each run; `as_of` are some of the days."""
        if not self._fit:
            return self._each_run(self._facts, self._definitions, as_of, then, progress=self._progress)
        if not self._held:
            self._held.extend(
                self._each_run(self._facts, self._definitions, self._days, as_measured, progress=self._progress)
            )
        columns = np.searchsorted(self._days, ascending(as_of))
        return on_every_core(lambda grid: then(grid.at(columns)), self._held)


def as_measured(grid: Grid) -> Grid:
    """The grid itself, for whoever wants nothing made of it."""
    return grid
