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
class Since:
    """`before`: when files of the source were last landed; `now`: when they are landed this time.

    `waited`: the rows came in before, but nobody knew whose they were, so that they counted nowhere until now.
    """

    before: datetime
    now: datetime
    waited: bool = False


def with_received(
    rows: pl.DataFrame, table: FactTable, source: Source, zone: str, since: Since | None = None
) -> pl.DataFrame:
    """Adds received_at, received_assumed and received_day; rows without any time of their own are received ALWAYS.

    What is older than the last landing of its source, and was not in it, is received now: it came late.
    """
    seen = pl.col("received_at") if "received_at" in rows.columns else pl.lit(None, dtype=_INSTANT)
    assumed = _own_time(rows, table, source, zone) + pl.duration(microseconds=source.lag_seconds * 1_000_000)
    late = (assumed < since.before).fill_null(True) if since else pl.lit(False)
    now = pl.lit(since.now if since else None, dtype=_INSTANT)
    received = pl.coalesce(seen, pl.when(late).then(now).otherwise(assumed))
    if since and since.waited:
        received, late = now, pl.lit(True)
    rows = rows.with_columns(
        received.cast(_INSTANT).alias("received_at"), (seen.is_null() & ~late).alias("received_assumed")
    )
    return rows.with_columns(local_day(pl.col("received_at"), "instant", zone).fill_null(ALWAYS).alias("received_day"))


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
