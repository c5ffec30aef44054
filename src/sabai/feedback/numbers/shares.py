"""The difference of two shares of independent accounts, with Newcombe's interval (1998, method 10)."""

from __future__ import annotations

from math import sqrt

from sabai.feedback.numbers.changes import UNKNOWN, Change, two_waves
from sabai.intervals import Interval, wilson


def difference(count: int, n: int, other: int, others: int) -> Change:
    """count / n less other / others, from the Wilson interval of each; p is that of z with the share of both together.

    >>> apart = difference(56, 70, 48, 80).difference
    >>> round(apart.value, 4), round(apart.low, 4), round(apart.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    if not (n and others):
        return UNKNOWN
    one, two = wilson(count, n), wilson(other, others)
    value = one.value - two.value
    low = value - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    high = value + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    both = (count + other) / (n + others)
    spread = both * (1 - both)
    return Change(Interval(value, low, high), two_waves(one.value, spread, n, two.value, spread, others).p)
