"""Recurring revenue of each customer whenever a period begins, out of subscriptions: what movements are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days
from sabai.retention.exchange import Prices, prices
from sabai.retention.periods import Periods
from sabai.retention.stays import made_up

Minor = NDArray[np.int64]

LATE_DAYS = 31  # a contract that is entered longer after its start moves months that were closed


@dataclass(frozen=True, slots=True)
class Subscribed:
    """One entry for each subscription item that recurs, in the newest version known; shape (rows,).

    `account` indexes `accounts`; it holds at the as-of dates in (start, end], for `monthly` minor units of the
    workspace's currency, at the exchange rate of the day on which it began. `prices`: what it says in its own.
    """

    accounts: tuple[str, ...]
    account: NDArray[np.int32]
    start: Days
    end: Days
    monthly: Minor
    notices: tuple[str, ...] = ()
    prices: Prices | None = None

    def at(self, bounds: Periods) -> Minor:
        """The recurring revenue a month of each account when each day of `bounds` began; shape (accounts, bounds).

        One pass: a subscription adds its amount at the first bound that sees it and takes it away at the first that
        does not; the running total is the revenue, to the minor unit.
        """
        days = bounds.bounds
        wide = len(days) + 1
        steps = np.zeros(len(self.accounts) * wide, dtype=np.int64)
        row = self.account.astype(np.int64) * wide
        opens, closes = (np.searchsorted(days, day, side="right") for day in (self.start, self.end))
        np.add.at(steps, row + opens, self.monthly)
        np.subtract.at(steps, row + np.maximum(opens, closes), self.monthly)
        return np.cumsum(steps.reshape(-1, wide), axis=1)[:, :-1]

    def first_paid(self) -> Days:
        """The day on which each account first paid anything; NEVER for those who never did. What ended on the day on
        which it began was never paid, nor was what another row took off."""
        first = np.full(len(self.accounts), NEVER, dtype=np.int32)
        reduced = np.isin(self.account, self.account[self.monthly < 0])
        pays = (self.monthly > 0) & (self.end > self.start) & ~reduced
        np.minimum.at(first, self.account[pays], self.start[pays])
        account, day, running = self._running(reduced)
        np.minimum.at(first, account[running > 0], day[running > 0])
        return first

    def _running(self, rows: NDArray[np.bool_]) -> tuple[NDArray[np.int32], Days, Minor]:
        """The revenue of each account after each day on which it changed: account, day, and the amount."""
        start, monthly = self.start[rows], self.monthly[rows]
        account, day = np.tile(self.account[rows], 2), np.concatenate([start, np.maximum(start, self.end[rows])])
        order = np.lexsort((day, account))
        account, day, amount = account[order], day[order], np.concatenate([monthly, -monthly])[order]
        last = np.append((account[1:] != account[:-1]) | (day[1:] != day[:-1]), True)[: len(day)]
        return account[last], day[last], np.cumsum(amount)[last]  # all amounts of an account add up to nothing


def subscribed(facts: Facts, known_until: int) -> Subscribed:
    """What is known of all subscriptions at the day `known_until`. Trials do not recur yet, test accounts never do, and
    what nobody can turn into an amount a month is left out and said."""
    if not facts.has("subscriptions"):
        nothing = np.zeros(0, dtype=np.int32)
        said = ("There are no subscriptions, so nothing recurs.",)
        return Subscribed(facts.account_ids, nothing, nothing, nothing, nothing.astype(np.int64), said)
    rows = _newest(facts, known_until)
    recurring = rows.filter(pl.col("recurring_minor").is_not_null(), pl.col("recurring_minor") != 0)
    return Subscribed(
        facts.account_ids,
        recurring["account"].to_numpy().astype(np.int32),
        recurring["starts_day"].to_numpy(),
        recurring["ends_day"].fill_null(NEVER).to_numpy(),
        recurring["recurring_minor"].to_numpy(),
        (*_notices(rows, recurring), *_set_aside(facts)),
        prices(recurring),
    )


def _newest(facts: Facts, known_until: int) -> pl.DataFrame:
    places = pl.LazyFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("account")
    received = pl.col("received_day").min().over("source", "key")
    rows = (
        facts.scan("subscriptions")
        .with_columns(first_received=received)
        .filter(
            pl.col("superseded_day").is_null(),
            pl.col("starts_day") < known_until,
            pl.col("status").str.to_lowercase().ne_missing("trial"),
        )
        .join(made_up(facts).lazy(), on="account_id", how="anti")
    )
    wanted = ("starts_day", "ends_day", "recurring_minor", "first_received", "received_assumed", "product", "status")
    said = [name for name in ("amount_minor", "interval", "currency") if name in rows.collect_schema().names()]
    return rows.join(places, on="account_id").select("account", *wanted, *said).collect()


def _set_aside(facts: Facts) -> Iterator[str]:
    """Contracts that never landed, for want of an exchange rate for instance, are missing in every sum."""
    rows = facts.aside().filter(pl.col("table") == "subscriptions").select(pl.len()).collect().item()
    if rows:
        yield f"Rows of subscriptions that were set aside: {rows:,}. They count nowhere; rejects.csv says why."


def _notices(rows: pl.DataFrame, recurring: pl.DataFrame) -> Iterator[str]:
    """What a person who adds the figures up by hand would stumble over."""
    after = pl.col("starts_day").shift(-1).over("account", "product", order_by="starts_day")
    late = ~pl.col("received_assumed") & (pl.col("first_received") - pl.col("starts_day") > LATE_DAYS)
    unending = pl.col("ends_day").is_null() & (_word("status") == "cancelled")
    without = rows["recurring_minor"].null_count()
    free, below = (rows.filter(each).height for each in (pl.col("recurring_minor") == 0, pl.col("recurring_minor") < 0))
    overlapping = recurring.filter(after < pl.col("ends_day").fill_null(NEVER)).height
    entered, paused, gone = (recurring.filter(each).height for each in (late, _word("status") == "paused", unending))
    if without:
        yield f"Subscriptions without an amount a month: {without:,}. They have no price, interval or exchange rate."
    if free:
        yield f"Subscriptions that cost nothing: {free:,}. They count as customers and not in revenue."
    if below:
        yield f"Subscriptions below zero: {below:,}. They are taken off their customer's revenue."
    if overlapping:
        yield f"Subscriptions that overlap another of the same customer and product: {overlapping:,}. Both count."
    if entered:
        yield (
            f"Subscriptions entered more than {LATE_DAYS} days after they began: {entered:,}. Closed months have moved."
        )
    if paused:
        yield f"Subscriptions that are paused, nobody says since when: {paused:,}. They count as they stand."
    if gone:
        yield f"Subscriptions cancelled without an end: {gone:,}. They count as if they went on."


def _word(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase()
