"""The ledger: every invoice, and every posting that settled or re-opened a part of it, as known at an as-of date."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.errors import FactsError, Issue
from sabai.facts.landed import Facts
from sabai.receivables.invoices import Invoices, read_invoices
from sabai.receivables.payments import PAYMENT, Payments, read_payments
from sabai.receivables.postings import postings_of, worth


@dataclass(frozen=True, slots=True)
class Ledger:
    """`postings`: one for each payment, credit and refund of an invoice: `invoice`, `kind` (one of KINDS), `day` from
    which it counts, `occurred_day` (null: nobody knows when), `base_minor` in the workspace's currency, above zero
    where it goes the way of its kind, and `exchange_minor`, what it brought beyond that. `unapplied` is money that
    names no invoice that is known.
    """

    as_of: int
    currency: str
    invoices: pl.DataFrame
    postings: pl.DataFrame
    touches: pl.DataFrame
    unapplied: pl.DataFrame
    read: tuple[Invoices, Payments]


def read_ledger(facts: Facts, currency: str, as_of: int) -> Ledger:
    """All that was known at `as_of`, amounts in minor units of `currency`, the workspace's own. Raises FactsError
    RCV-001 where there are no invoices."""
    if not facts.has("invoices"):
        raise FactsError(_no_invoices())
    invoices = read_invoices(facts, as_of)
    payments = read_payments(facts, as_of, invoices.rows)
    applied = pl.col("invoice").is_not_null()
    said = _said_by_themselves(invoices.rows, payments.money)
    postings = postings_of(invoices.rows, pl.concat([payments.money.filter(applied), said], how="diagonal_relaxed"))
    postings = postings.filter(pl.col("day") < as_of)
    unapplied = payments.money.filter(~applied).with_columns(worth().alias("base_minor"))
    return Ledger(as_of, currency, invoices.rows, postings, payments.touches, unapplied, (invoices, payments))


def _said_by_themselves(invoices: pl.DataFrame, money: pl.DataFrame) -> pl.DataFrame:
    """Invoices without any money to them that say that they are paid: on their own `paid_on`, or nobody knows when."""
    bare = invoices.join(money.drop_nulls("invoice"), on="invoice", how="anti")
    dated = pl.col("own_paid_day").is_not_null()
    bare = bare.filter(dated | (pl.col("status") == "paid").fill_null(False))
    seen = pl.max_horizontal("own_paid_day", pl.coalesce("paid_known_day", "received_day"))
    return bare.select(
        "invoice", "currency", "amount_minor", "base_minor", "source", "key", pl.lit(PAYMENT).alias("kind"),
        seen.alias("day"), pl.col("own_paid_day").alias("occurred_day"),
    )  # fmt: skip


def _no_invoices() -> Issue:
    return Issue(
        "RCV-001",
        "There are no invoices.",
        "invoices",
        "Without them nobody can say who owes what.",
        "Map a source to the table `invoices`, and one to `payments`.",
    )
