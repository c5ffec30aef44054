"""The rows of one stream for a run of accounts, as the plain arrays that the kernel reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import TABLES, day_column
from sabai.metrics.filters import Codes, filter_columns
from sabai.metrics.grid import Days
from sabai.metrics.kernel import NONE, scaled, since_the_first
from sabai.metrics.plan import SCALE, Stream
from sabai.metrics.tables import Ints, Places

KEYS = {"contact": "contact_id", "name": "name"}
LARGEST = 2.0**62
NO_DAYS: Days = np.empty(0, dtype=np.int32)


class Rows(NamedTuple):
    """Sorted by account, then canonical order; account i has the rows offsets[i] to offsets[i + 1]."""

    offsets: Places
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


def rows_of(
    stream: Stream,
    batch: Mapping[str, pa.Array],
    offsets: Ints,
    kind: Codes,
    values: Sequence[str],
    keys: Sequence[str],
) -> Rows:
    """The rows of `batch`. One without a start day never counts: it opens when nothing is read any more."""
    start = _days(batch[day_column(stream.start)])
    whole = np.empty((len(values), len(start)), dtype=np.int64)
    for place, column in enumerate(values):
        _fill_whole(whole[place], batch.get(column), stream.table, column)
    codes = np.empty((len(keys), len(start)), dtype=np.int32)
    for place, key in enumerate(keys):
        codes[place] = _codes(batch, key, start)
    return Rows(
        offsets.astype(np.uint64),
        start,
        _days(batch["received_day"]),
        _days(batch[day_column(stream.end)]) if stream.end else NO_DAYS,
        _superseded(batch.get("superseded_day")),
        kind,
        whole,
        codes,
    )


def _days(column: pa.Array) -> Days:
    """Days; an unknown one never comes."""
    filled = pc.fill_null(column, pa.scalar(NEVER, column.type)) if column.null_count else column
    return np.asarray(filled, dtype=np.int32)


def _superseded(column: pa.Array | None) -> Days:
    return NO_DAYS if column is None or column.null_count == len(column) else _days(column)


def _fill_whole(out: Ints, column: pa.Array | None, table: str, name: str) -> None:
    """Integers that add up exactly; NONE where unknown."""
    if column is None or column.null_count == len(column):
        out[:] = NONE
        return
    fact_table = TABLES[table]
    scale = SCALE.get((fact_table.columns | fact_table.derived)[name], 1)
    filled = pc.fill_null(column, pa.scalar(0, column.type)) if column.null_count else column
    if scaled(np.asarray(filled), scale, out) * len(out) > LARGEST:
        raise _overflow(name, table)
    if column.null_count:
        out[~np.asarray(column.is_valid())] = NONE


def _overflow(name: str, table: str) -> FactsError:
    return FactsError(
        Issue(
            "FCT-090",
            f'The values of "{name}" in {table} are too large to add up exactly.',
            table,
            "A sum that overflows would be wrong without saying so.",
            "Give the column in a larger unit, or set aside the rows with absurd values.",
        )
    )


def _codes(batch: Mapping[str, pa.Array], key: str, start: Days) -> Codes:
    """A small number for each different key, -1 where there is none."""
    if key == "day":
        numbers: Codes = since_the_first(start)
        return numbers
    column = batch.get(KEYS[key])
    if column is None:
        return np.full(len(start), -1, dtype=np.int32)
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    indices = column.indices
    return np.asarray(pc.fill_null(indices, -1) if indices.null_count else indices, dtype=np.int32)
