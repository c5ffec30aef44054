"""The order of a table on disk: account, own time, source, key.

Sorting ten million rows by four columns of text takes half a minute; nearly always account and time fit into one
integer, which is sorted in a second, and only rows that tie in it are looked at again.
"""

from __future__ import annotations

import polars as pl

from sabai.facts.catalogue import FactTable

_SMALL = 100_000


def in_order(rows: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """`rows` sorted by account_id (where there is one), the fact's own time, source and key; unknown first."""
    names = [name for name in ("account_id", table.time, "source", "key") if name in rows.columns]
    packed = _packed(rows, table.time) if rows.height > _SMALL and "account_id" in rows.columns else None
    return rows.sort(names) if packed is None else _gathered(rows, _with_ties_settled(packed.arg_sort(), packed, rows))


def _gathered(rows: pl.DataFrame, order: pl.Series) -> pl.DataFrame:
    """Rows in this order. Columns that say the same in every row, or the same as another column, are not moved: at this
    size every move misses the cache."""
    twins = _twins(rows)
    still = {name for name in rows.columns if name not in twins and _is_constant(rows[name])}
    moved = rows.select(name for name in rows.columns if name not in twins and name not in still)[order]
    moved = moved.with_columns(rows[name].head(1).new_from_index(0, rows.height) for name in still)
    return moved.with_columns(pl.col(twin).alias(name) for name, twin in twins.items()).select(rows.columns)


def _is_constant(column: pl.Series) -> bool:
    if column.null_count():
        return column.null_count() == len(column)
    return bool((column == column[0]).all())


def _twins(rows: pl.DataFrame) -> dict[str, str]:
    """Columns that say the same as an earlier one: received days and times where there is no lag."""
    earlier: dict[str, str] = {}
    for place, name in enumerate(rows.columns):
        for other in rows.columns[:place]:
            if (
                name not in earlier
                and rows[name].dtype.is_temporal() | rows[name].dtype.is_integer()
                and (rows.schema[name] == rows.schema[other] and bool(rows[name].eq_missing(rows[other]).all()))
            ):
                earlier[name] = earlier.get(other, other)
    return earlier


def _packed(rows: pl.DataFrame, time: str) -> pl.Series | None:
    """Account and time as one integer of the same order; None where they do not fit into 63 bits."""
    accounts = rows["account_id"].cast(pl.Enum(rows["account_id"].drop_nulls().unique().sort()))
    ranks = accounts.to_physical().cast(pl.Int64) + 1
    ticks = rows[time].cast(pl.Int64)
    first, last = ticks.min(), ticks.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return None
    span = last - first + 2
    if (rows["account_id"].n_unique() + 1) * span >= 2**62:
        return None
    return ranks.fill_null(0) * span + (ticks - first + 1).fill_null(0)


def _with_ties_settled(order: pl.Series, packed: pl.Series, rows: pl.DataFrame) -> pl.Series:
    sorted_ = packed.gather(order)
    same = sorted_ == sorted_.shift(1)
    tied = (same.fill_null(False) | same.shift(-1).fill_null(False)).arg_true()
    if not len(tied):
        return order
    places = order.gather(tied)
    again = pl.DataFrame({"place": places, "packed": packed.gather(places)}).with_columns(
        rows["source"].gather(places), rows["key"].gather(places)
    )
    return order.scatter(tied, again.sort("packed", "source", "key")["place"])
