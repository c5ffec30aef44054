"""What is kept in memory of scores that pass by, run of accounts after run: all of them where they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from sabai.health.scores import Scores, joined_scores
from sabai.metrics.grid import Places
from sabai.store.restating import Restated

MOST_CELLS = 120_000_000
"""Numbers held at once, about 1 GB: 10,000 customers with 30 factors for two years of weeks."""


Passing = Callable[[Iterable[Scores], Sequence[int]], Restated | None]
"""Whoever looks at scores as they pass by, at the days that were asked for; takes every one of them. Says what was
restated, where something was."""


def read_through(scored: Iterable[Scores], asked: Sequence[int]) -> None:
    """Nobody looks."""
    for _ in scored:
        pass


class Kept:
    """The latest dates that fit, for every account; snapshots on disk have them all."""

    def __init__(self, accounts: int, most_cells: int = MOST_CELLS) -> None:
        self.accounts, self.most_cells = accounts, most_cells
        self._parts: list[Scores] = []

    def watch(self, scored: Iterable[Scores]) -> Iterator[Scores]:
        for part in scored:
            self._parts.append(part.at(self._latest(part)))
            yield part

    @property
    def scores(self) -> Scores:
        return joined_scores(self._parts)

    def _latest(self, part: Scores) -> Places:
        each = len(part.grid.values) + 2 * len(part.contributions) + len(part.deductions) + 6
        fit = max(1, self.most_cells // max(1, each * self.accounts))
        return np.arange(len(part.grid.as_of))[-fit:]
