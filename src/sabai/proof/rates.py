"""The interval of a rate whose rows hang together."""

from __future__ import annotations

import numpy as np

from sabai.intervals import Interval, wilson
from sabai.metrics.grid import Floats


def rate_of(rate: float, drawn: Floats, accounts: int) -> Interval:
    """A rate with the interval that as many independent rows would have as scatter like `drawn` (draws,) does.

    That is Wilson's interval with Kish's effective number of rows (Kish 1965; Korn & Graubard 1998). Where few left it
    holds the truth more often than the percentiles of the draws (benchmarks/coverage_simulation.py). Where no draw can
    differ, because nobody or everybody left, an account is worth one row: 0 of 3 is not surely none.

    >>> round(rate_of(0.0, np.zeros(1000), accounts=10).high, 4)
    0.2775
    """
    known = drawn[~np.isnan(drawn)]
    if not known.size or np.isnan(rate):
        return Interval(float(rate), np.nan, np.nan)
    scatter = float(known.var())
    effective = rate * (1 - rate) / scatter if 0 < rate < 1 and scatter else accounts
    sure = wilson(rate * effective, effective)
    return Interval(float(rate), sure.low, sure.high)
