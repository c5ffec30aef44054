"""The months, quarters or years that retention is counted over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from sabai.dates import from_day, to_day
from sabai.errors import Issue, UsageError
from sabai.metrics.grid import Days

Every = Literal["month", "quarter", "year", "span"]
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Periods:
    """`bounds` has one day more than there are periods: period i runs from `bounds[i]` to the day before the next.

    What stood at a bound is what stood when that day began.
    """

    every: Every
    bounds: Days

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def starts(self) -> Days:
        return self.bounds[:-1]

    @property
    def ends(self) -> Days:
        return self.bounds[1:]

    @property
    def whole(self) -> Periods:
        """All of them as one."""
        return Periods("span", self.bounds[[0, -1]])

    @property
    def is_a_year(self) -> bool:
        """Whether all of them together can be held against figures of a year."""
        return 365 <= int(self.bounds[-1] - self.bounds[0]) <= 366


def periods(first: date, last: date, every: Every) -> Periods:
    """Whole calendar periods from `first` on that have ended by the day `last`; "span" is one, as it was asked for.

    Raises UsageError RET-001 where there is none.

    >>> periods(date(2024, 1, 15), date(2024, 4, 1), "month").bounds.tolist()  # February and March
    [19754, 19783, 19814]
    """
    if every == "span":
        bounds = [to_day(first), to_day(last)]
    else:
        length = MONTHS[every]
        begins = [_month(number) for number in range(_following(first, length), _number(last) + 1, length)]
        bounds = [to_day(day) for day in begins if day <= last]
    if len(bounds) < 2 or bounds[-1] <= bounds[0]:
        raise UsageError(_too_short(first, last, every))
    return Periods(every, np.array(bounds, dtype=np.int32))


def label_of(bounds: Periods, place: int) -> str:
    """2024-03, 2024 Q2, 2024, or both ends of a span.

    >>> label_of(periods(date(2024, 4, 1), date(2024, 7, 1), "quarter"), 0)
    '2024 Q2'
    """
    start, end = from_day(int(bounds.starts[place])), from_day(int(bounds.ends[place]) - 1)
    names = {
        "month": f"{start:%Y-%m}",
        "quarter": f"{start.year} Q{(start.month + 2) // 3}",
        "year": f"{start.year}",
        "span": f"{start} – {end}",
    }
    return names[bounds.every]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _following(first: date, length: int) -> int:
    """The first month on or after `first` with which a period of that length begins."""
    number = _number(first) + (first.day > 1)
    return -(-number // length) * length


def _too_short(first: date, last: date, every: Every) -> Issue:
    return Issue(
        "RET-001",
        f"No whole {every} lies between {first} and {last}.",
        "",
        "What was kept is counted from the start of a period to its end.",
        "Ask for a shorter period (--every month), an earlier --from or a later --to.",
    )
