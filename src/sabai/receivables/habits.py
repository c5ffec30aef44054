"""How each account pays: early, on time, after a reminder, late, or not at all.

Only invoices whose due day has passed are judged, so that the prompt ones do not come in before the slow ones; what is
in dispute, was credited away or says no due day is left out. An invoice is paid on the day of the payment that covered
it, and a later refund does not make that late.
"""

from __future__ import annotations

import polars as pl

from sabai.receivables.balances import small
from sabai.receivables.ledger import Ledger
from sabai.receivables.payments import REMINDER

MANNERS = ("early", "on time", "after reminder", "late", "unpaid")
"""Before the due day, on it, after it with or without a reminder, still open after it."""
RECENT_DAYS = 182  # six months


def judged(ledger: Ledger, rows: pl.DataFrame) -> pl.DataFrame:
    """Of `rows` of balances at the ledger's as-of date those that can be judged, with `manner` (one of MANNERS),
    `paid_day`, `days_late` (null while unpaid), and `reminded_days`, from the last reminder to the payment."""
    due = rows.filter(pl.col("base_minor") > 0, pl.col("days_past_due") > 0, ~pl.col("disputed"))
    due = due.join(_covered(ledger), on="invoice", how="left")
    by_money, dated = pl.col("_by_money"), pl.col("paid_day").is_not_null()
    due = due.filter(by_money.is_null() | (by_money & dated))
    due = due.join(_last_reminder(ledger, due), on="invoice", how="left")
    late = pl.col("paid_day") - pl.col("due_day")
    return due.with_columns(late.alias("days_late"), _manner(late).alias("manner")).drop("_by_money")


def _covered(ledger: Ledger) -> pl.DataFrame:
    """`paid_day`: when payments and credits had covered the invoice (null: nobody knows), and whether money did."""
    asked = pl.col("base_minor") - small(pl.col("base_minor"))
    rows = ledger.postings.filter(pl.col("kind") != "refunded").sort("invoice", "occurred_day", nulls_last=True)
    rows = rows.join(ledger.invoices.select("invoice", asked.alias("_asked")), on="invoice")
    upto, paid = pl.col("base_minor").cum_sum().over("invoice"), pl.col("kind") == "paid"
    rows = rows.with_columns(upto.alias("_upto"))
    full = rows.group_by("invoice", maintain_order=True).agg(
        pl.col("occurred_day").filter(pl.col("_upto") >= pl.col("_asked")).first().alias("paid_day"),
        (pl.col("_upto") >= pl.col("_asked")).last().alias("_full"),
        (pl.col("base_minor").filter(paid).sum() > 0).alias("_by_money"),
    )
    return full.filter("_full").drop("_full")


def _last_reminder(ledger: Ledger, due: pl.DataFrame) -> pl.DataFrame:
    sent = ledger.touches.filter(pl.col("kind") == REMINDER).select("invoice", pl.col("occurred_day").alias("_sent"))
    pairs = due.select("invoice", "paid_day").join(sent, on="invoice", how="inner")
    before = pairs.filter(pl.col("_sent") < pl.col("paid_day"))
    return before.group_by("invoice").agg((pl.col("paid_day") - pl.col("_sent")).min().alias("reminded_days"))


def _manner(late: pl.Expr) -> pl.Expr:
    return (
        pl.when(late.is_null()).then(pl.lit("unpaid"))
        .when(late < 0).then(pl.lit("early"))
        .when(late == 0).then(pl.lit("on time"))
        .when(pl.col("reminded_days").is_not_null()).then(pl.lit("after reminder"))
        .otherwise(pl.lit("late"))
    )  # fmt: skip


def habits(rows: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """One row for each account in `rows`, as `judged` gives them: counts of MANNERS, and days late of what was paid.

    `mean_days_late`, `weighted_days_late` (by amount), `median_days_late`, `recent_days_late` of what fell due in the
    last six months, `before_days_late`, and `trend_days`, the difference: above zero is later than before.
    """
    paid, late = pl.col("paid_day").is_not_null(), pl.col("days_late")
    recent = pl.col("due_day") >= as_of - RECENT_DAYS
    weight = pl.col("base_minor").filter(paid)
    return rows.group_by("account_id").agg(
        pl.len().alias("judged"),
        *((pl.col("manner") == manner).sum().alias(column_of(manner)) for manner in MANNERS),
        late.mean().alias("mean_days_late"),
        (late.filter(paid) * weight.cast(pl.Float64)).sum().alias("_sum") / weight.sum(),
        late.median().alias("median_days_late"),
        late.filter(recent).mean().alias("recent_days_late"),
        late.filter(recent).count().alias("recent_paid"),
        late.filter(~recent).mean().alias("before_days_late"),
        late.filter(~recent).count().alias("before_paid"),
        pl.col("reminded_days").count().alias("reminders_heeded"),
        pl.col("reminded_days").max().alias("slowest_after_reminder"),
    ).with_columns(
        pl.col("_sum").fill_nan(None).alias("weighted_days_late"),
        (pl.col("recent_days_late") - pl.col("before_days_late")).alias("trend_days"),
    ).drop("_sum").sort("account_id")  # fmt: skip


def column_of(manner: str) -> str:
    """
    >>> column_of("on time")
    'on_time'
    """
    return manner.replace(" ", "_")
