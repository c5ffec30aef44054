"""The overall success rate: which share of the customers is healthy, by number and by revenue, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sabai.health.cell import column_of
from sabai.health.scores import Scores
from sabai.health.standing import HEALTHY, UNKNOWN
from sabai.metrics.grid import Floats

Z_95 = 1.959963984540054  # the normal distribution's 97.5% point


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95% interval, of `n` accounts."""

    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Success:
    """Healthy of those whose band is known; None where nothing is known. `unknown` counts customers without a band."""

    by_number: Rate | None
    by_revenue: Rate | None
    unknown: int


def success_rate(scores: Scores, as_of_day: int, revenue: Floats | None = None) -> Success:
    """The share of customers who are healthy at one date of the grid.

    `revenue` has shape (accounts,), 0 or more, in one currency; unknown (NaN) leaves the account out of that rate.
    """
    column = column_of(scores.grid, as_of_day)
    alive, band = scores.grid.alive[:, column], scores.band[:, column]
    known = alive & (band != UNKNOWN)
    paying = known & ~np.isnan(revenue) if revenue is not None else np.zeros_like(known)
    return Success(
        by_number=_rate(band[known] == HEALTHY, np.ones(int(known.sum()))),
        by_revenue=None if revenue is None else _rate(band[paying] == HEALTHY, revenue[paying]),
        unknown=int((alive & ~known).sum()),
    )


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95% score interval (1927) of a share seen in n > 0 trials: never outside 0-1, and never empty.

    centre (p + z²/2n) / (1 + z²/n), half-width z √(p(1 - p)/n + z²/4n²) / (1 + z²/n).

    >>> [round(bound, 4) for bound in wilson(1 / 10, 10)]
    [0.0179, 0.4042]
    """
    z2 = Z_95 * Z_95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _rate(healthy: NDArray[np.bool_], weight: Floats) -> Rate | None:
    """The weighted share. Its interval is that of Kish's (Σw)² / Σw² equal accounts: one giant says little."""
    total = float(weight.sum())
    if not total > 0:
        return None
    share = float(weight[healthy].sum()) / total
    return Rate(share, *wilson(share, total * total / float((weight * weight).sum())), n=len(weight))
