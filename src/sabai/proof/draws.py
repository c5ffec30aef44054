"""The bootstrap of whole accounts: the months of an account hang together, so they are drawn together.

Row by row, intervals would be far too narrow: with monthly rows and a horizon of 90 days each churn counts three times.
Every measure takes the same `counts`, so differences between measures are paired. Efron & Tibshirani 1993, chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats

Accounts = NDArray[np.int32]
Counts = NDArray[np.uint8]
Flags = NDArray[np.bool_]

BLOCK = 256  # draws that are worked on at once: their running totals fit beside the processor
_MOST = np.iinfo(np.uint8).max


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was measured, and the same measured on every draw; NaN where a draw cannot tell.

    >>> better = Drawn(0.75, np.full(9, 0.8)) - Drawn(0.5, np.full(9, 0.6))
    >>> round(better.value, 2), round(better.interval.low, 2)
    (0.25, 0.2)
    """

    value: float
    draws: Floats

    def __sub__(self, other: Drawn) -> Drawn:
        """The paired difference: both were measured on the same draws."""
        return Drawn(self.value - other.value, self.draws - other.draws)

    @property
    def interval(self) -> Interval:
        return of_draws(self.value, self.draws)


def dense(account: Accounts) -> tuple[Accounts, int]:
    """Accounts numbered anew from 0, in their order, and how many occur: only those may be drawn.

    >>> dense(np.array([7, 2, 7], dtype=np.int32))
    (array([1, 0, 1], dtype=int32), 2)
    """
    occurring, place = np.unique(account, return_inverse=True)
    return place.astype(np.int32), len(occurring)


def account_draws(accounts: int, draws: int, seed: int) -> Counts:
    """How often each account was drawn, shape (accounts, draws); a draw takes as many as there are, with replacement.

    Fewer draws of the same seed are the first of more. Counts stop at 255, which no draw of more than a few accounts
    ever reaches.

    >>> account_draws(5, 3, seed=1).sum(axis=0)
    array([5, 5, 5], dtype=uint64)
    """
    rng = np.random.default_rng(seed)
    counts = np.empty((accounts, draws), dtype=np.uint8)
    for block in blocks(draws):
        taken = rng.integers(0, max(accounts, 1), (block.stop - block.start, accounts), dtype=np.int32)
        times = np.empty(taken.shape, dtype=np.uint8)
        for draw, places in enumerate(taken):
            np.minimum(np.bincount(places, minlength=accounts), _MOST, out=times[draw], casting="unsafe")
        counts[:, block] = times.T
    return counts


def blocks(draws: int) -> Iterator[slice]:
    """So many draws, a few at a time."""
    return (slice(first, min(first + BLOCK, draws)) for first in range(0, draws, BLOCK))


def drawn_sums(
    values: Floats, account: Accounts, counts: Counts, group: NDArray[np.integer] | None = None, groups: int = 1
) -> Floats:
    """The sum of `values` (rows,) in each group and draw, shape (groups, draws). Without `group` all rows are one.

    >>> ones = np.ones((2, 1), dtype=np.uint8)
    >>> account = np.array([0, 1, 1], dtype=np.int32)
    >>> drawn_sums(np.array([1.0, 2.0, 3.0]), account, ones, group=np.array([0, 0, 1]), groups=2)
    array([[3.],
           [3.]])
    """
    rows = np.zeros(len(values), dtype=np.int32) if group is None else group
    by_account = sparse.csr_array((values, (rows, account)), shape=(groups, len(counts)))
    sums = np.empty((groups, counts.shape[1]))
    for block in blocks(counts.shape[1]):
        sums[:, block] = by_account @ counts[:, block].astype(np.float64)
    return sums


def share(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """part / whole, and NaN where there is nothing to be a part of."""
    shares: Floats = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    np.divide(part, whole, out=shares, where=np.not_equal(whole, 0))
    return shares
