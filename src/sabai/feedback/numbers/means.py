"""A mean with Student's interval, and the square of what single answers stray."""

from __future__ import annotations

from math import sqrt

from scipy.special import stdtrit

from sabai.intervals import Interval


def mean_of(total: float, squares: float, n: int, low: float, high: float) -> Interval:
    """Of `n` independent answers with that sum and sum of squares, cut to the scale; one answer has no interval.

    >>> said = mean_of(27.0, 163.0, 5, 1, 7)  # 7, 7, 6, 5, 2
    >>> said.value, round(said.low, 2), said.high
    (5.4, 2.83, 7)
    """
    if not n:
        return Interval(float("nan"), float("nan"), float("nan"))
    value = total / n
    if n == 1:
        return Interval(value, float("nan"), float("nan"))
    error = sqrt(max(squares - n * value**2, 0.0) / (n - 1) / n)
    half = float(stdtrit(n - 1, 0.975)) * error
    return Interval(value, max(low, value - half), min(high, value + half))


def variance_of(total: float, squares: float, n: float) -> float:
    """Of single answers: p + d − (p − d)² where they are 1, 0 and −1.

    >>> variance_of(45.0, 75.0, 100)
    0.5475
    """
    return max(squares / n - (total / n) ** 2, 0.0)
