"""Weights that make those who answered look like all who were asked (raking, Deming and Stephan 1940).

Whoever is like many that stayed silent counts for more, and whoever is like few for less, between .3 and 3 times. That
corrects what differs by the margins alone: if within a segment the unhappy answer less, no weight knows it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats

LEAST, MOST = 0.3, 3.0
_ROUNDS = 100

Codes = NDArray[np.integer]


def raked(answered: Sequence[Codes], asked: Sequence[Codes]) -> Floats:
    """One weight for each who answered, of mean 1. `answered` and `asked` have one array for each margin, which names
    the group of each; a group of which nobody answered cannot be stood for by anybody.

    >>> raked([np.array([0, 0, 0, 1])], [np.array([0, 0, 1, 1])])
    array([0.66666667, 0.66666667, 0.66666667, 2.        ])
    """
    n = len(answered[0])
    weights: Floats = np.ones(n)
    margins = [_wanted(here, there, n) for here, there in zip(answered, asked, strict=True)]
    for _round in range(_ROUNDS):
        before = weights.copy()
        for here, wanted in zip(answered, margins, strict=True):
            sums = np.bincount(here, weights, len(wanted))
            factor = np.divide(wanted, sums, out=np.ones(len(wanted)), where=sums > 0)
            weights = weights * factor[here]
        weights = np.clip(weights, LEAST, MOST)
        if np.abs(weights - before).max() < 1e-9:
            break
    weights[:] = np.clip(weights * n / weights.sum(), LEAST, MOST)
    return weights


def worth(weights: Floats) -> float:
    """As how many equal answers the weighted ones count: (Σw)² / Σw² (Kish 1965).

    >>> worth(np.array([1.0, 1, 1, 1])), round(worth(np.array([2.0, 1, 1, 0.3])), 2)
    (4.0, 3.04)
    """
    return float(weights.sum() ** 2 / (weights @ weights))


def _wanted(here: Codes, there: Codes, n: int) -> Floats:
    """How many of the `n` who answered each group should have, among groups of which anybody did."""
    groups = int(max(here.max(), there.max())) + 1
    asked = np.bincount(there, minlength=groups).astype(np.float64)
    asked[np.bincount(here, minlength=groups) == 0] = 0
    total = asked.sum()
    wanted: Floats = n * asked / total if total else np.bincount(here, minlength=groups).astype(np.float64)
    return wanted
