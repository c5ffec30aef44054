"""Which days a scoring speaks of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import ALWAYS, from_day, monday_on_or_before, to_day
from sabai.desk.scoring.sources import DESK
from sabai.facts.landed import Facts
from sabai.facts.strays import happenings
from sabai.metrics.calendar import first_known
from sabai.metrics.grid import Days, Places

WEEK, MONTH, QUARTER = 7, 28, 91
TREND_WEEKS = 104
POINT_WEEKS = 13
HALF_YEAR = 27


@dataclass(frozen=True, slots=True)
class Spoken:
    """`mondays` up to `as_of`, which is the day that the desk speaks of, and the days that it compares that with."""

    as_of: int
    mondays: tuple[int, ...]
    before: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        return tuple(sorted({*self.mondays, *self.before, self.as_of}))

    def trend(self, as_of: Days) -> Places:
        """The columns of the last TREND_WEEKS Mondays and of the as-of day."""
        return np.flatnonzero(np.isin(as_of, [*self.mondays[-TREND_WEEKS:], self.as_of]))

    def half_year(self, as_of: Days) -> Places:
        """Those of the last HALF_YEAR weeks and of the as-of day."""
        return np.flatnonzero(np.isin(as_of, [*self.mondays[-HALF_YEAR:], self.as_of]))

    def points(self, as_of: Days) -> Places:
        return np.flatnonzero(np.isin(as_of, self.mondays[-POINT_WEEKS:]))


def spoken(facts: Facts, today: int) -> Spoken:
    """The day after the last fact that the company's tools told of, today at the latest; FactsError without any fact.

    What people log at the desk does not make the tools speak: without exports for a month, a month of silence would be
    said of every customer.
    """
    first = first_known(facts)
    as_of = max(min(_last_told(facts, today, first) + 1, today), first + 1)
    last = to_day(monday_on_or_before(from_day(as_of)))
    begins = to_day(monday_on_or_before(from_day(first))) + 7
    before = tuple(as_of - days for days in (WEEK, MONTH, QUARTER) if as_of - days > first)
    return Spoken(as_of, tuple(range(begins, last + 1, 7)), before)


def _last_told(facts: Facts, today: int, first: int) -> int:
    """As `calendar.last_known`, but by tools, and not after today: one slip of the keyboard is no fact from 2036."""
    received = pl.col("received_day")
    told = (received > ALWAYS) & (received <= today) & (pl.col("source") != DESK)
    tables = [table.name for table in happenings(facts)]
    found = [facts.scan(name).select(received.filter(told).max()).collect().item() for name in tables]
    return max((day for day in found if day is not None), default=first)
