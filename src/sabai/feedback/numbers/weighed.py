"""The score where accounts count, or what they pay, instead of answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.feedback.numbers.cells import same_draws
from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, dense, drawn_sums, share


@dataclass(frozen=True, slots=True)
class Weighed:
    """`n` answers of so many `accounts`, with the interval of drawn accounts."""

    value: Interval
    n: int
    accounts: int


def account_weighted(values: Floats, account: Accounts) -> Weighed:
    """Every account counts as much, with the mean of its answers.

    >>> account_weighted(np.array([100.0, 100, -100]), np.array([0, 0, 1], dtype=np.int32)).value.value
    0.0
    """
    return weighted(values, account, np.ones(len(values)))


def weighted(values: Floats, account: Accounts, weight: Floats) -> Weighed:
    """Every account counts as much as its `weight`, the mean over its answers; answers of unknown or no weight do not.

    >>> pays = np.array([900.0, 900, 100])
    >>> weighted(np.array([100.0, 100, -100]), np.array([0, 0, 1], dtype=np.int32), pays).value.value
    80.0
    """
    known = weight > 0
    if not known.any():
        return Weighed(Interval(float("nan"), float("nan"), float("nan")), 0, 0)
    who, accounts = dense(account[known])
    answers = np.bincount(who, minlength=accounts)
    mean, worth = (np.bincount(who, of[known], accounts) / answers for of in (values, weight))
    one_each = np.arange(accounts, dtype=np.int32)
    counts = same_draws(accounts)
    top, below = (drawn_sums(of, one_each, counts)[0] for of in (worth * mean, worth))
    value = float(worth @ mean / worth.sum())
    return Weighed(of_draws(value, share(top, below)), int(known.sum()), accounts)
