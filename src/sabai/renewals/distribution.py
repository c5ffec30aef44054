"""How much money will renew: not one number but all that may come, each with its chance.

Renewal after renewal is added to a distribution on a grid of money (a convolution with "all or nothing"), once for
each node of the common shock, and the nodes are mixed. No normal curve is assumed, but for the sum of those that are
each too small for the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sabai.metrics.grid import Floats
from sabai.renewals.shock import nodes, shocked

CELLS = 2000
SMALL = 4  # cells: what is smaller would be a coarse thing when rounded, and there are many of them

Minor = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Distribution:
    """`chance[i]` is the chance that `cell_minor` × i minor units renew, of `whole_minor`; `mean_minor` is Σ p·v."""

    cell_minor: float
    chance: Floats
    mean_minor: float
    whole_minor: int

    @property
    def sd_minor(self) -> float:
        money = self._money
        return sqrt(max(0.0, float(self.chance @ money**2) - float(self.chance @ money) ** 2))

    def at_most(self, minor: float) -> float:
        """The chance that no more than this renews."""
        return float(self.chance[self._money <= minor].sum())

    def quantile(self, share: float) -> float:
        """The least amount that is not exceeded with this chance: .1 is P10, the cautious end; .9 is P90.

        >>> distribution(np.array([1, 1, 1]), np.array([0.1, 0.5, 0.9])).quantile(0.5)
        1.0
        """
        place = int(np.searchsorted(np.cumsum(self.chance), share - 1e-9))
        return min(float(self._money[min(place, len(self.chance) - 1)]), float(self.whole_minor))

    @property
    def _money(self) -> Floats:
        return np.arange(len(self.chance), dtype=np.float64) * self.cell_minor


def distribution(value: Minor, p: Floats, tau: float = 0.0) -> Distribution:
    """What renewals of so much `value` (renewals,) ≥ 0, each with the chance `p` of coming, add up to.

    Each comes whole or not at all; `tau` is the spread of the common shock.

    >>> found = distribution(np.array([100, 50, 10]), np.array([0.9, 0.6, 0.8]))
    >>> round(found.mean_minor, 6), round(found.sd_minor, 3), round(found.at_most(100), 3)
    (128.0, 38.936, 0.172)
    >>> distribution(np.array([1, 1, 1]), np.array([0.1, 0.5, 0.9])).chance.round(3).tolist()
    [0.045, 0.455, 0.455, 0.045]
    """
    if (value < 0).any():
        raise ValueError("a renewal cannot be worth less than nothing")
    there = np.flatnonzero((value > 0) & (p > 0))
    there = there[np.argsort(p[there], kind="stable")]  # so that what rounding shifts it shifts between equals
    value, p = value[there], p[there]
    cell = _cell(value)
    at_nodes = shocked(p, tau)
    small = value < SMALL * cell if (value % cell).any() else np.zeros(len(value), np.bool_)
    grid = _all_or_nothing(_in_cells(value[~small], cell), at_nodes[~small])
    if small.any():
        grid = _with_small(grid, value[small] / cell, at_nodes[small])
    mixed = nodes(tau)[1] @ grid
    return Distribution(cell, mixed / mixed.sum(), float(p @ value), int(value.sum()))


def _cell(value: Minor) -> float:
    """What all values are whole numbers of, where CELLS of it are enough; else one of CELLS equal parts of all."""
    if not len(value):
        return 1.0
    whole, shared = int(value.sum()), gcd(*value.tolist())
    return float(shared) if whole // shared < CELLS else whole / (CELLS - 1)


def _in_cells(value: Minor, cell: float) -> Minor:
    """Whole cells, what is rounded away from one carried to the next, so that the sum stays."""
    edges = np.rint(np.concatenate([[0.0], np.cumsum(value / cell)])).astype(np.int64)
    return np.asarray(np.diff(edges))


def _all_or_nothing(amounts: Minor, at_nodes: Floats) -> Floats:
    """The distribution at each node, shape (nodes, cells), of renewals of so many cells."""
    grid = np.zeros((at_nodes.shape[1], int(amounts.sum()) + 1))
    grid[:, 0] = 1.0
    reached = 0
    for amount, chance in zip(amounts.tolist(), at_nodes, strict=True):
        before = grid[:, : reached + 1].copy()
        reached += amount
        grid[:, : reached + 1] *= 1 - chance[:, None]
        grid[:, amount : reached + 1] += chance[:, None] * before
    return grid


def _with_small(grid: Floats, cells: Floats, at_nodes: Floats) -> Floats:
    """Many small ones as one normal sum, with the mean and the variance that they have at each node."""
    mean, spread = cells @ at_nodes, np.sqrt(cells**2 @ (at_nodes * (1 - at_nodes)))
    edges = np.arange(int(np.ceil(cells.sum())) + 2) - 0.5
    below = ndtr((edges - mean[:, None]) / np.maximum(spread, 1e-9)[:, None])
    kernel = np.diff(below, axis=1)
    kernel /= kernel.sum(axis=1, keepdims=True)
    return np.stack([np.convolve(large, few) for large, few in zip(grid, kernel, strict=True)])
