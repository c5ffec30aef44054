"""What is left of each invoice at a date, and where it stands: in a bucket of age, or apart."""

from __future__ import annotations

import polars as pl

from sabai.receivables.ledger import Ledger
from sabai.receivables.postings import KINDS

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+", "no due date")
"""Days past due; on the due day itself nothing is late yet."""
APART = ("disputed", "given back", "credit")
"""Balances that are not simply owed: in dispute, open only because money was refunded without a credit note, or below
zero, which is the customer's own money."""


def balances(ledger: Ledger, as_of: int) -> pl.DataFrame:
    """One row for each invoice that counts at `as_of`, those that are settled too.

    balance_minor = amount − paid − credited + refunded. `given_back_minor` is the part of it that is open only because
    of refunds. `days_past_due` is above zero from the day after the due day, null without one. `place` is one of
    BUCKETS or APART, null where nothing is open.
    """
    sums = ledger.postings.filter(pl.col("day") < as_of).group_by("invoice").agg(_sum(kind) for kind in KINDS)
    rows = ledger.invoices.filter(pl.col("posted_day") < as_of).join(sums, on="invoice", how="left")
    rows = rows.with_columns(pl.col(f"{kind}_minor").fill_null(0) for kind in KINDS)
    unpaid = pl.col("base_minor") - pl.col("paid_minor") - pl.col("credited_minor")
    rows = rows.with_columns((unpaid + pl.col("refunded_minor")).alias("balance_minor"))
    back = pl.col("balance_minor").clip(0) - unpaid.clip(0)
    return rows.with_columns(
        back.clip(0).alias("given_back_minor"),
        (as_of - pl.col("due_day")).alias("days_past_due"),
        _disputed(as_of).alias("disputed"),
    ).with_columns(_place().alias("place"))


def receivable(rows: pl.DataFrame) -> int:
    """All balances together, overpaid ones included: minor units of the workspace's currency."""
    return int(rows["balance_minor"].sum())


def small(base_minor: pl.Expr) -> pl.Expr:
    """The most that may be left of an invoice and still be nothing to write about: half a percent, a rounding."""
    return base_minor // 200


def _sum(kind: str) -> pl.Expr:
    return pl.col("base_minor").filter(pl.col("kind") == kind).sum().alias(f"{kind}_minor")


def _disputed(as_of: int) -> pl.Expr:
    begun = (pl.col("disputed_from_day") < as_of).fill_null(False)
    return begun & (pl.col("disputed_until_day").is_null() | (pl.col("disputed_until_day") >= as_of))


def _place() -> pl.Expr:
    balance = pl.col("balance_minor")
    return (
        pl.when(balance == 0).then(None)
        .when(balance < 0).then(pl.lit("credit"))
        .when("disputed").then(pl.lit("disputed"))
        .when(pl.col("given_back_minor") == balance).then(pl.lit("given back"))
        .otherwise(bucket(pl.col("days_past_due")))
    )  # fmt: skip


def bucket(days_past_due: pl.Expr) -> pl.Expr:
    """
    >>> late = pl.DataFrame({"days": [0, 1, 30, 31, 91, None]})
    >>> late.select(bucket(pl.col("days")).alias("of"))["of"].to_list()
    ['current', '1-30', '1-30', '31-60', '90+', 'no due date']
    """
    days = days_past_due
    return (
        pl.when(days.is_null()).then(pl.lit("no due date"))
        .when(days <= 0).then(pl.lit("current"))
        .when(days <= 30).then(pl.lit("1-30"))
        .when(days <= 60).then(pl.lit("31-60"))
        .when(days <= 90).then(pl.lit("61-90"))
        .otherwise(pl.lit("90+"))
    )  # fmt: skip
