"""Net promoter score: who would recommend us, less who would not.

Its interval is the adjusted Wald one of Agresti and Min (2005) for a difference of shares of one sample: three quarters
of a promoter and of a detractor are added, one and a half passives, and then the usual normal interval is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats

LEAST = 10
"""Of fewer answers no score is shown: one more of them could move it by 20 points."""

PROMOTER, PASSIVE = 9, 7  # from so much on, on a scale from 0 to 10
_Z = 1.959963984540054  # the normal quantile of .975
_ADDED = 0.75


@dataclass(frozen=True, slots=True)
class Votes:
    """How many would recommend (9–10), would not say (7–8) and would not (0–6). Weighted ones are fractions.

    >>> score = Votes(60, 25, 15).nps
    >>> score.value, round(score.low, 1), round(score.high, 1)
    (45.0, 29.3, 58.0)
    """

    promoters: float
    passives: float
    detractors: float

    @property
    def n(self) -> float:
        return self.promoters + self.passives + self.detractors

    @property
    def nps(self) -> Interval:
        """From −100 to 100, of independent answers; unknown of nobody, and shown by nobody below LEAST."""
        if not self.n:
            return Interval(float("nan"), float("nan"), float("nan"))
        n = self.n + 4 * _ADDED
        for_us, against = (self.promoters + _ADDED) / n, (self.detractors + _ADDED) / n
        middle = for_us - against
        half = _Z * sqrt((for_us + against - middle**2) / n)
        value = (self.promoters - self.detractors) / self.n
        return Interval(100 * value, 100 * max(-1.0, middle - half), 100 * min(1.0, middle + half))


def votes_of(scores: Floats) -> Votes:
    """Of scores from 0 to 10.

    >>> votes_of(np.array([10, 9, 8, 7, 6, 0.0]))
    Votes(promoters=2, passives=2, detractors=2)
    """
    for_us, against = int((scores >= PROMOTER).sum()), int((scores < PASSIVE).sum())
    return Votes(for_us, len(scores) - for_us - against, against)


def leaning(scores: Floats) -> Floats:
    """100 for a promoter, 0, and −100 for a detractor: their mean is the score.

    >>> leaning(np.array([10, 8, 3.0]))
    array([ 100.,    0., -100.])
    """
    return np.where(scores >= PROMOTER, 100.0, np.where(scores < PASSIVE, -100.0, 0.0))
