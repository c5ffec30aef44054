"""A number with what it may well be: no rate, no comparison is shown without."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054  # the normal quantile of .975


@dataclass(frozen=True, slots=True)
class Interval:
    """`value` lies in [low, high] with 95% confidence; NaN where it cannot be told."""

    value: float
    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Whether the interval is known and `value` lies outside it.

        >>> Interval(0.7, 0.6, 0.8).excludes(0.5), Interval(0.7, 0.4, 0.9).excludes(0.5)
        (True, False)
        """
        return bool(self.low > value or self.high < value)


def of_draws(value: float, draws: NDArray[np.float64]) -> Interval:
    """The percentile interval of bootstrap `draws` (any shape); those that could not be told (NaN) are left out.

    >>> of_draws(0.5, np.linspace(0, 1, 1001))
    Interval(value=0.5, low=0.025, high=0.975)
    """
    known = draws[~np.isnan(draws)]
    if not known.size or np.isnan(value):
        return Interval(float(value), float("nan"), float("nan"))
    low, high = np.quantile(known, [0.025, 0.975])
    return Interval(float(value), float(low), float(high))


def wilson(count: float, n: float) -> Interval:
    """The share `count` of `n` independent rows (Wilson 1927); NaN where n is 0.

    Rows that hang together are worth fewer: `n` may then be a fraction.

    >>> rate = wilson(8, 10)
    >>> round(rate.low, 4), rate.value, round(rate.high, 4)
    (0.4902, 0.8, 0.9433)
    """
    if not n:
        return Interval(float("nan"), float("nan"), float("nan"))
    share, square = count / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))
