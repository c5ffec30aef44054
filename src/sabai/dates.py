"""Days as integers: every window and every as-of date is counted in the workspace's local days.

A day is the number of days since 1970-01-01 in the workspace's time zone, so daylight saving never enters a window.
An as-of date stands for the start of that day: what happened on the day itself is not yet known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
NEVER = 2**31 - 1  # a day that never comes: an end that is open
ALWAYS = -(2**31)  # before every day: received at a time that nobody knows, or known from the beginning


def to_day(when: date) -> int:
    """
    >>> to_day(date(1970, 1, 8))
    7
    """
    return (when - EPOCH).days


def from_day(day: int) -> date:
    """
    >>> from_day(7)
    datetime.date(1970, 1, 8)
    """
    return EPOCH + timedelta(days=int(day))


def monday_on_or_before(when: date) -> date:
    """The canonical week that a date belongs to.

    >>> monday_on_or_before(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return when - timedelta(days=when.weekday())


def as_of_dates(first: date, last: date, every: str) -> Iterator[date]:
    """As-of dates from `first` to `last`, both included; `every` is "day", "week" or "month".

    Months keep the day of `first` where the month has it, else its last day.

    >>> [d.isoformat() for d in as_of_dates(date(2024, 1, 31), date(2024, 3, 31), "month")]
    ['2024-01-31', '2024-02-29', '2024-03-31']
    """
    count = 0
    while (when := _step(first, every, count)) <= last:
        yield when
        count += 1


def _step(first: date, every: str, count: int) -> date:
    if every == "month":
        year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
        following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
        return min(date(year, month + 1, 1) + timedelta(days=first.day - 1), following - timedelta(days=1))
    return first + timedelta(days=count * {"day": 1, "week": 7}[every])
