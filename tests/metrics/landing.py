"""Rows written by hand, landed as the contracts would leave them, and definitions without a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from sabai.dates import from_day
from sabai.definitions.model import Churn, Definitions, Health, Metric, Stage, Workspace
from sabai.facts.catalogue import COMMON, TABLES, FactTable, day_column
from sabai.facts.landed import Facts

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = {
    "text": pl.String,
    "instant": pl.Datetime("us", "UTC"),
    "date": pl.Date,
    "number": pl.Float64,
    "integer": pl.Int64,
    "money": pl.Int64,
    "flag": pl.Boolean,
    "instants": pl.List(pl.Datetime("us", "UTC")),
}


def fact(key: str, account: str, received: float, superseded: int | None = None, **columns: Any) -> Row:
    """A row, with every instant and date written as days since 1970-01-01 (20_000.5 is noon)."""
    return {"key": key, "account_id": account, "received_at": received, "superseded_day": superseded, **columns}


def land(folder: Path, tables: Tables, accounts: Iterable[str] = ("ant",), since: int = 0,
         first_days: Mapping[str, Mapping[str, int | None]] | None = None) -> Facts:  # fmt: skip
    """Write rows as landing would leave them. Every table counts as collected since the day `since`."""
    for name, rows in tables.items():
        _frame(TABLES[name], rows).write_parquet(folder / f"{name}.parquet", compression="uncompressed")
    collected = {name: {"made": since} for name in tables} if first_days is None else first_days
    return Facts(folder, tuple(sorted(accounts)), (), collected)


def _frame(table: FactTable, rows: Sequence[Row]) -> pl.DataFrame:
    types = {**table.columns, **table.derived}
    types.pop("properties", None)
    properties = {column for row in rows for column in row if column.startswith("properties.")}
    schema = {
        **{column: KINDS[kind] for column, kind in types.items()},
        **dict.fromkeys(sorted(properties), pl.String),
        **dict.fromkeys(day_columns(table), pl.Int32),
        **dict(zip(COMMON, (pl.String, pl.String, KINDS["instant"], pl.Boolean, pl.Int32, pl.Int32), strict=True)),
    }
    frame = pl.DataFrame([_landed(table, row) for row in rows], schema=schema, orient="row")
    return frame.sort("account_id", table.time, "source", "key", maintain_order=True)


def day_columns(table: FactTable) -> dict[str, str]:
    """Integer days, and the instant or date that each comes from."""
    bounds = (bound for what in table.measures.values() for bound in (what.start, what.end) if bound)
    return {day_column(bound): bound for bound in bounds}


def _landed(table: FactTable, row: Row) -> Row:
    kinds = {**table.columns, "received_at": "instant"}
    whole = {column: _when(kinds.get(column, ""), value) for column, value in row.items()}
    days = {day: None if row.get(when) is None else int(row[when] // 1) for day, when in day_columns(table).items()}
    return {"source": "made", "received_assumed": False, "received_day": int(row["received_at"] // 1), **whole, **days}


def _when(kind: str, value: Any) -> Any:
    if value is None or kind not in ("instant", "date"):
        return value
    return from_day(value) if kind == "date" else EPOCH + timedelta(days=value)


def define(*metrics: Metric, health: Health | None = None, stages: Sequence[Stage] = (),
           churn: Churn | None = None) -> Definitions:  # fmt: skip
    return Definitions(
        path="sabai.yaml",
        version="made",
        workspace=Workspace("Made"),
        sources={},
        metrics={metric.name: metric for metric in metrics},
        health=health or Health(factors=(), dimensions=()),
        stages=tuple(stages),
        churn=churn or Churn(),
    )
