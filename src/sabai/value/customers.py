"""What buy-till-you-die models know of customers without a contract: how often, how lately, for how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.value.fitting import Fit, greatest

Places = NDArray[np.int64]

_FEW = 3_000  # groups that the first climb looks at


@dataclass(frozen=True, slots=True)
class Customers:
    """Arrays of shape (customers,): `repeats` (x) days with a purchase after the first, `last` (t_x) weeks from the
    first purchase to the last, `age` (T) weeks from the first purchase to the last day that is known."""

    repeats: Floats
    last: Floats
    age: Floats

    def __len__(self) -> int:
        return len(self.repeats)


NEW = Customers(np.zeros(1), np.zeros(1), np.zeros(1))
"""Somebody who has just bought for the first time."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Customers of whom the same is known are one: `weight` says how many, `place` leads back, shape (customers,).

    `counts[which]` are their repeats: gamma functions are computed once for each number.
    """

    customers: Customers
    weight: Floats
    place: Places
    counts: Floats
    which: Places

    def every(self, step: int) -> Alike:
        """Every so-manieth group, out of an order by x, t_x, T: a sample like the whole. `place` leads nowhere."""
        few = slice(None, None, step)
        seen = self.customers
        part = Customers(seen.repeats[few], seen.last[few], seen.age[few])
        return Alike(part, self.weight[few], self.place[:0], self.counts, self.which[few])


def alike(customers: Customers, *, apart: bool = True) -> Alike:
    """Groups of equal (x, t_x, T); `apart` False: of equal (x, T), where nobody asks for the last purchase.

    Days are whole, so a hundred thousand customers are far fewer groups.

    >>> group = alike(Customers(np.array([0.0, 2, 0]), np.array([0.0, 3, 0]), np.array([9.0, 9, 9])))
    >>> group.weight.tolist(), group.customers.repeats[group.place].tolist()
    ([2.0, 1.0], [0.0, 2.0, 0.0])
    """
    days = [np.rint(each * 7).astype(np.int64) for each in (customers.last, customers.age)]
    number = customers.repeats.astype(np.int64) << 32 | (days[0] if apart else 0) << 16 | days[1]
    _, first, place, count = np.unique(number, return_index=True, return_inverse=True, return_counts=True)
    group = Customers(customers.repeats[first], customers.last[first], customers.age[first])
    counts, which = np.unique(group.repeats, return_inverse=True)
    return Alike(group, count.astype(np.float64), place, counts, which)


def most_likely(model: Callable[[Floats, Alike], tuple[float, Floats]], names: Sequence[str], start: list[float],
                customers: Customers) -> Fit:  # fmt: skip
    """The parameters under which what is known of the customers is most likely."""
    group = alike(customers)
    few = group.every(max(1, len(group.weight) // _FEW))
    sample = (
        (lambda values: model(values, few), float(few.weight.sum())) if len(few.weight) < len(group.weight) else None
    )
    return greatest(lambda values: model(values, group), names, [start], float(len(customers)), sample)
