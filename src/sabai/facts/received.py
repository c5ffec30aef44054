"""When a fact was received: seen in the file, or assumed to be its own time and the source's lag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from sabai.dates import ALWAYS
from sabai.definitions.model import Source
from sabai.facts.catalogue import FactTable
from sabai.facts.days import local_day, timed_columns

_INSTANT = pl.Datetime("us", "UTC")


@dataclass(frozen=True, slots=True)
class Late:
    """Scores were computed up to the as-of day `scored`: what was received before it, and comes in only `now`, was not
    among what they knew."""

    scored: int
    now: datetime


def with_received(
    rows: pl.DataFrame, table: FactTable, source: Source, zone: str, late: Late | None = None
) -> pl.DataFrame:
    """Adds received_at, received_assumed and received_day; rows without any time of their own are received ALWAYS.

    received_at is what the file says, or what is assumed; received_day, from which day on a row counts, is its day, or
    for rows that come too `late` for scores that were computed the day on which they come in.
    """
    seen = pl.col("received_at") if "received_at" in rows.columns else pl.lit(None, dtype=_INSTANT)
    assumed = _own_time(rows, table, source, zone) + pl.duration(microseconds=source.lag_seconds * 1_000_000)
    rows = rows.with_columns(
        pl.coalesce(seen, assumed).cast(_INSTANT).alias("received_at"), seen.is_null().alias("received_assumed")
    )
    told = local_day(pl.col("received_at"), "instant", zone).fill_null(ALWAYS)
    if late is None:
        return rows.with_columns(told.alias("received_day"))
    now = local_day(pl.lit(late.now, dtype=_INSTANT), "instant", zone)
    return rows.with_columns(pl.when(told < late.scored).then(now).otherwise(told).alias("received_day"))


def _own_time(rows: pl.DataFrame, table: FactTable, source: Source, zone: str) -> pl.Expr:
    """With history "every", a version became known when it was updated."""
    names = [name for name in (*table.known, *timed_columns(table)) if name in rows.columns]
    if source.history == "every" and "updated_at" in rows.columns:
        names.insert(0, "updated_at")
    times = [_as_instant(name, rows.schema[name], zone) for name in names]
    return pl.coalesce(*times) if times else pl.lit(None, dtype=_INSTANT)


def _as_instant(name: str, dtype: pl.DataType, zone: str) -> pl.Expr:
    if dtype != pl.Date:
        return pl.col(name)
    local = pl.col(name).cast(pl.Datetime("us"))
    midnight = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return midnight.dt.convert_time_zone("UTC")
