"""What came in about invoices: money, money given back, credits, attempts that failed, reminders."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.landed import Facts
from sabai.receivables.invoices import test_accounts
from sabai.receivables.reading import known, read

PAYMENT, REFUND, CREDIT, FAILED, REMINDER = "payment", "refund", "credit", "failed attempt", "reminder"
_SPELLED = {"failed": FAILED, "credit note": CREDIT, "refunded": REFUND, "paid": PAYMENT}
_KNOWN = (PAYMENT, REFUND, CREDIT, FAILED, REMINDER)
_COLUMNS: dict[str, type[pl.DataType]] = {
    "payment_id": pl.String,
    "invoice_id": pl.String,
    "account_id": pl.String,
    "occurred_day": pl.Int32,
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "base_minor": pl.Int64,
    "kind": pl.String,
}


@dataclass(frozen=True, slots=True)
class Payments:
    """`money` settles or re-opens: payments, credits, refunds; `touches` are reminders and failed attempts. Both have
    `invoice`, the number of the invoice they speak of (null: of none that is known), and `day`, when they were known.
    """

    money: pl.DataFrame
    touches: pl.DataFrame
    repeated: int  # the same payment out of two sources
    other_kinds: tuple[str, ...]  # read as payments
    without_amount: int


def read_payments(facts: Facts, as_of: int, invoices: pl.DataFrame) -> Payments:
    """What happened, and was received, before `as_of`."""
    rows = known(read(facts, "payments", _COLUMNS), as_of).filter(pl.col("occurred_day") < as_of)
    rows = rows.join(test_accounts(facts, as_of), on="account_id", how="anti").with_columns(_kind())
    other = rows.filter(~pl.col("kind").is_in(_KNOWN))["kind"].unique().sort()
    once = rows.unique(["payment_id", "invoice_id", "account_id", "occurred_day", "base_minor", "kind"], keep="first")
    once = once.sort("occurred_day", "source", "key")
    placed = _placed(once.with_columns(pl.max_horizontal("occurred_day", "received_day").alias("day")), invoices)
    touches = placed.filter(pl.col("kind").is_in((FAILED, REMINDER)))
    money = placed.filter(~pl.col("kind").is_in((FAILED, REMINDER)))
    told = money.filter(pl.col("base_minor").is_not_null())
    return Payments(told, touches, rows.height - once.height, tuple(other), money.height - told.height)


def _kind() -> pl.Expr:
    """In the words of the catalogue; without a word, what is below zero was given back."""
    word = pl.col("kind").str.to_lowercase().str.strip_chars().str.replace_all("_", " ")
    unsaid = pl.when(pl.col("base_minor") < 0).then(pl.lit(REFUND)).otherwise(pl.lit(PAYMENT))
    return pl.coalesce(word.replace(_SPELLED), unsaid).alias("kind")


def _placed(rows: pl.DataFrame, invoices: pl.DataFrame) -> pl.DataFrame:
    """Each with the invoice of that number at its own account, else at whatever single account has that number: a
    parent may pay what its child owes."""
    own = invoices.select("invoice_id", "account_id", "invoice")
    single = own.filter(~pl.col("invoice_id").is_duplicated()).select("invoice_id", pl.col("invoice").alias("_single"))
    joined = rows.join(own, on=["invoice_id", "account_id"], how="left", maintain_order="left")
    joined = joined.join(single, on="invoice_id", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("invoice", "_single").alias("invoice")).drop("_single")
