"""How sure a value is that was computed from fitted parameters: the delta method on its logarithm.

The parameters' own covariance comes with the fit (the inverse of the observed information of their logarithms). The
slopes of a value by them carry it over, once for all accounts: a bootstrap would fit hundreds of times and say the same
where customers are many. The interval is that of the expected value; what one customer will do varies more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats

_Z = 1.959963984540054  # the normal quantile of .975
_STEP = 1e-4  # of a logarithm


@dataclass(frozen=True, slots=True)
class Told:
    """`values` (n,), their `slopes` (n, parameters) by the logarithms of parameters, and `covariance` of those."""

    values: Floats
    slopes: Floats
    covariance: Floats

    def ends(self) -> tuple[Floats, Floats]:
        """Low and high of each, shape (n,); NaN where the covariance is not known."""
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt(np.einsum("np,pq,nq->n", self.slopes, self.covariance, self.slopes)) / self.values
            low, high = self.values * np.exp(-_Z * spread), self.values * np.exp(_Z * spread)
        nothing = self.values == 0
        return np.where(nothing, 0.0, low), np.where(nothing, 0.0, high)

    def times(self, factor: Floats) -> Told:
        return Told(self.values * factor, self.slopes * factor[:, None], self.covariance)


def told(of: Callable[[Floats], Floats], parameters: Floats, covariance: Floats) -> Told:
    """`of(parameters)` (n,) with its slopes, by central differences.

    >>> two = told(lambda p: np.array([p[0], 2 * p[0]]), np.array([3.0]), np.array([[0.01]]))
    >>> two.values.tolist(), [end.round(2).tolist() for end in two.ends()]
    ([3.0, 6.0], [[2.47, 4.93], [3.65, 7.3]])
    """
    steps = np.exp(np.eye(len(parameters)) * _STEP)
    slopes = [(of(parameters * step) - of(parameters / step)) / (2 * _STEP) for step in steps]
    return Told(of(parameters), np.stack(slopes, axis=1), covariance)


def unsure(values: Floats) -> Told:
    """Values of which nobody knows how sure they are."""
    return Told(values, np.zeros((len(values), 1)), np.full((1, 1), np.nan))


def product(one: Told, other: Told) -> Told:
    """Of values told by parameters that were fitted apart."""
    zeros = np.zeros((len(one.covariance), len(other.covariance)))
    covariance = np.block([[one.covariance, zeros], [zeros.T, other.covariance]])
    slopes = np.hstack([one.slopes * other.values[:, None], other.slopes * one.values[:, None]])
    return Told(one.values * other.values, slopes, covariance)


def sum_of(parts: Iterable[tuple[Told, Floats]]) -> Interval:
    """Σ weight × value over all parts, each fitted apart; accounts of one part err together. NaN values are left out.

    >>> total = sum_of([(Told(np.array([3.0]), np.array([[3.0]]), np.array([[0.01]])), np.ones(1))])
    >>> round(total.low, 2), total.value, round(total.high, 2)
    (2.47, 3.0, 3.65)
    """
    value, variance = 0.0, 0.0
    for part, weight in parts:
        known = np.isfinite(part.values) & (weight != 0)
        slope = weight[known] @ part.slopes[known]
        value += float(weight[known] @ part.values[known])
        variance += float(slope @ part.covariance @ slope) if known.any() else 0.0
    if not value > 0:
        return Interval(value, float("nan"), float("nan"))
    spread = float(np.exp(_Z * np.sqrt(variance) / value))
    return Interval(value, value / spread, value * spread)
