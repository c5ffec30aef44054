"""What each account owes and has to its credit, how it pays, and whether it keeps its promises."""

from __future__ import annotations

import polars as pl

from sabai.intervals import wilson
from sabai.receivables.ageing import ageing
from sabai.receivables.habits import MANNERS, column_of, habits
from sabai.receivables.ledger import Ledger

BAD_DEBT_DAYS = 180
"""What is past due longer is likely never to be paid; stated, never written off."""


def accounts(ledger: Ledger, rows: pl.DataFrame, paying: pl.DataFrame, about: pl.DataFrame) -> pl.DataFrame:
    """One row for each account that was ever billed or paid something, who owes most first.

    `rows` are the balances with promises and touches, `paying` those that `habits.judged` can judge. Money in minor
    units; `unapplied_minor` is money that names no invoice: it stands beside the total and is never taken off it.
    Shares of MANNERS have their Wilson interval, null where nothing fell due yet.
    """
    owed = ageing(rows, "account_id").rename({"total": "receivable_minor"})
    whole = owed.join(_sums(ledger, rows), on="account_id", how="full", coalesce=True)
    shares = _with_shares(habits(paying, ledger.as_of))
    whole = whole.join(shares, on="account_id", how="left").join(about, on="account_id", how="left")
    counted = ("judged", *(column_of(manner) for manner in MANNERS), "reminders_heeded")
    money = [name for name in (*owed.columns, "unapplied_minor", "billed_year_minor") if name != "account_id"]
    whole = whole.with_columns(pl.col(money + list(counted)).fill_null(0))
    return whole.sort("receivable_minor", "account_id", descending=[True, False])


def _sums(ledger: Ledger, rows: pl.DataFrame) -> pl.DataFrame:
    positive = pl.col("base_minor").clip(0)
    owed = (pl.col("balance_minor") - pl.col("given_back_minor")).clip(0)
    is_late = (owed > 0) & (pl.col("days_past_due") > 0) & ~pl.col("disputed")
    doubtful = is_late & (pl.col("days_past_due") > BAD_DEBT_DAYS)
    sums = rows.group_by("account_id").agg(
        positive.filter(pl.col("posted_day") >= ledger.as_of - 365).sum().alias("billed_year_minor"),
        owed.filter(is_late).sum().alias("overdue_minor"),
        owed.filter(doubtful).sum().alias("likely_bad_debt_minor"),
        pl.col("days_past_due").filter(is_late).max().alias("oldest_days"),
        *((pl.col("promise") == word).sum().alias(f"promises_{word}") for word in ("kept", "broken", "pending")),
        pl.col("last_reminder_day").max(),
    )
    loose = ledger.unapplied.group_by("account_id").agg(pl.col("base_minor").sum().alias("unapplied_minor"))
    return sums.join(loose, on="account_id", how="full", coalesce=True)


def _with_shares(rows: pl.DataFrame) -> pl.DataFrame:
    for manner in MANNERS:
        name = column_of(manner)
        counts = zip(rows[name].to_list(), rows["judged"].to_list(), strict=True)
        rates = [wilson(count, n) for count, n in counts]
        rows = rows.with_columns(
            pl.Series(f"{name}_share", [rate.value for rate in rates], pl.Float64),
            pl.Series(f"{name}_low", [rate.low for rate in rates], pl.Float64),
            pl.Series(f"{name}_high", [rate.high for rate in rates], pl.Float64),
        )
    return rows
