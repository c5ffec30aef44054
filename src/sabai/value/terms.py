"""Terms in calendar months: what began on the 31st renews on the last day of a shorter month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

_MONTH, _DAY = "datetime64[M]", "datetime64[D]"


def renewal_number(start: Whole, term_months: Whole, day: Whole | int) -> Whole:
    """Which renewal is the first on or after `day`: 1, 2, …; shape (stays,).

    >>> renewal_number(np.array([0, 0]), np.array([12, 1]), 366).tolist()  # from 1970-01-01, on 1971-01-02
    [2, 13]
    """
    months = _month(np.asarray(day, dtype=np.int64)) - _month(start)
    number = np.maximum(months // term_months, 1)
    return np.asarray(number + (months_later(start, number * term_months) < day))


def months_later(start: Whole, months: Whole) -> Whole:
    """
    >>> months_later(np.array([30]), np.array([1])).tolist()  # 1970-01-31, and 1970-02-28
    [58]
    """
    began = start.astype(_DAY)
    of_month = began - began.astype(_MONTH).astype(_DAY)
    month = began.astype(_MONTH) + months
    last = (month + 1).astype(_DAY) - np.timedelta64(1, "D")
    return np.asarray(np.minimum(month.astype(_DAY) + of_month, last), dtype=_DAY).astype(np.int64)


def _month(day: Whole) -> Whole:
    return np.asarray(day.astype(_DAY).astype(_MONTH).astype(np.int64))
