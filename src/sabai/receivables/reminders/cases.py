"""What accounts owe, sorted into cases: what is disputed, promised or ours to settle goes apart from what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import polars as pl

from sabai.receivables.balances import small
from sabai.receivables.reminders.case import Case, Habit, Owed
from sabai.receivables.reminders.history import ENOUGH

SITUATIONS = ("disputed", "given back", "small", "undated", "promised", "skipped", "due", "not due")
"""An account may have a case in each; what is past due is one case, however many invoices it is about."""
BIG_SHARE = 0.9


def cases(rows: pl.DataFrame, accounts: pl.DataFrame, as_of: int, bands: Mapping[str, str]) -> Iterator[Case]:
    """One for each account and situation; arguments as for `reminders.reminders`."""
    told = {row["account_id"]: row for row in accounts.to_dicts()}
    large = _large(accounts)
    for group in _groups(rows):
        yield _case(group, told, large, bands, as_of)


def situation() -> pl.Expr:
    """One of SITUATIONS for each open invoice."""
    place, owed = pl.col("place"), pl.col("balance_minor") - pl.col("given_back_minor")
    return (
        pl.when(place == "disputed").then(pl.lit("disputed"))
        .when(place == "given back").then(pl.lit("given back"))
        .when(owed <= small(pl.col("base_minor"))).then(pl.lit("small"))
        .when(place == "no due date").then(pl.lit("undated"))
        .when(pl.col("promise") == "pending").then(pl.lit("promised"))
        .when(pl.col("paid_since") >= ENOUGH).then(pl.lit("skipped"))
        .when(pl.col("days_past_due") > 0).then(pl.lit("due"))
        .otherwise(pl.lit("not due"))
    ).alias("situation")  # fmt: skip


def _groups(rows: pl.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """The open invoices of an account in the same situation; of what is not due, the next ones due."""
    is_open = rows.filter(pl.col("balance_minor") > 0).with_columns(situation())
    together = ("account_id", "situation")
    later = (pl.col("situation") == "not due") & (pl.col("due_day") > pl.col("due_day").min().over(together))
    is_open = is_open.filter(~later.fill_null(False)).sort("account_id", "due_day", "invoice_id")
    for group in is_open.partition_by(together, maintain_order=True):
        yield group.to_dicts()


def _case(
    group: list[dict[str, Any]], told: Mapping[str, dict[str, Any]], large: frozenset[str], bands: Mapping[str, str],
    as_of: int,
) -> Case:  # fmt: skip
    account_id = group[0]["account_id"]
    about, band = told[account_id], bands.get(account_id)
    disputed = about["disputed"] > 0 and group[0]["situation"] != "disputed"
    owed = tuple(_owed(row) for row in group)
    is_healthy = None if band in (None, "unknown") else band == "healthy"
    loose = about["unapplied_minor"] or 0
    return Case(account_id, as_of, owed, _habit(about), account_id in large, is_healthy, disputed, loose)


def _owed(row: Mapping[str, Any]) -> Owed:
    """In dispute or given back all of it counts, else only what the customer really has to pay."""
    own = row["balance_minor"] - (0 if row["situation"] in ("disputed", "given back") else row["given_back_minor"])
    same = {field.name: row[field.name] for field in fields(Owed) if field.name != "balance_minor"}
    return Owed(balance_minor=own, **same)


def _habit(about: Mapping[str, Any]) -> Habit:
    paid = about["judged"] - about["unpaid"]
    other = ("median_days_late", "trend_days", "recent_days_late", "slowest_after_reminder")
    counts = ("recent_paid", "before_paid", "reminders_heeded")
    return Habit(
        paid, about["early"] + about["on_time"],
        **{name: about[name] for name in other}, **{name: about[name] or 0 for name in counts},
    )  # fmt: skip


def _large(accounts: pl.DataFrame) -> frozenset[str]:
    """The tenth of the accounts that were billed most within a year."""
    billed = accounts.filter(pl.col("billed_year_minor") > 0)
    edge = billed["billed_year_minor"].quantile(BIG_SHARE, interpolation="higher")
    return frozenset() if edge is None else frozenset(billed.filter(pl.col("billed_year_minor") >= edge)["account_id"])
