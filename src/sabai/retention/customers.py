"""How many customers stay: (CE − CN) / CS, the losses of each period, and nobody counted twice.

CS were customers when a period began, CE when it ended, CN of these came in it for the first time. Who came back stands
apart: counting them as kept, or as new, would flatter. STATISTICS: customer retention rate, logo churn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import Interval, wilson
from sabai.metrics.grid import Days
from sabai.retention.periods import Periods
from sabai.retention.stays import Stays

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Who was there, came and went; every array has shape (accounts, periods).

    `lost` were there at the start and not at the end; `new` came for the first time and are there at the end,
    `came_back` had been customers before; `arrived` came for the first time, whether or not they are still there.
    """

    start: Flags
    end: Flags
    new: Flags
    came_back: Flags
    arrived: Flags

    @property
    def lost(self) -> Flags:
        return self.start & ~self.end

    def only(self, accounts: Flags) -> Turnover:
        """Where `accounts`, of the same shape or (accounts, 1), is true."""
        fields = (self.start, self.end, self.new, self.came_back, self.arrived)
        return Turnover(*(each & accounts for each in fields))


def turnover(stays: Stays, bounds: Periods) -> Turnover:
    """Of the customers in `stays`, period by period."""
    present = stays.present(bounds.bounds)
    start, end = present[:, :-1], present[:, 1:]
    first = stays.first[:, None]
    arrived = (first >= bounds.starts) & (first < bounds.ends)
    came = ~start & end
    return Turnover(start, end, came & arrived, came & ~arrived, arrived)


@dataclass(frozen=True, slots=True)
class Retention:
    """Counts of customers in one period, or added up over several: then `start` counts a customer once for each.

    >>> year = Retention(start=200, end=210, new=40, came_back=0, arrived=44, lost=30)
    >>> year.rate.value, year.rate_of_all_new  # the other reading takes off also those who came and left again
    (0.85, 0.83)
    """

    start: int
    end: int
    new: int
    came_back: int
    arrived: int
    lost: int

    @property
    def rate(self) -> Interval:
        """(CE − CN) / CS with its Wilson interval, n = `start`; reactivated customers are left out of CE."""
        return wilson(self.end - self.new - self.came_back, self.start)

    @property
    def churn(self) -> Interval:
        """The lost of those who were there at the start."""
        return wilson(self.lost, self.start)

    @property
    def rate_of_all_new(self) -> float | None:
        """The same formula where CN are all who came, also those who left again before the end."""
        return (self.end - self.came_back - self.arrived) / self.start if self.start else None

    @property
    def rate_with_returns(self) -> float | None:
        """The same formula where whoever came back counts as kept."""
        return (self.end - self.new) / self.start if self.start else None


def retention(moves: Turnover) -> tuple[Retention, ...]:
    """One for each period."""
    fields = (moves.start, moves.end, moves.new, moves.came_back, moves.arrived, moves.lost)
    sums = np.stack([each.sum(axis=0) for each in fields], axis=1)
    return tuple(Retention(*counts) for counts in sums.tolist())


def pooled(each: tuple[Retention, ...]) -> Retention:
    """All periods together: `churn` is then the mean loss of a period, from all customer-periods."""
    fields = ("start", "end", "new", "came_back", "arrived", "lost")
    return Retention(*(sum(getattr(one, name) for one in each) for name in fields))


def lost_days(stays: Stays, bounds: Periods, lost: Flags) -> Days:
    """The day on which each that was lost in a period had left; NEVER elsewhere. Shape (accounts, periods)."""
    never = np.iinfo(np.int32).max
    ends = np.stack([stays.last_end(int(end)) for end in bounds.ends], axis=1)
    return np.where(lost, ends, never).astype(np.int32)
