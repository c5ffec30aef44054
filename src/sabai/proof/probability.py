"""Is a forecast of 10% right one time in ten? Brier score, calibration line, and its error beside a floor.

`y` (rows,) says who left, `p` (rows,) is the chance that was forecast, `weight` (rows,) lets rows count by revenue.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, Flags, drawn_sums, share
from sabai.proof.logistic import fit, fit_draws
from sabai.proof.rates import rate_of

_EDGE = 1e-6  # no forecast is surer than this: the logit of 0 and of 1 has no end
BINS = 10


def brier(y: Flags, p: Floats, weight: Floats | None = None) -> float:
    """The mean squared error of the forecast (Brier 1950); less is better, NaN without rows.

    >>> round(brier(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8])), 6)
    0.158125
    """
    return float(np.average((y - p) ** 2, weights=weight)) if len(y) else np.nan


def brier_draws(y: Flags, p: Floats, account: Accounts, counts: Counts, weight: Floats | None = None) -> Floats:
    """The Brier score on every draw, shape (draws,)."""
    weights = _weights(y, weight)
    squares, all_rows = (drawn_sums(each, account, counts)[0] for each in (weights * (y - p) ** 2, weights))
    return share(squares, all_rows)


def brier_skill(y: Flags, p: Floats, weight: Floats | None = None) -> float:
    """The part of the base rate's Brier score that the forecast saves: 1 is perfect, 0 is no better than the base rate.

    NaN where nobody left or nobody stayed.

    >>> round(brier_skill(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8])), 4)
    0.3675
    """
    base = np.average(y, weights=weight) if len(y) else 0.0
    return float(1 - brier(y, p, weight) / (base * (1 - base))) if 0 < base < 1 else np.nan


def brier_skill_draws(y: Flags, p: Floats, account: Accounts, counts: Counts, weight: Floats | None = None) -> Floats:
    """The Brier skill on every draw against the base rate of that draw, shape (draws,)."""
    weights = _weights(y, weight)
    base = share(*(drawn_sums(each, account, counts)[0] for each in (weights * y, weights)))
    return 1 - share(brier_draws(y, p, account, counts, weight), base * (1 - base))


def logit(p: Floats) -> Floats:
    """The log odds of p, which is held within a millionth of 0 and 1."""
    held = np.clip(p, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(held / (1 - held)))


def calibration(y: Flags, p: Floats, weight: Floats | None = None) -> tuple[float, float]:
    """(intercept, slope) of the logistic regression of y on logit p (Cox 1958); (0, 1) is perfect.

    A slope below 1: the forecasts are too far apart. NaN where nobody or everybody left, or all forecasts are the same.
    """
    return fit(y.astype(np.float64), logit(p), weight)


def calibration_draws(y: Flags, p: Floats, account: Accounts, counts: Counts, weight: Floats | None = None) -> Floats:
    """(intercept, slope) on every draw, shape (2, draws); NaN where the draw gives none."""
    return fit_draws(y.astype(np.float64), logit(p), account, counts, weight)


def platt(y: Flags, risk: Floats) -> tuple[float, float]:
    """(a, b) so that 1 / (1 + exp(−a − b · risk)) is the chance to leave, learned from these rows.

    With the targets of Platt 1999, which stop short of 0 and 1, so that even a risk without fault has an answer.
    A risk that never varies gives the base rate; NaN where there are no rows.
    """
    left, stayed = int(y.sum()), int((~y).sum())
    target = np.where(y, (left + 1) / (left + 2), 1 / (stayed + 2))
    intercept, slope = fit(target, risk)
    if np.isnan(slope) and len(y):
        return float(logit(target.mean())), 0.0
    return intercept, slope


def chance(risk: Floats, line: tuple[float, float]) -> Floats:
    """The chance to leave that a `line` (a, b) of `platt` gives a risk."""
    return np.asarray(1 / (1 + np.exp(-np.clip(line[0] + line[1] * risk, -700, 700))))


def equal_mass(p: Floats, bins: int = BINS) -> NDArray[np.int64]:
    """The bin (rows,) of each forecast, all bins of about the same number of rows; equal forecasts are never parted.

    >>> equal_mass(np.array([0.1, 0.9, 0.1, 0.2]), bins=2).tolist()
    [0, 1, 0, 1]
    """
    _, place, times = np.unique(p, return_inverse=True, return_counts=True)
    middle = (np.cumsum(times) - times / 2) / max(len(p), 1)
    return np.minimum((middle * bins).astype(np.int64), bins - 1)[place]


def calibration_error(y: Flags, p: Floats, bins: int = BINS) -> float:
    """ECE: how far the rate lies from the forecast, averaged over the rows of equal-mass bins; NaN without rows.

    Even a perfect forecast does not reach 0: compare it with `calibration_error_floor`.
    """
    if not len(y):
        return np.nan
    return float(np.abs(np.bincount(equal_mass(p, bins), y - p)).sum() / len(y))


def calibration_error_floor(
    p: Floats, seed: int, draws: int = 1000, bins: int = BINS, together: NDArray[np.integer] | None = None
) -> float:
    """What the ECE of a perfect forecast stays under 95 times in 100: labels are drawn from p itself.

    `together` (rows,) names rows that share their luck, numbered from 0: an account's months whose windows overlap see
    the same leaving, so they know less than as many rows would, and the floor is higher.
    """
    rng, bin_of = np.random.default_rng(seed), equal_mass(p, bins)
    rows = np.arange(len(p)) if together is None else together
    lots = int(rows.max()) + 1 if len(p) else 0

    def one() -> float:
        gap = np.bincount(bin_of, (rng.random(lots)[rows] < p) - p)
        return float(np.abs(gap).sum() / len(p))

    return float(np.quantile([one() for _ in range(draws)], 0.95)) if len(p) else np.nan


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of similar forecast: the mean of it, and how many of them left."""

    forecast: float
    rate: Interval
    rows: int


def reliability(y: Flags, p: Floats, account: Accounts, counts: Counts, bins: int = BINS) -> tuple[Bin, ...]:
    """Forecast beside what came true in equal-mass bins, from low to high; bins without rows are left out."""
    bin_of, ones = equal_mass(p, bins), np.ones(len(y))
    left, rows, forecast = (np.bincount(bin_of, each, bins) for each in (y, ones, p))
    drawn = share(*(drawn_sums(each, account, counts, bin_of, bins) for each in (y * ones, ones)))
    return tuple(
        Bin(
            float(forecast[place] / rows[place]),
            rate_of(left[place] / rows[place], drawn[place], len(np.unique(account[bin_of == place]))),
            int(rows[place]),
        )
        for place in np.flatnonzero(rows)
    )


def _weights(y: Flags, weight: Floats | None) -> Floats:
    return np.ones(len(y)) if weight is None else weight
