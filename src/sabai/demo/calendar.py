"""The fixed months in which the made company lives, and one stream of chance for each of its tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np

from sabai.dates import from_day, to_day

LAST = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days since 1970-01-01, both included; week w begins on day `first + 7 * w`."""

    first: int
    last: int

    @property
    def weeks(self) -> int:
        return (self.last - self.first) // 7 + 1

    def week_of(self, day: int) -> int:
        """The week that a day falls into, held inside the calendar."""
        return min(max((day - self.first) // 7, 0), self.weeks - 1)

    def months(self) -> Iterator[date]:
        """The first day of every month."""
        month = from_day(self.first)
        while to_day(month) <= self.last:
            yield month
            month = first_of_next_month(month)


def calendar(months: int) -> Calendar:
    """The whole months that end on 30 June 2026.

    >>> [from_day(day).isoformat() for day in (calendar(24).first, calendar(24).last)]
    ['2024-07-01', '2026-06-30']
    """
    year, month = divmod(LAST.year * 12 + LAST.month - months, 12)
    return Calendar(to_day(date(year, month + 1, 1)), to_day(LAST))


def first_of_next_month(when: date) -> date:
    """
    >>> first_of_next_month(date(2025, 12, 9))
    datetime.date(2026, 1, 1)
    """
    return (when.replace(day=1) + timedelta(days=32)).replace(day=1)


def chance(seed: int, what: str) -> np.random.Generator:
    """A stream of its own for each purpose, so that a new table does not change the others."""
    return np.random.default_rng([seed, crc32(what.encode())])
