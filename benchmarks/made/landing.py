"""Made rows brought into the landed format by the library itself, so that the two cannot drift apart."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sabai.facts.catalogue import TABLES
from sabai.facts.days import own_day, with_days
from sabai.facts.write import complete, write


def landed_rows(rows: pl.DataFrame, name: str, first_key: int = 0) -> pl.DataFrame:
    """All columns of the table. Rows without `received_at` are received when they happen."""
    table = TABLES[name]
    if "received_at" not in rows.columns:
        rows = rows.with_columns(received_at=pl.col(table.time).cast(pl.Datetime("us", "UTC")))
    rows = with_days(rows, table, "UTC").with_columns(
        source=pl.lit(name),
        key=pl.format("{}", pl.int_range(first_key, first_key + pl.len())),
        received_assumed=pl.lit(True),
        received_day=pl.col("received_at").dt.date().cast(pl.Int32),
        superseded_day=pl.lit(None, pl.Int32),
    )
    return complete(rows.with_columns(received_day=pl.coalesce("received_day", own_day(table))), table)


def write_table(rows: pl.DataFrame, name: str, folder: Path) -> None:
    write(landed_rows(rows, name), TABLES[name], folder)
