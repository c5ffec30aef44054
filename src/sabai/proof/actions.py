"""The table that practitioners make by hand: what accounts that left did, and what those that stayed did.

It says what goes with leaving, one factor at a time, and nothing about what would keep anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, Drawn, Flags, account_draws, dense, drawn_sums, share
from sabai.proof.past import Label, Past

DRAWS = 200


@dataclass(frozen=True, slots=True)
class Did:
    """What rows of one kind did: `mean` and `median` of what is known, NaN where nothing is; `unknown` is a share."""

    rows: int
    mean: float
    median: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Fifth:
    """About a fifth of the known rows, from `low` to `high`, and the share of it that left."""

    low: float
    high: float
    rows: int
    rate: Interval


@dataclass(frozen=True, slots=True)
class Action:
    """`difference` is the mean of those that stayed minus that of those that left; equal values share a fifth."""

    name: str
    of: Literal["points", "value"]
    left: Did
    stayed: Did
    difference: Interval
    fifths: tuple[Fifth, ...]


def actions(
    past: Past,
    label: Label,
    horizon_days: int,
    seed: int,
    values: Mapping[str, Floats] | None = None,
    draws: int = DRAWS,
) -> tuple[Action, ...]:
    """One entry for the points of each factor, then one for each of `values` (metric → (rows,)), on mature rows.

    Intervals are of whole accounts drawn again; NaN where nobody left or nobody stayed.
    """
    mature = past.mature(horizon_days)
    account, accounts = dense(past.account[mature])
    rows = _Rows(past.leaves(label, horizon_days)[mature], account, account_draws(accounts, draws, seed))
    points = (rows.action(name, "points", of[mature]) for name, of in past.points.items())
    measured = (rows.action(name, "value", of[mature]) for name, of in (values or {}).items())
    return (*points, *measured)


@dataclass(frozen=True, slots=True)
class _Rows:
    left: Flags
    account: Accounts
    counts: Counts

    def action(self, name: str, of: Literal["points", "value"], values: Floats) -> Action:
        return Action(
            name,
            of,
            _did(values[self.left]),
            _did(values[~self.left]),
            self._difference(values),
            tuple(self._fifths(values)),
        )

    def _difference(self, values: Floats) -> Interval:
        known = ~np.isnan(values)
        account, left = self.account[known], self.left[known].astype(np.int64)
        total = drawn_sums(values[known], account, self.counts, left, 2)
        size = drawn_sums(np.ones(len(account)), account, self.counts, left, 2)
        (stayed, gone), means = (_mean(values[known & side]) for side in (~self.left, self.left)), share(total, size)
        return (Drawn(stayed, means[0]) - Drawn(gone, means[1])).interval

    def _fifths(self, values: Floats) -> Iterator[Fifth]:
        known = ~np.isnan(values)
        values, left, account, fifth = values[known], self.left[known], self.account[known], _fifth_of(values[known])
        drawn = drawn_sums(np.ones(len(values)), account, self.counts, 2 * fifth + left, 10)
        for each in np.unique(fifth):
            own, (stayed, gone) = values[fifth == each], drawn[2 * each : 2 * each + 2]
            rate = Drawn(float(left[fifth == each].mean()), share(gone, stayed + gone)).interval
            yield Fifth(float(own.min()), float(own.max()), len(own), rate)


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")


def _did(values: Floats) -> Did:
    known = values[~np.isnan(values)]
    median = float(np.median(known)) if known.size else float("nan")
    return Did(len(values), _mean(known), median, 1 - len(known) / len(values) if len(values) else float("nan"))


def _fifth_of(values: Floats) -> NDArray[np.int64]:
    """0 for the lowest fifth to 4; equal values never part, so that some fifths may be empty.

    >>> _fifth_of(np.array([5.0, 1.0, 2.0, 3.0, 4.0])).tolist(), _fifth_of(np.array([0.0, 0.0, 0.0, 7.0])).tolist()
    ([4, 0, 1, 2, 3], [0, 0, 0, 3])
    """
    if not values.size:
        return np.empty(0, dtype=np.int64)
    edges = np.quantile(values, [0.2, 0.4, 0.6, 0.8], method="inverted_cdf")
    return np.searchsorted(edges, values, side="left")
