"""Who bought on which day for how much, out of invoices, payments or events: what is known without a contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.value.customers import Customers
from sabai.value.gammagamma import Amounts

DAYS_A_WEEK = 7
_AMOUNT = {"invoices": "base_minor", "payments": "base_minor", "events": "value"}
_DAY = {"invoices": "issued_day", "payments": "occurred_day", "events": "occurred_day"}
_SCHEMA = {"account_id": pl.String, "day": pl.Int32, "amount": pl.Float64}


@dataclass(frozen=True, slots=True)
class Buying:
    """`days`: account_id, day, amount (major units), one row for each day on which an account bought, in that order.

    Whatever it bought on one day is one purchase. `table` is where it was read, None: nowhere; `minor`: units of a
    major. Rows that are no purchases: `refunds` (below zero, or said to be a refund or a credit, `refunded` major units
    in all), `unknown` (without an amount). Rows worth nothing (`free`) are purchases, since somebody came back; they
    only say nothing of what a purchase is worth.
    """

    days: pl.DataFrame
    table: str | None
    minor: int = 1
    rows: int = 0
    refunds: int = 0
    refunded: float = 0.0
    free: int = 0
    unknown: int = 0

    @property
    def notices(self) -> Iterator[str]:
        if self.refunds:
            rows = f"{self.refunds:,} of {self.rows:,} rows of {self.table}"
            yield f"{rows} are refunds or credits, {self.refunded:,.2f} in all: no purchases; values are before them."
        if self.free:
            yield f"{self.free:,} rows of {self.table} are worth nothing: they count as purchases, not in amounts."
        if self.unknown:
            yield f"{self.unknown:,} rows of {self.table} have no amount in the workspace's currency and are left out."

    def of(self, account_ids: pl.Series) -> Buying:
        """Of these accounts only; what was set aside is told of all."""
        return replace(self, days=self.days.filter(pl.col("account_id").is_in(account_ids.implode())))

    def between(self, first: int, last: int) -> pl.DataFrame:
        """What each account bought from `first` on and before `last`: account_id, bought (days), spent."""
        within = self.days.filter(pl.col("day").is_between(first, last, closed="left"))
        return within.group_by("account_id").agg(bought=pl.len(), spent=pl.col("amount").sum())


@dataclass(frozen=True, slots=True)
class Buyers:
    """Everybody who bought before a day, in the order of `account_ids`; arrays of shape (buyers,).

    `spent`: all of it, in major units of the workspace's currency.
    """

    account_ids: tuple[str, ...]
    customers: Customers
    amounts: Amounts
    spent: Floats

    def __len__(self) -> int:
        return len(self.account_ids)


def buying(facts: Facts, as_of: int, minor: int, *, times_quantity: bool = False) -> Buying:
    """The purchases known at `as_of`: of invoices, else of payments, else of events with a value.

    `minor`: how many minor units make a major one. `times_quantity`: an event's value is the price of one piece.
    """
    for table, amount in _AMOUNT.items():
        if facts.has(table):
            rows = _rows(facts, table, amount, as_of, minor, times_quantity)
            if rows.height and rows["amount"].is_not_null().any():
                return _collapsed(rows, table, minor)
    return Buying(pl.DataFrame(schema=_SCHEMA), None, minor)


def buyers(days: pl.DataFrame, as_of: int) -> Buyers:
    """(x, t_x, T) and the mean amount of the days after the first, from the purchases before `as_of`.

    T ends on the last day that is known, the day before `as_of`.

    >>> days = pl.DataFrame({"account_id": ["A", "A", "A"], "day": [0, 7, 14], "amount": [50.0, 10.0, 20.0]})
    >>> seen = buyers(days, 22)
    >>> seen.customers.repeats.tolist(), seen.customers.last.tolist(), seen.customers.age.tolist()
    ([2.0], [2.0], [3.0])
    >>> seen.amounts.mean.tolist(), seen.spent.tolist()
    ([15.0], [80.0])
    """
    later = pl.col("day") > pl.col("day").min()
    paid = pl.col("amount").filter(later & (pl.col("amount") > 0))
    each = (
        days.filter(pl.col("day") < as_of)
        .group_by("account_id")
        .agg(
            first=pl.col("day").min(),
            last=pl.col("day").max(),
            x=later.sum(),
            paid=paid.len(),
            mean=paid.mean(),
            spent=pl.col("amount").sum(),
        )
        .sort("account_id")
    )
    weeks = ((pl.col("last") - pl.col("first")) / DAYS_A_WEEK, (as_of - 1 - pl.col("first")) / DAYS_A_WEEK)
    since = each.select(last=weeks[0], age=weeks[1])
    customers = Customers(_floats(each["x"]), _floats(since["last"]), _floats(since["age"]))
    amounts = Amounts(_floats(each["paid"]), _floats(each["mean"]))
    return Buyers(tuple(each["account_id"]), customers, amounts, _floats(each["spent"]))


def _rows(facts: Facts, table: str, amount: str, as_of: int, minor: int, times_quantity: bool) -> pl.DataFrame:
    there = set(facts.scan(table).collect_schema().names())
    worth = pl.col(amount) if amount in there else pl.lit(None, dtype=pl.Float64)
    if table == "events":
        worth = worth * pl.col("quantity") if times_quantity and "quantity" in there else worth
    else:
        worth = worth.cast(pl.Float64) / minor
    known = (pl.col(_DAY[table]) < as_of) & (pl.col("received_day").fill_null(as_of - 1) < as_of)
    kind = pl.col("kind") if table == "payments" and "kind" in there else pl.lit("payment")
    rows = facts.scan(table).filter(known & pl.col("superseded_day").is_null(), pl.col("account_id").is_not_null())
    told = rows.select("account_id", day=pl.col(_DAY[table]), amount=worth, kind=kind.fill_null("payment")).collect()
    told = told.filter(~pl.col("kind").is_in(["failed attempt", "reminder"]))
    return told.filter(pl.col("amount").is_not_null()) if table == "events" else told


def _collapsed(rows: pl.DataFrame, table: str, minor: int) -> Buying:
    back = rows.select((pl.col("amount") < 0) | pl.col("kind").is_in(["refund", "credit"]).fill_null(False)).to_series()
    back = back.fill_null(False)
    bought = rows.filter(~back & rows["amount"].is_not_null())
    days = bought.group_by("account_id", "day").agg(pl.col("amount").sum()).sort("account_id", "day")
    refunded = float(rows.filter(back)["amount"].abs().sum())
    free, unknown = int((bought["amount"] == 0).sum()), int(rows["amount"].is_null().sum())
    days = days.cast(pl.Schema(_SCHEMA))
    return Buying(days, table, minor, rows.height, int(back.sum()), refunded, free, unknown)


def _floats(column: pl.Series) -> Floats:
    return np.asarray(column.cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64)
