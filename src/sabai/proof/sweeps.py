"""One sweep over rows ranked worst first, for a block of draws at once.

The draws stand innermost and side by side in memory, so that the processor adds many of them in one step: a thousand
draws cost little more than reading the rows a few times. Rows of equal risk are one group, those that left first.
Everything is added in float64: without weights the sums are whole numbers and exact.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, Flags


class Ranked(NamedTuple):
    """Rows worst first. Group g: who left is in [first[g], middle[g]), who stayed in [middle[g], first[g + 1])."""

    account: Accounts
    weight: Floats
    first: NDArray[np.int64]
    middle: NDArray[np.int64]


def ranked(y: Flags, risk: Floats, account: Accounts, weight: Floats) -> Ranked:
    """Rows in the order of falling risk; those whose risk is unknown (NaN) are left out."""
    known = np.flatnonzero(~np.isnan(risk))
    order = known[np.lexsort((~y[known], -risk[known]))]
    opens = np.flatnonzero(np.diff(risk[order], prepend=np.nan) != 0)
    first = np.append(opens, len(order))
    left = np.concatenate([[0], np.cumsum(y[order])])
    return Ranked(account[order], weight[order], first, opens + np.diff(left[first]))


def _compiled(function: Any) -> Any:
    return njit(cache=True, nogil=True)(function)


@_compiled
def _add(rows: Ranked, first: int, last: int, counts: Counts, total: Floats) -> None:
    """Adds the weight that rows [first, last) have in each draw."""
    for row in range(first, last):
        weight, drawn = rows.weight[row], counts[rows.account[row]]
        for draw in range(len(total)):
            total[draw] += weight * drawn[draw]


@_compiled
def auc(rows: Ranked, counts: Counts) -> Floats:
    """The share of pairs of one who left and one who stayed in which the one who left was ranked worse; ties half."""
    draws = counts.shape[1]
    left, stayed, wrong, tied = np.zeros(draws), np.zeros(draws), np.zeros(draws), np.empty(draws)
    for group in range(len(rows.middle)):
        first, middle, last = rows.first[group], rows.middle[group], rows.first[group + 1]
        if first == middle:
            _add(rows, middle, last, counts, stayed)
            continue
        tied[:] = 0
        _add(rows, first, middle, counts, tied)
        for draw in range(draws):
            wrong[draw] += tied[draw] * stayed[draw]
        _add(rows, middle, last, counts, stayed)
        for draw in range(draws):
            wrong[draw] += tied[draw] * stayed[draw]
            left[draw] += tied[draw]
    for draw in range(draws):
        pairs = left[draw] * stayed[draw]
        wrong[draw] = 1 - wrong[draw] / (2 * pairs) if pairs > 0 else np.nan
    return wrong


@_compiled
def average_precision(rows: Ranked, counts: Counts) -> Floats:
    """Precision at every group, weighted with the share of those who left that stands in it."""
    draws = counts.shape[1]
    left, stayed, precise, tied = np.zeros(draws), np.zeros(draws), np.zeros(draws), np.empty(draws)
    for group in range(len(rows.middle)):
        first, middle, last = rows.first[group], rows.middle[group], rows.first[group + 1]
        _add(rows, middle, last, counts, stayed)
        if first == middle:
            continue
        tied[:] = 0
        _add(rows, first, middle, counts, tied)
        for draw in range(draws):
            left[draw] += tied[draw]
            precise[draw] += tied[draw] * left[draw] / max(left[draw] + stayed[draw], 1e-300)
    for draw in range(draws):
        precise[draw] = precise[draw] / left[draw] if left[draw] > 0 and stayed[draw] > 0 else np.nan
    return precise


@_compiled
def capture(rows: Ranked, counts: Counts, worst: float) -> Floats:
    """The share of those who left that stands in the `worst` share of all; a group on the edge counts in part."""
    draws = counts.shape[1]
    room, left, above, caught = np.zeros(draws), np.zeros(draws), np.zeros(draws), np.zeros(draws)
    before, tied = np.empty(draws), np.empty(draws)
    _add(rows, 0, len(rows.account), counts, room)
    room *= worst
    for group in range(len(rows.middle)):
        first, middle, last = rows.first[group], rows.middle[group], rows.first[group + 1]
        if first == middle:
            _add(rows, middle, last, counts, above)
            continue
        tied[:] = 0
        _add(rows, first, middle, counts, tied)
        before[:] = above
        _add(rows, first, last, counts, above)
        for draw in range(draws):
            taken = min(max(room[draw] - before[draw], 0.0), above[draw] - before[draw])
            caught[draw] += tied[draw] * taken / max(above[draw] - before[draw], 1e-300)
            left[draw] += tied[draw]
    for draw in range(draws):
        caught[draw] = caught[draw] / left[draw] if 0 < left[draw] < above[draw] else np.nan
    return caught
