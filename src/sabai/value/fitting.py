"""The greatest likelihood over positive parameters, how sure each is, and what is wrong where none was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from sabai.metrics.grid import Floats

Likelihood = Callable[[Floats], tuple[float, Floats]]
"""The log-likelihood at positive parameters, and its gradient with respect to them."""

SMALLEST, LARGEST = 1e-4, 1e5
Few = tuple[Likelihood, float]
"""The likelihood of a part of the customers, and how many they are."""

_STEP = 1e-4  # of a logarithm, where a gradient is differenced
_NEAR = 0.05  # of a logarithm: so close to a bound is at it
_FLAT = 1e-5  # how steep the mean log-likelihood may be where it is greatest


@dataclass(frozen=True, slots=True)
class Fit:
    """`values` by `names`; `covariance` is that of their logarithms, the inverse of the observed information.

    `problem` is empty where the greatest likelihood was found, else a sentence; then the values are where it ended.
    """

    names: tuple[str, ...]
    values: Floats
    log_likelihood: float
    covariance: Floats
    problem: str = ""

    @property
    def by_name(self) -> dict[str, float]:
        return dict(zip(self.names, self.values.tolist(), strict=True))


def greatest(
    likelihood: Likelihood, names: Sequence[str], starts: Sequence[Sequence[float]], size: float, few: Few | None = None
) -> Fit:
    """Climbs from every start in the logarithms of the parameters, by L-BFGS-B, then by Newton's steps.

    `size`: of how many customers the likelihood speaks; it only scales. Where all of them are many, `few` of them are
    climbed first, and all only for the last steps.

    >>> coin = lambda p: (7 * np.log(p[0]) - 10 * np.log1p(p[0]), np.array([7 / p[0] - 10 / (1 + p[0])]))
    >>> found = greatest(coin, ["odds"], [[1.0]], 10)
    >>> round(float(found.values[0]), 6), found.problem
    (2.333333, '')
    """
    uphill = _in_logarithms(likelihood, size)
    best = _summit(_in_logarithms(*few) if few else uphill, [np.log(np.asarray(start)) for start in starts])
    if few:
        step, solid = _inverse(-_curvature(_in_logarithms(*few), best))
        best = _polished(uphill, best, step) if solid else best
        best = best if np.abs(uphill(best)[1]).max() < _FLAT else _summit(uphill, [best])
    level, slope = uphill(best)
    covariance, solid = _inverse(-_curvature(uphill, best) * size)
    return Fit(tuple(names), np.exp(best), level * size, covariance, _problem(names, best, slope, solid))


def by_differences(level: Callable[[Floats], float]) -> Likelihood:
    """A likelihood whose gradient is taken by central differences: for a few numbers, where writing it pays nothing."""

    def with_gradient(values: Floats) -> tuple[float, Floats]:
        steps = np.diag(values * 1e-5)
        sides = [(level(values + step) - level(values - step)) / (2 * step.sum()) for step in steps]
        return level(values), np.array(sides)

    return with_gradient


def _in_logarithms(likelihood: Likelihood, size: float) -> Likelihood:
    def mean(logs: Floats) -> tuple[float, Floats]:
        values = np.exp(logs)
        level, gradient = likelihood(values)
        if not (np.isfinite(level) and np.isfinite(gradient).all()):
            return -1e10, np.zeros_like(logs)
        return level / size, gradient * values / size

    return mean


def _climbed(uphill: Likelihood, start: Floats) -> Floats:
    def downhill(logs: Floats) -> tuple[float, Floats]:
        level, gradient = uphill(logs)
        return -level, -gradient

    bounds = [(np.log(SMALLEST), np.log(LARGEST))] * len(start)
    ended = minimize(downhill, start, jac=True, method="L-BFGS-B", bounds=bounds,
                     options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7})  # fmt: skip
    return np.asarray(ended.x, dtype=np.float64)


def _summit(uphill: Likelihood, starts: Sequence[Floats]) -> Floats:
    best = max((_climbed(uphill, start) for start in starts), key=lambda end: uphill(end)[0])
    step, solid = _inverse(-_curvature(uphill, best))
    return _polished(uphill, best, step) if solid else best


def _polished(uphill: Likelihood, logs: Floats, step: Floats) -> Floats:
    """Newton's steps while they climb and lead out of nowhere: flat ridges stop L-BFGS-B early."""
    level, slope = uphill(logs)
    for _ in range(12):
        move = step @ slope
        if np.abs(move).max() < 1e-8 or np.abs(move).max() > 1 or np.abs(logs + move).max() > np.log(LARGEST):
            break
        new_level, new_slope = uphill(logs + move)
        if not new_level >= level - 1e-13 * abs(level):
            break
        logs, level, slope = logs + move, new_level, new_slope
    return logs


def _curvature(uphill: Likelihood, logs: Floats) -> Floats:
    rows = [(uphill(logs + step)[1] - uphill(logs - step)[1]) / (2 * _STEP) for step in np.eye(len(logs)) * _STEP]
    found = np.array(rows)
    return np.asarray((found + found.T) / 2)


def _inverse(information: Floats) -> tuple[Floats, bool]:
    """And whether it is one of a summit: NaN where it is not."""
    if not np.isfinite(information).all() or np.linalg.eigvalsh(information).min() <= 1e-7 * np.abs(information).max():
        return np.full_like(information, np.nan), False
    return np.asarray(np.linalg.inv(information), dtype=np.float64), True


def _problem(names: Sequence[str], logs: Floats, slope: Floats, solid: bool) -> str:
    at_bound = [name for name, log in zip(names, logs, strict=True) if _is_at_bound(log)]
    if at_bound:
        return f"{' and '.join(at_bound)} ran to the end of what was searched: the data do not tell it"
    if not np.abs(slope).max() <= _FLAT:
        return "the likelihood did not converge"
    return "" if solid else "the likelihood is flat: the data do not tell the parameters apart"


def _is_at_bound(log: float) -> bool:
    return bool(log < np.log(SMALLEST) + _NEAR or log > np.log(LARGEST) - _NEAR)
