"""The rows of one stream for a run of accounts, as the plain arrays that the kernel reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import TABLES
from sabai.metrics.filters import Codes, filter_columns
from sabai.metrics.kernel import NONE, Days, Ints
from sabai.metrics.plan import SCALE, Stream, day_column

KEYS = {"contact": "contact_id", "name": "name"}
LARGEST = 2.0**62


class Rows(NamedTuple):
    """Sorted by account, then canonical order; account i has the rows offsets[i] to offsets[i + 1]."""

    offsets: Ints
    start: Days
    received: Days
    end: Days  # empty: no row ends by itself
    superseded: Days  # empty: no row has a later version
    kind: Codes  # empty: all of one kind
    values: Ints  # (value columns, rows)
    keys: NDArray[np.int32]  # (key columns, rows), -1 where there is none


def columns_of(stream: Stream) -> tuple[str, ...]:
    """The columns of the table's file that the stream needs, account_id aside."""
    table = TABLES[stream.table]
    needed = [day_column(stream.start), "received_day"]
    if stream.end:
        needed.append(day_column(stream.end))
    if table.kind == "thing":
        needed.append("superseded_day")
    for metric in stream.metrics:
        value = table.measures[metric.measure].value
        if value and metric.how not in ("count", "distinct", "days_since"):
            needed.append(value)
        if metric.how == "distinct" and metric.key in KEYS:
            needed.append(KEYS[metric.key])
    return tuple(dict.fromkeys([*needed, *filter_columns(stream.metrics)]))


def rows_of(stream: Stream, batch: Mapping[str, pa.Array], offsets: Ints, kind: Codes,
            values: tuple[str, ...], keys: tuple[str, ...]) -> Rows:  # fmt: skip
    """Rows without a start day never count: they open when nothing is read any more."""
    start = days(batch[day_column(stream.start)], NEVER)
    return Rows(
        offsets,
        start,
        days(batch["received_day"], NEVER),
        days(batch[day_column(stream.end)], NEVER) if stream.end else np.empty(0, dtype=np.int32),
        _superseded(batch.get("superseded_day")),
        kind,
        _stack([_whole(batch.get(column), column, stream.table, len(start)) for column in values], np.int64, len(start)),
        _stack([_codes(batch, key, start) for key in keys], np.int32, len(start)),
    )


def days(column: pa.Array, unknown: int) -> Days:
    if column.null_count:
        column = pc.fill_null(column, pa.scalar(unknown, column.type))
    return column.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)


def _superseded(column: pa.Array | None) -> Days:
    if column is None or column.null_count == len(column):
        return np.empty(0, dtype=np.int32)
    return days(column, NEVER)


def _whole(column: pa.Array | None, name: str, table: str, rows: int) -> Ints:
    """Integers that add up exactly; NONE where unknown."""
    if column is None:
        return np.full(rows, NONE, dtype=np.int64)
    fact_table = TABLES[table]
    scale = SCALE.get((fact_table.columns | fact_table.derived)[name], 1)
    known = column.is_valid().to_numpy(zero_copy_only=False)
    raw = column.to_numpy(zero_copy_only=False)
    whole = np.full(rows, NONE, dtype=np.int64)
    if scale == 1:
        whole[known] = raw[known].astype(np.int64)
    else:
        whole[known] = np.rint(raw[known] * scale).astype(np.int64)
    _refuse_overflow(whole[known], name, table)
    return whole


def _refuse_overflow(whole: Ints, name: str, table: str) -> None:
    if len(whole) and np.abs(whole.astype(np.float64)).sum() > LARGEST:
        raise FactsError(
            Issue(
                "FCT-090",
                f'The values of "{name}" in {table} are too large to add up exactly.',
                table,
                "A sum that overflows would be wrong without saying so.",
                "Give the column in a larger unit, or set aside the rows with absurd values.",
            )
        )


def _codes(batch: Mapping[str, pa.Array], key: str, start: Days) -> NDArray[np.int32]:
    if key == "day":
        counted = start != NEVER
        first = start[counted].min() if counted.any() else 0
        return np.where(counted, start - first, -1).astype(np.int32)
    column = batch.get(KEYS[key])
    if column is None:
        return np.full(len(start), -1, dtype=np.int32)
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    return pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)


def _stack(columns: list[NDArray[np.generic]], dtype: type, rows: int) -> NDArray[np.generic]:
    if not columns:
        return np.empty((0, rows), dtype=dtype)
    return columns[0].reshape(1, -1) if len(columns) == 1 else np.stack(columns)
