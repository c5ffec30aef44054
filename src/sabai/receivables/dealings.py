"""What passed between us and the customer about an invoice: promises, reminders, attempts, payments of later ones."""

from __future__ import annotations

import polars as pl

from sabai.receivables.ledger import Ledger


def with_promises(rows: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """`promise` of an invoice that has one: kept where it was settled by the end of that day, pending until it is over,
    else broken."""
    settled = ledger.postings.group_by("invoice").agg(pl.col("occurred_day").max().alias("_last"))
    rows = rows.join(settled, on="invoice", how="left", maintain_order="left")
    promised, is_open = pl.col("promised_day"), pl.col("balance_minor") > pl.col("given_back_minor")
    told = (
        pl.when(promised.is_null()).then(None)
        .when(is_open & (promised >= ledger.as_of)).then(pl.lit("pending"))
        .when(is_open | (pl.col("_last") > promised)).then(pl.lit("broken"))
        .otherwise(pl.lit("kept"))
    )  # fmt: skip
    return rows.with_columns(told.alias("promise")).drop("_last")


def with_touches(rows: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """How often each invoice was reminded of and its payment failed, and when last."""
    touched = ledger.touches.drop_nulls("invoice").group_by("invoice").agg(
        _times("reminder", "reminders"), _last("reminder", "last_reminder_day"),
        _times("failed attempt", "failed_attempts"), _last("failed attempt", "last_failed_day"),
    )  # fmt: skip
    rows = rows.join(touched, on="invoice", how="left", maintain_order="left")
    return rows.with_columns(pl.col("reminders", "failed_attempts").fill_null(0))


def with_paid_since(rows: pl.DataFrame, paying: pl.DataFrame) -> pl.DataFrame:
    """`paid_since` of each invoice past due: how many that fell due after it were paid, as `habits.judged` says."""
    is_open = rows.filter(pl.col("balance_minor") > 0, pl.col("days_past_due") > 0)
    paid = paying.drop_nulls("paid_day").select("account_id", pl.col("due_day").alias("_later"))
    pairs = is_open.select("invoice", "account_id", "due_day").join(paid, on="account_id", how="inner")
    since = pairs.filter(pl.col("_later") > pl.col("due_day")).group_by("invoice").agg(pl.len().alias("paid_since"))
    rows = rows.join(since, on="invoice", how="left", maintain_order="left")
    return rows.with_columns(pl.col("paid_since").fill_null(0).cast(pl.Int64))


def _times(kind: str, name: str) -> pl.Expr:
    return (pl.col("kind") == kind).sum().cast(pl.Int64).alias(name)


def _last(kind: str, name: str) -> pl.Expr:
    return pl.col("occurred_day").filter(pl.col("kind") == kind).max().alias(name)
