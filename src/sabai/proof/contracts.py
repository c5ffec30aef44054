"""What was under contract at each date: what an account paid a month, and when it could next have said no."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import ALWAYS, NEVER
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days, Floats

_MONTH = "datetime64[M]"
_DAY = "datetime64[D]"


@dataclass(frozen=True, slots=True)
class Contracts:
    """Arrays of shape (accounts, as_of), with only what was known at the date.

    `held`: whether any subscription ran. `revenue` a month, in minor units of the workspace's currency; `renewal_in`:
    days until the next renewal of any of them. NaN where no subscription says so.
    """

    held: NDArray[np.bool_]
    revenue: Floats
    renewal_in: Floats


def contracts(facts: Facts, as_of: Days) -> Contracts:
    """Renewals come from start and term only: an end that a cancellation wrote over would tell the answer."""
    shape = (len(facts.account_ids), len(as_of))
    told = Contracts(np.zeros(shape, np.bool_), np.full(shape, np.nan), np.full(shape, np.nan))
    if facts.has("subscriptions"):
        _fill(told, _subscriptions(facts), as_of)
    return told


def _fill(told: Contracts, rows: pl.DataFrame, as_of: Days) -> None:
    account, term = rows["account"].to_numpy(), rows["term_months"].to_numpy()
    start, end = rows["starts_day"].to_numpy(), rows["ends_day"].to_numpy()
    received, superseded = rows["received_day"].to_numpy(), rows["superseded_day"].to_numpy()
    paid = rows["recurring_minor"].to_numpy()
    for column, day in enumerate(as_of):
        held = (received < day) & (superseded >= day) & (start < day) & (end >= day)
        told.held[account[held], column] = True
        pays, renews = held & ~np.isnan(paid), held & (term > 0)
        told.revenue[account[pays], column] = 0
        np.add.at(told.revenue[:, column], account[pays], paid[pays])
        due = next_renewal(start[renews], term[renews], int(day)) - day
        np.fmin.at(told.renewal_in[:, column], account[renews], due)


def next_renewal(start: Days, term_months: Floats, as_of: int) -> NDArray[np.int64]:
    """The first day on or after `as_of` that lies whole terms after `start`; shape (subscriptions,).

    Terms count in calendar months: what began on the 31st renews on the last day of a shorter month.

    >>> next_renewal(np.array([0]), np.array([12.0]), 31).tolist()  # 1970-01-01, seen on 1970-02-01: 1971-01-01
    [365]
    """
    months = term_months.astype(np.int64)
    passed = (np.int64(as_of).astype(_DAY).astype(_MONTH) - start.astype(_DAY).astype(_MONTH)).astype(np.int64)
    terms = np.maximum(passed // months, 1)
    due = _months_later(start, terms * months)
    return np.asarray(np.where(due < as_of, _months_later(start, (terms + 1) * months), due))


def _months_later(start: Days, months: NDArray[np.int64]) -> NDArray[np.int64]:
    began = start.astype(_DAY)
    of_month = began - began.astype(_MONTH).astype(_DAY)
    month = began.astype(_MONTH) + months
    last = (month + 1).astype(_DAY) - np.timedelta64(1, "D")
    return np.asarray(np.minimum(month.astype(_DAY) + of_month, last), dtype=_DAY).astype(np.int64)


def _subscriptions(facts: Facts) -> pl.DataFrame:
    places = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("account")
    rows = facts.scan("subscriptions").filter(pl.col("starts_day").is_not_null()).collect()
    return rows.join(places, on="account_id").select(
        "account",
        "starts_day",
        pl.col("ends_day").fill_null(NEVER),
        pl.col("received_day").fill_null(ALWAYS),
        pl.col("superseded_day").fill_null(NEVER),
        pl.col("recurring_minor").cast(pl.Float64).fill_null(np.nan),
        pl.col("term_months").cast(pl.Float64).fill_null(np.nan),
    )
