"""Scores of parent accounts, rolled up from their children's: a view beside the scores, never inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats

Rows = NDArray[np.int64]
_NOBODY = -1  # the parent of an account without one


def roll_up(
    score: Floats,
    accounts: tuple[str, ...],
    parent_of: Mapping[str, str],
    how: Literal["own", "mean", "revenue"],
    revenue: Floats,
) -> Floats:
    """The score of every account, where that of a parent comes from its children; same shape as `score`, NaN unknown.

    `score` and `revenue` have shape (accounts, as_of). "own" leaves all as it was, "mean" is the plain mean of the
    children's known scores, "revenue" weighs each child by its revenue and that of all below it (unknown or below 0
    weighs nothing). Children are rolled up before their parents. A parent none of whose children is known is unknown.
    Accounts whose parents run in a circle, and all below them, keep their own score.
    """
    rolled = score.copy()
    if how == "own":
        return rolled
    parent = _parents(accounts, parent_of)
    weight = np.ones_like(score) if how == "mean" else np.where(revenue > 0, revenue, 0.0)
    for children in _deepest_first(parent):
        above = np.unique(parent[children])
        rolled[above] = _mean_of_children(rolled, weight, children, parent)[above]
        if how == "revenue":
            np.add.at(weight, parent[children], weight[children])
    return rolled


def _parents(accounts: tuple[str, ...], parent_of: Mapping[str, str]) -> Rows:
    """The row of each account's parent."""
    row = {account_id: index for index, account_id in enumerate(accounts)}
    return np.array([row.get(parent_of.get(account_id, ""), _NOBODY) for account_id in accounts], dtype=np.int64)


def _deepest_first(parent: Rows) -> Iterator[Rows]:
    """The rows of the accounts that have a parent, level by level from the bottom; circles have no level."""
    levels = [np.flatnonzero(parent == _NOBODY)]
    while levels[-1].size:
        levels.append(np.flatnonzero(np.isin(parent, levels[-1])))
    yield from reversed(levels[1:-1])


def _mean_of_children(score: Floats, weight: Floats, children: Rows, parent: Rows) -> Floats:
    counted = weight[children] * ~np.isnan(score[children])
    total, amount = np.zeros_like(score), np.zeros_like(score)
    np.add.at(total, parent[children], counted)
    np.add.at(amount, parent[children], counted * np.nan_to_num(score[children]))
    return np.divide(amount, total, out=np.full_like(score, np.nan), where=total > 0)
