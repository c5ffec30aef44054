"""Over which days answers are counted, and by what they are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sabai.dates import from_day, to_day
from sabai.errors import Issue, UsageError
from sabai.facts.landed import Facts
from sabai.retention.known import known_days
from sabai.retention.periods import Every, Periods
from sabai.retention.span import Span

LATELY_DAYS = 365


@dataclass(frozen=True, slots=True)
class Asked:
    """The days that were asked for: `periods` of the calendar, the first and the last as far as they are asked, and
    `lately`, the last twelve months of them (all, where somebody said from when)."""

    periods: Periods
    lately: tuple[int, int]
    by: str | None

    @property
    def first(self) -> int:
        return int(self.periods.bounds[0])

    @property
    def until(self) -> int:
        """Nothing that happened or was received on this day or later is read."""
        return int(self.periods.bounds[-1])


def asked(span: Span, facts: Facts, answered: tuple[int, int] | None) -> Asked:
    """`answered` are the first and the last day of which answers tell; without any all that is known is read. Raises
    UsageError FBK-001 where the span is empty, FactsError where there are no dated facts."""
    known_first, known_until = known_days(facts)
    begun, last = answered or (known_first, known_until - 1)
    until = to_day(span.last) if span.last else max(known_until, last + 1)
    first = to_day(span.first) if span.first else min(begun, until - 1)
    if first >= until:
        raise UsageError(_empty(from_day(first), from_day(until)))
    bounds = [first, *_between(first, until, span.every), until]
    lately = first if span.first else max(first, until - LATELY_DAYS)
    return Asked(Periods(span.every, np.array(bounds, dtype=np.int32)), (lately, until), span.by)


def _between(first: int, until: int, every: Every) -> list[int]:
    """The days inside on which a period of the calendar begins."""
    if every == "span":
        return []
    length = {"month": 1, "quarter": 3, "year": 12}[every]
    start, end = from_day(first), from_day(until)
    numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    begins = (to_day(date(number // 12, number % 12 + 1, 1)) for number in numbers if number % 12 % length == 0)
    return [day for day in begins if first < day < until]


def _empty(first: date, last: date) -> Issue:
    return Issue(
        "FBK-001",
        f"No day lies between {first} and {last}.",
        "",
        "Answers are counted from the first day on, until the day before the last.",
        "Ask for an earlier --from or a later --to.",
    )
