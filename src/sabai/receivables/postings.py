"""What a payment, a credit or a refund is worth to its invoice.

Money in the invoice's own currency settles it at the rate at which it was booked: who pays 10,982 yen of 10,982 owes
nothing, whatever the yen is worth that day. The difference is a gain or loss of exchange, shown beside, never a
receivable. Money in another currency settles what it was worth on its own day.
"""

from __future__ import annotations

import polars as pl

from sabai.receivables.payments import CREDIT, REFUND

KINDS = ("paid", "credited", "refunded")


def postings_of(invoices: pl.DataFrame, money: pl.DataFrame) -> pl.DataFrame:
    """Money as postings. What is left of an invoice in its own currency, at its own rate, is rounded after each, and a
    posting is worth the difference: so they add up to the cent, and what is paid in full leaves nothing.
    """
    terms = invoices.select(
        "invoice", "posted_day", pl.col("currency").alias("_own"), pl.col("amount_minor").alias("_amount"),
        pl.col("base_minor").alias("_base"),
    )  # fmt: skip
    rows = money.join(terms, on="invoice", how="inner")
    rows = rows.with_columns(pl.max_horizontal("day", "posted_day").alias("day")).sort(
        "invoice", "day", "occurred_day", "source", "key", nulls_last=True
    )
    own = (pl.col("currency") == pl.col("_own")) & (pl.col("_amount") != 0)
    rows = rows.with_columns(worth("amount_minor", own).alias("_step"), worth().alias("_worth"))
    upto = pl.col("_step").cum_sum().over("invoice")
    at_cost = _booked(upto) - _booked(upto - pl.col("_step"))
    settles = pl.when(own).then(at_cost).otherwise(pl.col("_worth"))
    rows = rows.with_columns(settles.alias("_settles"), (pl.col("_worth") - settles).alias("exchange_minor"))
    way = pl.when(pl.col("kind") == REFUND).then(-1).otherwise(1)
    return rows.select(
        "invoice", "day", "occurred_day", "exchange_minor", _posted_as(),
        (pl.col("_settles") * way).alias("base_minor"), own.not_().alias("foreign"),
    )  # fmt: skip


def worth(column: str = "base_minor", where: pl.Expr | None = None) -> pl.Expr:
    """By how much less is owed: a refund is money back and a credit money off, however their sign is written."""
    amount, kind = pl.col(column), pl.col("kind")
    signed = pl.when(kind == REFUND).then(-amount.abs()).when(kind == CREDIT).then(amount.abs()).otherwise(amount)
    return signed if where is None else pl.when(where).then(signed).otherwise(0)


def _booked(own_minor: pl.Expr) -> pl.Expr:
    """An amount in the invoice's currency at the rate at which the invoice was booked."""
    asked = pl.when(pl.col("_amount") == 0).then(1).otherwise(pl.col("_amount"))  # of zero it is no share, and unused
    share = own_minor.cast(pl.Float64) / asked
    abroad = (share * pl.col("_base")).round(0, mode="half_to_even").cast(pl.Int64)
    return pl.when(pl.col("_amount") == pl.col("_base")).then(own_minor).otherwise(abroad)


def _posted_as() -> pl.Expr:
    told = pl.col("kind")
    return pl.when(told == REFUND).then(pl.lit("refunded")).when(told == CREDIT).then(pl.lit("credited")).otherwise(
        pl.lit("paid")
    ).alias("kind")  # fmt: skip
