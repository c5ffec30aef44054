"""The invoices that were known at an as-of date, each once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.landed import Facts
from sabai.receivables.reading import day, known, read

VOID = ("void", "voided", "cancelled", "canceled", "draft", "deleted")
"""What an invoice is called that asks for nothing."""
_COLUMNS: dict[str, type[pl.DataType]] = {
    "invoice_id": pl.String,
    "account_id": pl.String,
    "issued_on": pl.Date,
    "due_on": pl.Date,
    "paid_on": pl.Date,
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "status": pl.String,
    "disputed_from": pl.Date,
    "disputed_until": pl.Date,
    "promised_on": pl.Date,
    "base_minor": pl.Int64,
}
_THING = ("source", "key")


@dataclass(frozen=True, slots=True)
class Invoices:
    """`rows`: one for each invoice, with its number `invoice`, amounts in its own currency (`amount_minor`) and in the
    workspace's (`base_minor`), days, and `posted_day`: from the day after it counts. The rest says what was left out.
    """

    rows: pl.DataFrame
    without_amount: int
    void: int
    repeated: int  # the same number and account out of two sources
    of_tests: int


def read_invoices(facts: Facts, as_of: int) -> Invoices:
    """Issued before `as_of`, in the newest version received before it; it counts from when its first was received."""
    rows = read(facts, "invoices", _COLUMNS).with_columns(_first_received()).with_columns(_days())
    rows = known(rows, as_of).filter(pl.col("issued_day") < as_of)
    mine = rows.join(test_accounts(facts, as_of), on="account_id", how="anti")
    named = mine.filter(pl.col("base_minor").is_not_null())
    asking = named.filter(~pl.col("status").is_in(VOID).fill_null(False))
    once = _once(asking)
    left_out = (mine.height - named.height, named.height - asking.height, asking.height - once.height)
    return Invoices(once, *left_out, of_tests=rows.height - mine.height)


def test_accounts(facts: Facts, as_of: int) -> pl.DataFrame:
    """account_id of the accounts that are only there to try things."""
    accounts = known(read(facts, "accounts", {"account_id": pl.String, "test": pl.Boolean}), as_of)
    return accounts.filter("test").select("account_id").unique()


def _first_received() -> list[pl.Expr]:
    """When the invoice was first known, and when it was first known to be paid."""
    received = pl.col("received_day")
    return [
        received.min().over(_THING).alias("_first"),
        received.filter(pl.col("paid_on").is_not_null()).min().over(_THING).alias("paid_known_day"),
        pl.col("status").str.to_lowercase().str.strip_chars(),
    ]


def _days() -> list[pl.Expr]:
    dates = ("issued_on", "due_on", "promised_on")
    disputed = [pl.col(name).cast(pl.Int32).alias(f"{name}_day") for name in ("disputed_from", "disputed_until")]
    posted = pl.max_horizontal(pl.col("issued_on").cast(pl.Int32), "_first").alias("posted_day")
    return [*(day(name) for name in dates), day("paid_on").alias("own_paid_day"), *disputed, posted]


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    """An invoice that two sources tell of counts once, as the one received last says it."""
    newest_last = rows.sort("invoice_id", "account_id", "received_day", "source")
    once = newest_last.unique(["invoice_id", "account_id"], keep="last", maintain_order=True)
    return once.sort("account_id", "issued_day", "invoice_id").with_row_index("invoice").drop(*_COLUMNS_NOT_KEPT)


_COLUMNS_NOT_KEPT = ("_first", "superseded_day", "issued_on", "due_on", "paid_on", "promised_on", "disputed_from",
                     "disputed_until")  # fmt: skip
