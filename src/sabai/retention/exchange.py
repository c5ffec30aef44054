"""Recurring revenue at the exchange rates of any day: what contracts say in their own currency, and its worth then.

A contract counts with the rate of the day on which it began, or, where exchange is asked for as a movement of its own,
with the rate of each day that is looked at. Then what moved is told at unchanged rates, and exchange is the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.facts.derive import per_month
from sabai.facts.landed import Facts
from sabai.facts.money import exponents
from sabai.metrics.grid import Days, Floats

if TYPE_CHECKING:  # contracts carry their prices
    from sabai.retention.periods import Periods
    from sabai.retention.revenue import Minor, Subscribed


@dataclass(frozen=True, slots=True)
class Prices:
    """What contracts say, shape (rows,): `amount` minor units of `currencies[currency]`, `per_month` times a month; NaN
    where it is not known."""

    amount: Floats
    per_month: Floats
    currency: NDArray[np.int64]
    currencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What one minor unit of a currency was worth from each of `days` on, in minor units of the workspace's.

    >>> euro = Course(np.array([10, 20], dtype=np.int32), np.array([1.1, 1.2]))
    >>> euro.at(10), euro.at(11), euro.at(20), euro.at(21)  # as a day begins, with the rates of the days before
    (nan, 1.1, 1.1, 1.2)
    """

    days: Days
    worth: Floats

    def at(self, day: int) -> float:
        place = int(np.searchsorted(self.days, day, side="left")) - 1
        return float(self.worth[place]) if place >= 0 else float("nan")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Contracts, with a course for each currency in which they are written; the workspace's own has none."""

    rows: Subscribed
    prices: Prices
    courses: tuple[Course, ...]

    def at(self, bounds: Periods) -> Minor:
        """The revenue a month of each account when each day of `bounds` began, at the rates of that day; shape
        (accounts, bounds)."""
        return np.stack([self._standing(int(day), int(day)) for day in bounds.bounds], axis=1)

    def unchanged(self, at: Minor, bounds: Periods) -> Minor:
        """What the revenue of each account would be at the end of each period, had no rate changed; shape (accounts,
        periods). `at` is what it is, at both ends.

        Whoever was there at the start is counted at the rates of the start, and whoever came at those of the day on
        which each contract began.
        """
        ends, starts = bounds.ends.tolist(), bounds.starts.tolist()
        stayed = np.stack([self._standing(end, start) for end, start in zip(ends, starts, strict=True)], axis=1)
        came = np.stack([self._standing(end, None) for end in ends], axis=1)
        return np.where(at[:, :-1] != 0, stayed, came)

    def since_signed(self, day: int) -> int:
        """Minor units a month by which all that holds when a day begins is worth more at its rates than as signed."""
        return int(self._standing(day, day).sum() - self._standing(day, None).sum())

    def _standing(self, day: int, rates_of: int | None) -> Minor:
        """The sums of the contracts that hold when `day` begins, each rounded to the minor unit as it is when landing;
        without a day of rates as they were signed. Shape (accounts,)."""
        holds = np.flatnonzero((self.rows.start < day) & (day <= self.rows.end))
        amounts = self.rows.monthly[holds]
        if rates_of is not None:
            worth = np.array([course.at(rates_of) for course in self.courses] or [np.nan])
            price, prices = worth[self.prices.currency[holds]], self.prices
            now = np.rint(prices.amount[holds] * price * prices.per_month[holds])
            amounts = np.where(np.isnan(now), amounts, np.nan_to_num(now)).astype(np.int64)
        sums = np.zeros(len(self.rows.accounts), dtype=np.int64)
        np.add.at(sums, self.rows.account[holds], amounts)
        return sums


def prices(rows: pl.DataFrame) -> Prices | None:
    """Of subscriptions as they landed; None where they do not say their price in their own currency."""
    if not {"amount_minor", "interval", "currency"} <= set(rows.columns):
        return None
    currencies = rows["currency"].fill_null("").unique().sort().to_list()
    place = {currency: number for number, currency in enumerate(currencies)}
    said = rows.select(
        pl.col("amount_minor").cast(pl.Float64).fill_null(np.nan), each=per_month().fill_null(np.nan),
        place=pl.col("currency").fill_null("").replace_strict(place, return_dtype=pl.Int64),
    )  # fmt: skip
    return Prices(said["amount_minor"].to_numpy(), said["each"].to_numpy(), said["place"].to_numpy(), tuple(currencies))


def exchanged(facts: Facts, rows: Subscribed, own: str) -> Exchanged | None:
    """With the rates that are known; None where no contract is in another currency than `own`."""
    if rows.prices is None or not facts.has("rates") or not {*rows.prices.currencies} - {own, ""}:
        return None
    known = facts.scan("rates").filter(pl.col("superseded_day").is_null()).sort("day_day")
    by_currency = known.select("currency", "day_day", "rate").collect().partition_by("currency", as_dict=True)
    nothing = pl.DataFrame(schema={"currency": pl.String, "day_day": pl.Int32, "rate": pl.Float64})
    courses = (
        _course(currency, by_currency.get((currency,), nothing) if currency != own else nothing, own)
        for currency in rows.prices.currencies
    )
    return Exchanged(rows, rows.prices, tuple(courses))


def _course(currency: str, rates: pl.DataFrame, own: str) -> Course:
    factor = 10.0 ** exponents()[own] / 10.0 ** exponents().get(currency, 2)
    return Course(rates["day_day"].to_numpy().astype(np.int32), rates["rate"].to_numpy() * factor)
