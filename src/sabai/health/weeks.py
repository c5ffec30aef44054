"""The canonical weekly grid: the Mondays on which bands are folded and of which the reference is taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sabai.dates import to_day
from sabai.definitions.model import Health
from sabai.metrics.grid import Days

MONDAY = 4  # 1970-01-05, counted in days since 1970-01-01


def mondays(as_of: Days) -> NDArray[np.bool_]:
    """Which dates are Mondays; shape (as_of,).

    >>> mondays(np.array([4, 5, 11], dtype=np.int32)).tolist()
    [True, False, True]
    """
    return np.asarray((as_of - MONDAY) % 7 == 0)


def reference_weeks(as_of: Days, health: Health) -> NDArray[np.bool_]:
    """The Mondays of the reference span, both ends included; shape (as_of,). No span stated: all Mondays there are."""
    if health.reference is None:
        return mondays(as_of)
    first, last = health.reference
    return np.asarray(mondays(as_of) & (as_of >= to_day(first)) & (as_of <= to_day(last)))


def last_monday(as_of: Days) -> NDArray[np.int64]:
    """For each date, the index among the Mondays of `as_of` of the last one on or before it; -1 where there is none.

    >>> last_monday(np.array([3, 4, 9, 11], dtype=np.int32)).tolist()
    [-1, 0, 0, 1]
    """
    return np.asarray(np.searchsorted(as_of[mondays(as_of)], as_of, side="right") - 1)
