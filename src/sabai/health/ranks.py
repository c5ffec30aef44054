"""What is usual, and where a value stands in it: sorted different values, and how many lie below each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sabai.metrics.grid import Floats

_MOST_WHOLE = 100_000  # a table of so many whole numbers still lies in a near cache
_BLOCK = 4096  # cells that search together; small enough to stay in a near cache


@dataclass(frozen=True, slots=True)
class Usual:
    """`values` (n,) ascending and different; `below` (n + 1,): how many of the reference lie below each, then all.

    `middle` says the mid-rank of every whole number up to one above the largest value, as most metrics are counts; it
    is empty where values are not whole numbers.
    """

    values: Floats
    below: NDArray[np.int64]
    middle: Floats

    @property
    def count(self) -> int:
        return int(self.below[-1])


def usual(values: Floats) -> Usual:
    """What is usual among `values` (any shape); unknown ones are left out.

    >>> usual(np.array([3.0, 1.0, np.nan, 3.0])).below.tolist()
    [0, 1, 3]
    """
    known = values[~np.isnan(values)] + 0.0  # -0.0 becomes 0.0, so that equal references have equal bytes
    return counted(*np.unique(known, return_counts=True))


def together(parts: Sequence[Usual]) -> Usual:
    """What is usual in all the parts at once; the order of the parts does not matter."""
    values, place = np.unique(np.concatenate([part.values for part in parts]), return_inverse=True)
    counts = np.zeros(len(values), dtype=np.int64)
    np.add.at(counts, place, np.concatenate([np.diff(part.below) for part in parts]))
    return counted(values, counts)


def mid_rank(values: Floats, among: Usual) -> Floats:
    """Percentile of each value in 0-1, p = (#{x < v} + #{x = v} / 2) / n; same shape; NaN where unknown or n is 0.

    >>> mid_rank(np.array([1.0, 2.0, 3.0, np.nan]), usual(np.array([1.0, 2.0, 2.0, 5.0]))).tolist()
    [0.125, 0.5, 0.75, nan]
    """
    if not among.count:
        return np.full(values.shape, np.nan)
    share = np.zeros(values.size)
    _draw(share, values, np.arange(values.size), among, 0)
    return share.reshape(values.shape)


def shrink(share: Floats, values: Floats, cells: NDArray[np.int64], among: Usual, prior: int) -> None:
    """Draws `share` of these flat `cells`, in place, to their mid-rank p in a group: (n p + prior share) / (n + prior).

    >>> share = np.array([0.5, 0.5])
    >>> shrink(share, np.array([3.0, 3.0]), np.array([1]), usual(np.array([1.0, 2.0])), prior=2)
    >>> share.tolist()
    [0.5, 0.75]
    """
    if among.count:
        _draw(share.reshape(-1), values, cells, among, prior)


def _draw(share: Floats, values: Floats, cells: NDArray[np.int64], among: Usual, prior: int) -> None:
    flat = np.ascontiguousarray(values).reshape(-1)
    if among.middle.size:
        _look_up(flat, cells, among.values, among.below, among.middle, prior, share)
    else:
        _rank(flat, cells, among.values, among.below, prior, share)


def counted(values: Floats, counts: NDArray[np.int64]) -> Usual:
    """What is usual where each of `values`, ascending and different, stands so often.

    >>> counted(np.array([1.0, 3.0]), np.array([1, 2])).below.tolist()
    [0, 1, 3]
    """
    below = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Usual(values, below, _middle(values, below))


def _middle(values: Floats, below: NDArray[np.int64]) -> Floats:
    """(how many lie below + how many not above) / 2, for 0, 1, 2, ... and one more than the largest value."""
    whole = values.size and values[0] >= 0 and values[-1] < _MOST_WHOLE and bool((values == np.floor(values)).all())
    if not whole:
        return np.empty(0)
    numbers = np.arange(values[-1] + 2)
    under, upto = (below[np.searchsorted(values, numbers, side=side)] for side in ("left", "right"))
    return np.asarray((under + upto) / 2)


@njit(cache=True, nogil=True)
def _look_up(
    values: Floats, cells: NDArray[np.int64], among: Floats, below: NDArray[np.int64], middle: Floats, prior: int,
    share: Floats,
) -> None:  # fmt: skip
    """The mid-rank of a whole number stands in a table; anything else lies between two whole numbers."""
    for cell in cells:
        value = values[cell]
        if np.isnan(value):
            share[cell] = np.nan
            continue
        if value < 0:
            rank = 0.0
        elif value >= middle.size:
            rank = float(below[-1])
        elif value == np.floor(value):
            rank = middle[int(value)]
        else:
            rank = float(below[np.searchsorted(among, value)])
        share[cell] = (rank + prior * share[cell]) / (below[-1] + prior)


@njit(cache=True, nogil=True)
def _rank(
    values: Floats, cells: NDArray[np.int64], among: Floats, below: NDArray[np.int64], prior: int, share: Floats
) -> None:
    """A binary search in which all cells of a block take each step together: no step waits for the one before it.

    On a large reference `np.searchsorted` takes several times as long: it waits for each cell's own path.
    """
    for start in range(0, cells.size, _BLOCK):
        block = cells[start : start + _BLOCK]
        sought = values[block]
        last = np.zeros(block.size, np.uint32)  # the last of `among` not above what is sought; unsigned: never wraps
        size = among.size
        while size > 1:
            half = size >> 1
            for cell in range(block.size):
                last[cell] += half * np.uint32(among[last[cell] + half] <= sought[cell])
            size -= half
        for cell in range(block.size):
            value, near = sought[cell], among[last[cell]]
            upto = below[last[cell] + 1] if near <= value else 0
            under = below[last[cell]] if near == value else upto
            rank = np.nan if np.isnan(value) else (under + upto) / 2
            share[block[cell]] = (rank + prior * share[block[cell]]) / (below[-1] + prior)
