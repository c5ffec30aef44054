"""Money as integers of the currency's smallest unit, and through dated rates into the workspace's currency."""

from __future__ import annotations

from functools import cache

import polars as pl
from babel.numbers import get_currency_precision, list_currencies

from sabai.definitions.model import Source
from sabai.facts.catalogue import FactTable


@cache
def exponents() -> dict[str, int]:
    """Digits behind the point of each ISO 4217 currency: JPY 0, USD 2, KWD 3."""
    return {currency: get_currency_precision(currency) for currency in list_currencies()}


def money_columns(table: FactTable) -> list[str]:
    return [name for name, kind in table.columns.items() if kind == "money"]


def to_minor(rows: pl.DataFrame, source: Source, table: FactTable, own: str) -> pl.DataFrame:
    """Amounts as mapped (major unless the mapping says minor) to Int64 minor units; fills the workspace's own currency
    where no currency is mapped. Amounts in an unknown currency become null: the contract sets them aside."""
    if "currency" not in table.columns or table.name == "rates":
        return rows
    currency = pl.col("currency").str.to_uppercase() if "currency" in rows.columns else pl.lit(own)
    rows = rows.with_columns(currency.alias("currency"))
    return rows.with_columns(
        _minor(name, source.columns[name].unit == "minor") for name in money_columns(table) if name in rows.columns
    )


def _minor(name: str, is_minor: bool) -> pl.Expr:
    amount = pl.col(name) if is_minor else pl.col(name) * _power("currency")
    return amount.round(0, mode="half_to_even").cast(pl.Int64, strict=False)


def _power(currency: str) -> pl.Expr:
    powers = {name: 10.0**exponent for name, exponent in exponents().items()}
    return pl.col(currency).replace_strict(powers, default=None, return_dtype=pl.Float64)


def to_base(rows: pl.DataFrame, rates: pl.DataFrame, own: str, on: str) -> pl.DataFrame:
    """`_rate`: minor units of the workspace's currency in one minor unit of the row's, newest on or before day `on`;
    null where no rate is known.

    `rates` has day (Int32), currency, rate: one unit of the currency in the workspace's.
    """
    if bool((rows["currency"] == own).all()):
        return rows.with_columns(pl.lit(1.0).alias("_rate"))
    factor = pl.lit(10.0 ** exponents()[own]) / _power("currency")
    joined = (
        rows.with_row_index("_place")
        .sort(on)
        .join_asof(
            rates.sort("day"), left_on=on, right_on="day", by="currency", strategy="backward", check_sortedness=False
        )
    )
    rate = pl.when(pl.col("currency") == own).then(1.0).otherwise(pl.col("rate") * factor)
    return joined.with_columns(rate.alias("_rate")).sort("_place").drop("_place", "day", "rate", strict=False)


def in_base(column: str) -> pl.Expr:
    """The amount in minor units of the workspace's currency, rounded half to even."""
    return (pl.col(column) * pl.col("_rate")).round(0, mode="half_to_even").cast(pl.Int64)
