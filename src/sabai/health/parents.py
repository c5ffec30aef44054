"""Scores of parent accounts, rolled up from their children's: a view beside the scores, never inside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.health.cell import known
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats

How = Literal["own", "mean", "revenue"]
Rows = NDArray[np.int64]
_NOBODY = -1  # the parent of an account without one


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A parent's score from its children, of whom so many have one; None where their weights are unknown."""

    how: How
    children: int
    score: float | None


def rolled_up(
    scores: Scores, column: int, parent_of: Mapping[str, str], how: How, revenue: Floats | None
) -> dict[str, RolledUp]:
    """account_id of each parent with a scored child -> its score from them at one date; {} where parents keep theirs.

    `revenue` has shape (accounts,); without it nobody's weight is known, and so no score by revenue.
    """
    accounts = scores.grid.accounts
    parents = {parent for child, parent in parent_of.items() if child != parent}.intersection(accounts)
    if how == "own" or not parents:
        return {}
    own = scores.score[:, [column]]
    own[[account_id in parents for account_id in accounts]] = np.nan  # whoever is in a circle is not its own child
    paid = np.full(len(accounts), np.nan) if revenue is None else revenue
    rolled = roll_up(own, accounts, parent_of, how, paid[:, None])
    told = {account_id: known(rolled, row, 0) for row, account_id in enumerate(accounts)}
    counted = Counter(parent_of.get(account_id) for account_id, score in told.items() if score is not None)
    return {parent: RolledUp(how, counted[parent], told[parent]) for parent in parents if counted[parent]}


def roll_up(
    score: Floats,
    accounts: tuple[str, ...],
    parent_of: Mapping[str, str],
    how: How,
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
