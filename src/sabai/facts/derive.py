"""Columns that are computed when landing: recurring amounts, seconds to answer, amounts in the workspace's currency."""

from __future__ import annotations

import polars as pl

from sabai.facts.catalogue import FactTable
from sabai.facts.money import in_base, money_columns, to_base

_MONTH_DAYS = 365.25 / 12

INTERVALS: dict[str, float] = {
    "day": _MONTH_DAYS,
    "daily": _MONTH_DAYS,
    "week": _MONTH_DAYS / 7,
    "weekly": _MONTH_DAYS / 7,
    "month": 1.0,
    "monthly": 1.0,
    "quarter": 1 / 3,
    "quarterly": 1 / 3,
    "half_year": 1 / 6,
    "semiannual": 1 / 6,
    "year": 1 / 12,
    "yearly": 1 / 12,
    "annual": 1 / 12,
    "annually": 1 / 12,
    "one_time": 0.0,
    "once": 0.0,
}
"""How often an interval fits into a month; "6" or "6 months" work too."""

BASE_OF = {
    "amount_minor": "base_minor",
    "value_minor": "base_minor",
    "gained_minor": "gained_base_minor",
    "cost_minor": "cost_base_minor",
}


def derived(rows: pl.DataFrame, table: FactTable, rates: pl.DataFrame, own: str, day: str) -> pl.DataFrame:
    """Adds the derived columns of the table, and `_rate` (null: no exchange rate) where it has money.

    `rates` as for money.to_base; `own` is the workspace's currency, `day` the column whose day chooses the rate.
    """
    if money_columns(table) and "currency" in rows.columns:
        rows = to_base(rows, rates, own, day)
        rows = rows.with_columns(_amounts(rows, table))
    if table.name == "tickets":
        rows = rows.with_columns(
            _seconds(rows, "first_response_at").alias("first_reply_seconds"),
            _seconds(rows, "resolved_at").alias("resolution_seconds"),
        )
    return rows


def _amounts(rows: pl.DataFrame, table: FactTable) -> list[pl.Expr]:
    present = [name for name in money_columns(table) if name in rows.columns]
    if table.name == "subscriptions":
        return [_recurring(rows).alias("recurring_minor")] if present else []
    return [in_base(name).alias(BASE_OF[name]) for name in present if BASE_OF[name] in table.derived]


def _recurring(rows: pl.DataFrame) -> pl.Expr:
    """Amount for the interval, spread over months; unknown without an interval."""
    if "interval" not in rows.columns:
        return pl.lit(None, dtype=pl.Int64)
    amount = pl.col("amount_minor") * pl.col("_rate") * per_month()
    return amount.round(0, mode="half_to_even").cast(pl.Int64, strict=False)


def per_month() -> pl.Expr:
    """How often the `interval` of a row fits into a month; null for a word that is none."""
    word = pl.col("interval").str.to_lowercase()
    months = word.str.extract(r"^(\d{1,3})(?: months?)?$").cast(pl.Float64)
    return pl.coalesce(word.replace_strict(INTERVALS, default=None, return_dtype=pl.Float64), 1.0 / months)


def _seconds(rows: pl.DataFrame, until: str) -> pl.Expr:
    if until not in rows.columns:
        return pl.lit(None, dtype=pl.Int64)
    return (pl.col(until) - pl.col("opened_at")).dt.total_seconds()
