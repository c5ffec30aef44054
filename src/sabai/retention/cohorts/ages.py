"""How old somebody is on a day: in days, weeks or months since they began.

A month of one's own begins on the day of the month on which one began, or on the last day where a month is too short
for it. A month of the calendar begins on the first, so that the first one is cut short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Days

Every = Literal["day", "week", "month"]
Numbers = NDArray[np.int64]

LENGTH = {"day": 1, "week": 7}
MOST = {"day": 30, "week": 26, "month": 24}
"""Ages that are shown where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Ages:
    """`spans` are the first and the last age of each column, both included: (3, 3) is the fourth month.

    >>> months = Ages("month", ((0, 0), (1, 1)))
    >>> begun = np.array([19753], dtype=np.int32)  # 31 January 2024
    >>> months.begins(begun, 1), months.age(begun, np.array([19781, 19782], dtype=np.int32))  # 29 February
    (array([19782], dtype=int32), array([0, 1]))
    >>> months.labels, Ages("day", ((1, 7),)).labels
    (('0', '1'), ('1–7',))
    """

    every: Every
    spans: tuple[tuple[int, int], ...]
    calendar: bool = False

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def oldest(self) -> int:
        return max((last for _, last in self.spans), default=0)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(f"{first}" if first == last else f"{first}–{last}" for first, last in self.spans)

    def age(self, zero: Days, day: Days) -> Numbers:
        """The age on each day of whoever began on the day `zero`; negative before."""
        if self.every != "month":
            return (day.astype(np.int64) - zero) // LENGTH[self.every]
        if not len(day):
            return np.zeros(0, dtype=np.int64)
        first = int(min(day.min(), zero.min()))
        days = np.arange(first, int(max(day.max(), zero.max())) + 1, dtype=np.int32)
        month = _month(days)  # looked up: days are few, and rows are many
        now, then = day - first, zero - first
        months = month[now] - month[then]
        if self.calendar:
            return np.where(day < zero, -1, months)
        place = _in_month(days)
        return months - (place[now] < np.minimum(place[then], _length(month)[now]))

    def begins(self, zero: Days, age: int) -> Days:
        """The first day of that age."""
        if self.every != "month":
            return (zero + age * LENGTH[self.every]).astype(np.int32)
        month = _month(zero) + age
        if self.calendar:
            return np.where(age > 0, _first(month), zero).astype(np.int32)
        return (_first(month) + np.minimum(_in_month(zero), _length(month))).astype(np.int32)


def month_numbers(day: Days) -> Numbers:
    """Months since January 1970."""
    return _month(day)


def _month(day: Days) -> Numbers:
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first(month: Numbers) -> Numbers:
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _in_month(day: Days) -> Numbers:
    """How many days of its month are over when the day begins."""
    return day - _first(_month(day))


def _length(month: Numbers) -> Numbers:
    """The last day of the month, counted as `_in_month` does."""
    return _first(month + 1) - _first(month) - 1
