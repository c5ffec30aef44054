"""What the columns of a fact must mean; a row that breaks it is set aside. About meaning, not habit: refunds are
negative, prepaid invoices are paid before they are due, renewals lie in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from sabai.facts.aside import Check
from sabai.facts.bare import may_have_nul
from sabai.facts.catalogue import FactTable
from sabai.facts.derive import INTERVALS
from sabai.facts.money import exponents

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
CLOCKS_BEGIN = tuple(date(*day) for day in ((1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1969, 12, 31), (1970, 1, 1)))
"""What tools write where they have no date: the first day of a spreadsheet and of Unix, in any time zone."""
MAX_NUMBER = 1e12

ORDERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "accounts": (("started_on", "ended_on", "FCT-103"),),
    "identities": (("from_on", "until_on", "FCT-103"),),
    "owners": (("from_on", "until_on", "FCT-103"),),
    "subscriptions": (("starts_at", "ends_at", "FCT-103"),),
    "invoices": (("disputed_from", "disputed_until", "FCT-103"),),
    "tickets": (
        ("opened_at", "first_response_at", "FCT-106"),
        ("opened_at", "resolved_at", "FCT-105"),
        ("first_response_at", "resolved_at", "FCT-107"),
    ),
    "responses": (("asked_at", "answered_at", "FCT-104"),),
}
"""(earlier, later, code if it is the other way round)"""

NPS_SCALE = (0.0, 10.0)


def checks(rows: pl.DataFrame, table: FactTable) -> Iterator[Check]:
    """Every rule of this table, evaluated on `rows`."""
    yield from _required(rows, table)
    for name, dtype in rows.schema.items():
        if not name.startswith("_"):
            yield from _sane(rows[name], dtype)
    if table.kind == "happening" and table.time in rows.columns:
        yield Check(table.time, "FCT-117", _day(rows[table.time]).is_in(CLOCKS_BEGIN), rows[table.time])
    yield from _orders(rows, ORDERS.get(table.name, ()))
    yield from _currency(rows, table)
    if {"scale_min", "scale_max"} <= table.columns.keys() and "score" in rows.columns:
        yield _inside_scale(rows)
    if rows.schema.get("interval") == pl.String:
        known = rows["interval"].str.to_lowercase()
        odd = ~known.is_in(list(INTERVALS)) & ~known.str.contains(r"^\d{1,3}( months?)?$")
        yield Check("interval", "FCT-115", odd, rows["interval"])


def _required(rows: pl.DataFrame, table: FactTable) -> Iterator[Check]:
    for name in table.required:
        column = rows[name] if name in rows.columns else pl.Series(name, [None]).new_from_index(0, rows.height)
        yield Check(name, "FCT-101", column.is_null(), column)


def _sane(column: pl.Series, dtype: pl.DataType) -> Iterator[Check]:
    if dtype == pl.String and may_have_nul(column):
        yield Check(column.name, "FCT-113", column.str.contains("\x00", literal=True), column)
    elif dtype.is_temporal():
        yield Check(column.name, "FCT-114", ~_day(column).is_between(FIRST, LAST), column)


def _day(column: pl.Series) -> pl.Series:
    return column if column.dtype == pl.Date else column.dt.date()


def too_large(column: pl.Series) -> Iterator[Check]:
    """Asked before money becomes integers, so that the bound is one of dollars, yen and dinars alike."""
    if column.dtype.is_numeric():
        yield Check(column.name, "FCT-112", ~(column.cast(pl.Float64).abs() <= MAX_NUMBER), column)


def _orders(rows: pl.DataFrame, orders: tuple[tuple[str, str, str], ...]) -> Iterator[Check]:
    for earlier, later, code in orders:
        if earlier in rows.columns and later in rows.columns:
            yield Check(later, code, rows[later] < rows[earlier], rows[later])


def _currency(rows: pl.DataFrame, table: FactTable) -> Iterator[Check]:
    if "currency" in rows.columns:
        yield Check("currency", "FCT-109", ~rows["currency"].is_in(list(exponents())), rows["currency"])


def _inside_scale(rows: pl.DataFrame) -> Check:
    """Without a stated scale, only NPS has one."""
    nps = (pl.col("kind").str.to_lowercase() == "nps") if "kind" in rows.columns else pl.lit(False)
    low, high = (_bound(rows, f"scale_{end}", nps, value) for end, value in zip(("min", "max"), NPS_SCALE, strict=True))
    outside = rows.select((pl.col("score") < low) | (pl.col("score") > high)).to_series()
    return Check("score", "FCT-108", outside, rows["score"])


def _bound(rows: pl.DataFrame, name: str, nps: pl.Expr, value: float) -> pl.Expr:
    stated = pl.col(name) if name in rows.columns else pl.lit(None, dtype=pl.Float64)
    return pl.coalesce(stated, pl.when(nps).then(value))


def in_the_future(rows: pl.DataFrame, table: FactTable) -> Iterator[Check]:
    """It cannot have happened after it was received; only asked where the received time was seen."""
    if table.kind == "happening" or table.name in ("tickets", "responses"):
        own = pl.col(table.time.removesuffix("_at") + "_day")
        late = rows.select(~pl.col("received_assumed") & (own > pl.col("received_day"))).to_series()
        yield Check(table.time, "FCT-111", late, rows[table.time] if table.time in rows.columns else late)
