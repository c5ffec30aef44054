"""Where the past is cut in two: weights learn from the earlier part, and are judged on the later one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sabai.proof.leaving import Leavings
from sabai.proof.past import Flags, Label, Past


def best_split(left: Leavings, label: Label, as_of: Sequence[int], away_days: int) -> int | None:
    """Of the dates, the one that leaves the most accounts that left on its poorer side; None where a side has none.

    `away_days` before it the earlier side ends: horizon, grace and reporting lag, so that no label of the earlier side
    was known only later.
    """
    day = left.notice if label == "notice" else left.effective
    within = day[day >= as_of[0]]
    poorer = np.array([min((within < split - away_days).sum(), (within >= split).sum()) for split in as_of])
    return int(as_of[int(poorer.argmax())]) if poorer.any() else None


def earlier(past: Past, split: int, horizon_days: int) -> Flags:
    """Rows whose label was known by the day `split`."""
    return past.as_of + horizon_days + past.settle_days <= split


def folds(past: Past, customer: NDArray[np.int64], count: int, seed: int) -> NDArray[np.int8]:
    """For a table without dates: each customer whole in one of `count` folds, by a shuffle of `seed`; shape (rows,).

    `customer` (accounts,) is one number for accounts that are the same customer, below the number of accounts.
    """
    of_customer = np.random.default_rng(seed).permutation(len(past.accounts)) % count
    return of_customer[customer[past.account]].astype(np.int8)
