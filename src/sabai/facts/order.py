"""The order of a table on disk: account, own time, source, key.

Sorting ten million rows by four columns of text takes half a minute; nearly always account and time fit into one
integer, which is sorted in a second, and only rows that tie in it are looked at again.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.facts.catalogue import FactTable

Places = NDArray[np.int64]
"""Which rows of a frame, counted from 0."""

_SMALL = 100_000
_FIRST = 100  # rows that are looked at before all others


def in_order(rows: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """`rows` sorted by account_id (where there is one), the fact's own time, source and key; unknown first."""
    names = [name for name in ("account_id", table.time, "source", "key") if name in rows.columns]
    packed = _packed(rows, table.time) if rows.height > _SMALL and "account_id" in rows.columns else None
    return rows.sort(names) if packed is None else _gathered(rows, _order(packed, rows))


def _gathered(rows: pl.DataFrame, order: Places) -> pl.DataFrame:
    """Rows in this order. Columns that say the same in every row, or the same as another column, are not moved: at this
    size every move misses the cache."""
    twins = _twins(rows)
    still = {name for name in rows.columns if name not in twins and _is_constant(rows[name])}
    moved = rows.select(name for name in rows.columns if name not in twins and name not in still)[order]
    moved = moved.with_columns(rows[name].head(1).new_from_index(0, rows.height) for name in still)
    return moved.with_columns(pl.col(twin).alias(name) for name, twin in twins.items()).select(rows.columns)


def _is_constant(column: pl.Series) -> bool:
    return all(_says_one(part) for part in (column.head(_FIRST), column))


def _says_one(column: pl.Series) -> bool:
    if column.null_count():
        return column.null_count() == len(column)
    return bool((column == column[0]).all())


def _twins(rows: pl.DataFrame) -> dict[str, str]:
    """Columns that say the same as an earlier one: received days and times where there is no lag."""
    counted = [column for column in rows if column.dtype.is_temporal() or column.dtype.is_integer()]
    earlier: dict[str, str] = {}
    for place, column in enumerate(counted):
        twin = next((other.name for other in counted[:place] if _are_twins(column, other)), None)
        if twin:
            earlier[column.name] = earlier.get(twin, twin)
    return earlier


def _are_twins(column: pl.Series, other: pl.Series) -> bool:
    return column.dtype == other.dtype and all(
        bool(column.head(rows).eq_missing(other.head(rows)).all()) for rows in (_FIRST, len(column))
    )


def _packed(rows: pl.DataFrame, time: str) -> NDArray[np.int64] | None:
    """Account and time as one integer of the same order; None where they do not fit into 63 bits."""
    ids, codes = coded(rows["account_id"])
    ticks = rows[time].cast(pl.Int64)
    first, last = ticks.min(), ticks.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return None
    span = last - first + 2
    if len(ids) * span >= 2**62:
        return None
    ranks: NDArray[np.int64] = pl.Series(ids, dtype=pl.String).rank("ordinal").fill_null(0).cast(pl.Int64).to_numpy()
    after: NDArray[np.int64] = (ticks - first + 1).fill_null(0).to_numpy()
    return np.add(ranks[codes] * span, after)


def coded(ids: pl.Series) -> tuple[list[str | None], NDArray[np.uint32]]:
    """Every id once, unknown last, and for each row the place of its own among them.

    >>> coded(pl.Series(["b", None, "a", "b"]))
    (['b', 'a', None], array([0, 2, 1, 0], dtype=uint32))
    """
    told = ids.cast(pl.Categorical(pl.Categories.random()))  # none but its own: their codes count from 0
    once = told.drop_nulls().unique()
    names = once.cast(pl.String).gather(once.to_physical().arg_sort()).to_list()
    return [*names, None], told.to_physical().fill_null(len(names)).to_numpy()


def _order(packed: NDArray[np.int64], rows: pl.DataFrame) -> Places:
    """The order of `packed`; rows that tie in it are told apart by source and key."""
    order = np.argsort(packed)
    same = np.diff(packed[order]) == 0
    (tied,) = np.nonzero(np.append(same, False) | np.append(False, same))
    places = order[tied]
    again = rows.select("source", "key")[places].with_columns(packed=packed[places], place=places)
    order[tied] = again.sort("packed", "source", "key", "place")["place"].to_numpy()
    return order
