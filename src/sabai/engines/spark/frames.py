"""The other way in: tables of facts that lie where only Spark reads them, and are not divided by account.

They are sent to the workers again, account by account, which costs far more than measuring does. So this is the way in
and not the way: whoever computes every day lands the facts into a store once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial, reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from sabai.definitions.model import Definitions
from sabai.errors import Issue, UsageError
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts
from sabai.facts.order import in_order
from sabai.metrics.grid import Days, Grid
from sabai.metrics.ready import ascending, make_ready

FirstDays = Mapping[str, Mapping[str, int | None]]

_SPARK = {pa.string(): "string", pa.date32(): "date", pa.bool_(): "boolean", pa.float64(): "double"}


def measure_frames(
    frames: Mapping[str, Any], definitions: Definitions, as_of: Iterable[int], first_days: FirstDays,
    parts: int | None = None,
) -> Any:  # fmt: skip
    """Every metric for every account and as-of day, as a Spark DataFrame that nobody has computed yet.

    `frames`: landed tables by name, as DataFrames with the columns that `sabai` writes to facts/, with accounts among
    them; tables without accounts say nothing here. `first_days` is that of landed facts: table -> source -> day.
    `parts`: into how many tasks accounts are divided (None: as Spark thinks best); each holds its facts in memory.
    Columns: account_id, as_of, customer (whether it was one then), tenure_days, segment, and one for each metric; null
    is unknown. In no order. Raises UsageError ENG-006 where there is no table of accounts.

        facts = land(definitions, exports, folder)
        frames = {"accounts": spark.read.parquet("big/accounts"), "events": spark.read.parquet("big/events")}
        measure_frames(frames, definitions, [to_day(date(2025, 6, 30))], facts.first_days).write.parquet("metrics")
    """
    if "accounts" not in frames:
        raise UsageError(_no_accounts())
    from pyspark.sql.functions import struct

    held = {name: frame for name, frame in frames.items() if "account_id" in frame.columns}
    rows = [frame.select("account_id", struct("*").alias(name)) for name, frame in held.items()]
    mixed = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), rows)
    divided = mixed.repartition(*([parts] if parts else []), "account_id")
    work = partial(
        _work, tables=tuple(held), definitions=definitions, days=ascending(as_of), first_days=dict(first_days)
    )
    return divided.mapInArrow(work, ", ".join(f"`{each.name}` {_SPARK[each.type]}" for each in _schema(definitions)))


def _work(
    batches: Iterable[pa.RecordBatch],
    tables: tuple[str, ...],
    definitions: Definitions,
    days: Days,
    first_days: FirstDays,
) -> Iterator[pa.RecordBatch]:
    """Runs in a worker: lays out the facts of its accounts as landing does, and measures them."""
    came = list(batches)
    with TemporaryDirectory() as folder:
        accounts = _lay_out(pa.Table.from_batches(came), tables, Path(folder)) if came else ()
        if accounts:
            facts = Facts(Path(folder), accounts, (), first_days)
            yield from _rows(make_ready(facts, definitions, days).measure_all(), _schema(definitions)).to_batches()


def _lay_out(mixed: pa.Table, tables: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Writes each table, also one without rows; the accounts, sorted. Facts of nobody are passed over."""
    rows = {name: pl.DataFrame(pa.Table.from_struct_array(mixed[name].drop_null())) for name in tables}
    accounts = rows["accounts"]["account_id"].drop_nulls().unique().sort()
    for name, own in rows.items():
        known = own.filter(pl.col("account_id").is_in(accounts.implode()))
        in_order(known, TABLES[name]).write_parquet(folder / f"{name}.parquet", compression="lz4")
    return tuple(accounts)


def _rows(grid: Grid, schema: pa.Schema) -> pa.Table:
    """One row for each cell, of exactly the types that Spark was told."""
    count, dates = grid.alive.shape
    names = np.array(grid.segments, dtype=object)
    columns = [
        np.repeat(np.array(grid.accounts, dtype=object), dates),
        np.tile(grid.as_of, count),
        grid.alive.ravel(),
        grid.tenure_days.ravel(),
        names[grid.segment].ravel(),
        *(values.ravel() for values in grid.values.values()),
    ]
    arrays = [pa.array(column, kind, from_pandas=True) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.table(arrays, schema=schema)


def _schema(definitions: Definitions) -> pa.Schema:
    said = [("account_id", pa.string()), ("as_of", pa.date32()), ("customer", pa.bool_())]
    said += [("tenure_days", pa.float64()), ("segment", pa.string())]
    return pa.schema([*said, *((name, pa.float64()) for name in definitions.metrics)])


def _no_accounts() -> Issue:
    return Issue(
        "ENG-006",
        "There is no table of accounts among the frames.",
        "",
        "It says who is a customer, since when, and in which segment.",
        'Add "accounts"; landing writes one even where no export has it.',
    )
