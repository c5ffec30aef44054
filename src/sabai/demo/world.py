"""Everything that the made tools draw from: the calendar, the customers and the hidden truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.demo.calendar import Calendar, chance
from sabai.demo.customers import Customers
from sabai.demo.latent import DIMENSIONS, Floats, Ints, Truth
from sabai.demo.later import later


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    calendar: Calendar
    who: Customers
    truth: Truth
    weeks_later: int = 0  # so much later its tools tell every date than it is in here

    def chance(self, what: str) -> np.random.Generator:
        return chance(self.seed, what)

    def told(self, rows: pl.DataFrame) -> pl.DataFrame:
        """As its tools tell them."""
        return later(rows, self.weeks_later)

    def health(self, dimension: str) -> Floats:
        """The hidden path of one dimension, (account, week)."""
        path: Floats = self.truth.health[:, :, DIMENSIONS.index(dimension)]
        return path

    def health_on(self, dimension: str, account: int, day: int) -> float:
        return float(self.health(dimension)[account, self.calendar.week_of(day)])

    def last_day(self, account: int) -> int:
        """The last day of the calendar on which the account was a customer."""
        return min(self.calendar.last, int(self.truth.effective[account]) - 1)

    @property
    def present(self) -> Floats:
        """The share of each week that the account was a customer, (account, week)."""
        monday = self.calendar.first + 7 * np.arange(self.calendar.weeks)
        until = np.minimum(self.truth.effective, self.calendar.last + 1)[:, None]
        days = np.minimum(until, monday + 7) - np.maximum(self.who.started[:, None], monday)
        share: Floats = np.clip(days, 0, 7) / 7
        return share

    @property
    def given_notice(self) -> Floats:
        """1 in the weeks after notice was given, (account, week)."""
        monday = self.calendar.first + 7 * np.arange(self.calendar.weeks)
        return (monday > self.truth.notice[:, None]).astype(float)

    def active_accounts(self) -> Ints:
        """Paying accounts that were customers on at least one day of the calendar."""
        return np.flatnonzero(self.who.paying & (self.present.sum(axis=1) > 0))
