"""What is owed: one row for each part of an invoice that a payment settled, and one for the part that is open."""

from __future__ import annotations

import polars as pl

Schema = dict[str, pl.DataType | type[pl.DataType]]

NOT_SETTLING = frozenset({"refund", "credit", "failed", "failed attempt", "failed_attempt", "reminder"})
_REMINDER = "reminder"
_INVOICES: Schema = {
    "invoice_id": pl.String,
    "account_id": pl.String,
    "source": pl.String,
    "issued_on": pl.Date,
    "due_on": pl.Date,
    "paid_on": pl.Date,
    "base_minor": pl.Int64,
    "received_at": pl.Datetime("us", "UTC"),
    "received_assumed": pl.Boolean,
    "received_day": pl.Int32,
    "superseded_day": pl.Int32,
    "amount_minor": pl.Int64,
    "currency": pl.String,
}
_PAYMENTS: Schema = {
    "invoice_id": pl.String,
    "kind": pl.String,
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "base_minor": pl.Int64,
    "source": pl.String,
    "key": pl.String,
    "occurred_day": pl.Int32,
    "received_day": pl.Int32,
}


def dues(invoices: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    """One row for each (invoice, part); all rows of an invoice add up to its amount.

    `invoices` and `payments` as landed, missing columns are unknown. A part is settled on the day of its payment or, if
    later, the day on which the payment was received. Only the part that settles the whole invoice closes it. Money in
    the invoice's own currency settles it at the rate at which it was booked: who pays 10,982 yen of 10,982 owes
    nothing, whatever the yen is worth that day.
    """
    invoices = _complete(invoices, _INVOICES).filter(pl.col("base_minor").is_not_null())
    known = pl.max_horizontal("occurred_day", "received_day").alias("day")
    payments = _complete(payments, _PAYMENTS).with_columns(known)
    paid = _parts(invoices, payments)
    rows = pl.concat([paid, _rest(invoices, paid)], how="diagonal_relaxed")
    return _told(_with_reminders(rows, payments))


def _complete(rows: pl.DataFrame, columns: Schema) -> pl.DataFrame:
    here = rows.columns
    return rows.select((pl.col(n) if n in here else pl.lit(None)).cast(kind).alias(n) for n, kind in columns.items())


def _parts(invoices: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    """One row for each payment that still finds something to settle, in the order of payment."""
    settling = payments.filter(~pl.col("kind").str.to_lowercase().is_in(list(NOT_SETTLING)).fill_null(False))
    settling = settling.filter(pl.col("base_minor") > 0).select(
        "invoice_id", "day", "key", pl.col("source").alias("_from"), pl.col("base_minor").alias("_worth"),
        pl.col("amount_minor").alias("_paid"), pl.col("currency").alias("_in"),
    )  # fmt: skip
    each = invoices.join(settling, on="invoice_id", how="inner")
    each = each.sort("invoice_id", "received_day", "day", "_from", "key")
    own = ((pl.col("_in") == pl.col("currency")) & (pl.col("amount_minor") != 0)).fill_null(False)
    each = each.with_columns(
        pl.when(own).then("_paid").otherwise(0).alias("_paid"), pl.when(own).then(0).otherwise("_worth").alias("_worth")
    )
    version = ["invoice_id", "source", "received_day", "superseded_day"]
    paid, worth = (pl.col(name).cum_sum().over(version) for name in ("_paid", "_worth"))
    upto, before = _booked(paid) + worth, _booked(paid - pl.col("_paid")) + worth - pl.col("_worth")
    part = pl.min_horizontal(upto, "base_minor") - before
    each = each.with_columns(part.alias("_part"), upto.alias("_upto"), pl.col("day").alias("_settled"))
    return each.filter(pl.col("_part") > 0).with_columns((pl.col("_upto") >= pl.col("base_minor")).alias("_closes"))


def _booked(own_minor: pl.Expr) -> pl.Expr:
    """An amount in the invoice's currency at the rate at which the invoice was booked."""
    asked = pl.when(pl.col("amount_minor") == 0).then(1).otherwise(pl.col("amount_minor"))
    share = own_minor.cast(pl.Float64) / asked
    abroad = (share * pl.col("base_minor")).round(0, mode="half_to_even").cast(pl.Int64)
    return pl.when(pl.col("amount_minor") == pl.col("base_minor")).then(own_minor).otherwise(abroad).fill_null(0)


def _rest(invoices: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    """What no payment settles: open, or settled by the invoice's own paid_on where it has no payments."""
    version = ["invoice_id", "source", "received_day", "superseded_day"]
    settled = paid.group_by(version).agg(pl.col("_part").sum().alias("_sum"))
    rest = invoices.join(settled, on=version, how="left", nulls_equal=True)
    rest = rest.with_columns((pl.col("base_minor") - pl.col("_sum").fill_null(0)).alias("_part"))
    own = pl.when(pl.col("_sum").is_null()).then(pl.col("paid_on").cast(pl.Int32))
    rest = rest.filter((pl.col("_part") != 0) | pl.col("_sum").is_null())
    return rest.with_columns(own.alias("_settled"), own.is_not_null().alias("_closes")).drop("_sum")


def _with_reminders(rows: pl.DataFrame, payments: pl.DataFrame) -> pl.DataFrame:
    sent = payments.filter(pl.col("kind").str.to_lowercase() == _REMINDER)
    first = sent.group_by("invoice_id").agg(pl.col("day").min().alias("_reminder"))
    rows = rows.join(first, on="invoice_id", how="left")
    reminded = (pl.col("_reminder") < pl.col("_settled")).fill_null(pl.col("_reminder").is_not_null())
    return rows.with_columns(reminded.alias("reminded"))


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    closing = pl.when("_closes").then(pl.col("_settled"))
    rows = rows.sort("invoice_id", "source", "received_day", "_settled", "key", nulls_last=True)
    part = pl.int_range(1, pl.len() + 1).over("invoice_id", "source", "received_day")
    rows = rows.with_columns(part.alias("part"), closing.cast(pl.Date).alias("closes_on"))
    return rows.select(
        "invoice_id",
        "part",
        "account_id",
        "source",
        "issued_on",
        "due_on",
        "reminded",
        "closes_on",
        "received_at",
        "received_assumed",
        "received_day",
        "superseded_day",
        pl.concat_str("invoice_id", "part", separator="|").alias("key"),
        pl.col("_settled").cast(pl.Date).alias("settled_on"),
        pl.col("_part").alias("base_minor"),
        (closing - pl.col("due_on").cast(pl.Int32)).cast(pl.Int64).alias("days_late"),
    )
