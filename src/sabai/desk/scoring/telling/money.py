"""What an account has agreed to pay, when that renews, and what it owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sabai.desk.scoring.story import Contract, Owed
from sabai.desk.scoring.telling.known import Known, Row, by_account
from sabai.proof.contracts import next_renewal
from sabai.renewals.agreements import ROLLING_MONTHS, agreements

SHOWN = 12  # contracts, and unpaid invoices, of an account


@dataclass(frozen=True, slots=True)
class Paying:
    """`product`: the one that brings most; `renews_on`: the next renewal of a term of more than a month."""

    contracts: tuple[Contract, ...] = ()
    product: str = ""
    renews_on: int | None = None


def paying(known: Known) -> Mapping[str, Paying]:
    """Of every account that has or had a subscription."""
    due = _due(known)
    return {account: _paying(rows, due.get(account)) for account, rows in by_account(_contracts(known)).items()}


def _due(known: Known) -> Mapping[str, int]:
    agreed = agreements(known.facts)
    rows = agreed.at(known.as_of).filter(pl.col("term_months") > ROLLING_MONTHS, ~pl.col("notice"))
    first = rows.group_by("account").agg(pl.col("due").min()).drop_nulls()
    return {agreed.accounts[account]: day for account, day in first.iter_rows()}


def _contracts(known: Known) -> pl.DataFrame:
    """Those that run first, then those that bring most; an end that lies ahead is told where one is known."""
    rows = known.rows(
        "subscriptions", "account_id", "product", "starts_day", "ends_day", "recurring_minor", "seats", "term_months",
        "status",
    )  # fmt: skip
    begun = rows.filter(pl.col("starts_day") < known.as_of).sort("account_id", "starts_day", "product")
    has = (pl.col("term_months") > ROLLING_MONTHS).fill_null(False)
    terms = begun.select(pl.when(has).then("term_months").otherwise(1.0).cast(pl.Float64)).to_series().to_numpy()
    renews = pl.Series("renews", next_renewal(begun["starts_day"].to_numpy(), terms, known.as_of), dtype=pl.Int32)
    runs = pl.col("ends_day").is_null() | (pl.col("ends_day") >= known.as_of)
    told = begun.with_columns(renews).with_columns(
        pl.when(has & runs & (pl.col("ends_day").is_null() | (pl.col("ends_day") > pl.col("renews"))))
        .then("renews").alias("renews"), runs.alias("runs"),
    )  # fmt: skip
    order = ("account_id", "runs", "recurring_minor", "starts_day")
    return told.sort(order, descending=[False, True, True, True], nulls_last=True, maintain_order=True)


def _paying(rows: list[Row], renews_on: int | None) -> Paying:
    contracts = tuple(
        Contract(
            row["product"] or "", row["starts_day"], row["renews"], row["ends_day"], row["recurring_minor"],
            row["seats"], row["status"] or "",
        )
        for row in rows[:SHOWN]
    )  # fmt: skip
    first = next((str(row["product"]) for row in rows if row["runs"] and row["product"]), "")
    return Paying(contracts, first, renews_on)


@dataclass(frozen=True, slots=True)
class Owing:
    """`overdue_minor`: of invoices that are past their due day, disputed ones too."""

    invoices: tuple[Owed, ...] = ()
    overdue_minor: int = 0


def owing(known: Known) -> Mapping[str, Owing]:
    """Of every account with an invoice that is not settled, the oldest due first."""
    as_of = known.as_of
    rows = known.rows("dues", "account_id", "invoice_id", "issued_day", "due_day", "settled_day", "base_minor")
    unpaid = rows.filter(pl.col("issued_day") < as_of, pl.col("settled_day").fill_null(as_of) >= as_of)
    each = unpaid.group_by("account_id", "invoice_id").agg(pl.col("due_day").min(), pl.col("base_minor").sum())
    told = each.join(_said_of(known), on="invoice_id", how="left").filter(pl.col("base_minor") != 0)
    told = told.sort("account_id", "due_day", "invoice_id", nulls_last=True)
    return {account: _owing([_owed(row, as_of) for row in rows]) for account, rows in by_account(told).items()}


def _said_of(known: Known) -> pl.DataFrame:
    """Whether an invoice is disputed, and until when it was promised."""
    rows = known.rows("invoices", "invoice_id", "disputed_from_day", "disputed_until_day", "promised_on")
    until = pl.col("disputed_until_day")
    disputed = (pl.col("disputed_from_day") < known.as_of) & (until.is_null() | (until >= known.as_of))
    told = rows.select("invoice_id", disputed.fill_null(False).alias("disputed"), pl.col("promised_on").cast(pl.Int32))
    return told.unique("invoice_id", keep="last", maintain_order=True)


def _owed(row: Row, as_of: int) -> Owed:
    due = row["due_day"]
    late = max(as_of - due, 0) if due is not None else 0
    return Owed(row["invoice_id"], due, row["base_minor"], late, bool(row["disputed"]), row["promised_on"])


def _owing(invoices: list[Owed]) -> Owing:
    overdue = sum(each.open_minor for each in invoices if each.days_late > 0)
    return Owing(tuple(invoices[:SHOWN]), overdue)
