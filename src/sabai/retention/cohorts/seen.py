"""Some of those who began, at which ages they were there, and which ages they have reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Days
from sabai.retention.cohorts.ages import Ages

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """`cohort` indexes `names`; `active` and `reached` have shape (units, ages). Who is not reached is not counted."""

    names: tuple[str, ...]
    cohort: NDArray[np.int64]
    active: Flags
    reached: Flags


@dataclass(frozen=True, slots=True)
class Watched:
    """The days that are known: from `first` (included) to `until` (excluded)."""

    first: int
    until: int

    def reached(self, ages: Ages, zero: Days) -> Flags:
        """Where the whole of an age lies in days that are known; shape (units, ages)."""
        begins = [np.greater_equal(ages.begins(zero, first), self.first) for first, _ in ages.spans]
        ends = [np.less_equal(ages.begins(zero, last + 1), self.until) for _, last in ages.spans]
        return _columns(begins, len(zero)) & _columns(ends, len(zero))

    def reached_first_days(self, ages: Ages, zero: Days) -> Flags:
        """The same of the first day of each age, for what is looked at on that day only."""
        return _columns([np.less(ages.begins(zero, first), self.until) for first, _ in ages.spans], len(zero))


def from_the_start(came: Sequence[int]) -> bool:
    """Whether nobody joins later: whoever is watched at an age was watched at those before.

    >>> from_the_start([9, 9, 4]), from_the_start([0, 3, 2])
    (True, False)
    """
    return bool(came) and came[0] > 0 and all(later <= sooner for sooner, later in pairwise(came))


def active_at(ages: Ages, unbounded: bool, unit: NDArray[np.int64], age: NDArray[np.int64], units: int) -> Flags:
    """Who was there at which of `ages`, from one row for each time that a unit was; shape (units, ages).

    >>> weeks, unit, age = Ages("week", ((0, 0), (1, 1))), np.array([0, 1]), np.array([0, 9])
    >>> active_at(weeks, False, unit, age, 2).tolist(), active_at(weeks, True, unit, age, 2).tolist()
    ([[True, False], [False, False]], [[True, False], [True, True]])
    """
    if unbounded:
        last = np.full(units, -1, dtype=np.int64)
        np.maximum.at(last, unit, age)
        return last[:, None] >= np.array([first for first, _ in ages.spans], dtype=np.int64)
    at = np.zeros((units, ages.oldest + 1), dtype=np.bool_)
    counted = (age >= 0) & (age <= ages.oldest)
    at[unit[counted], age[counted]] = True
    return _columns([np.asarray(at[:, first : last + 1].any(axis=1)) for first, last in ages.spans], units)


def _columns(columns: list[Flags], units: int) -> Flags:
    return np.stack(columns, axis=1) if columns else np.zeros((units, 0), dtype=np.bool_)
