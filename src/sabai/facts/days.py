"""Days as integers in the workspace's time zone, for every instant and date that a window looks at."""

from __future__ import annotations

import polars as pl

from sabai.facts.catalogue import FactTable, day_column


def local_day(column: pl.Expr, kind: str, zone: str) -> pl.Expr:
    """Int32 day of an instant (where `zone` is) or of a date."""
    return (column.dt.convert_time_zone(zone).dt.date() if kind == "instant" else column).cast(pl.Int32)


def timed_columns(table: FactTable) -> list[str]:
    """Columns that need a day: the fact's own time, and starts and ends of measures."""
    ends = [each for measure in table.measures.values() for each in (measure.start, measure.end) if each]
    return list(dict.fromkeys([table.time, *ends]))


def with_days(rows: pl.DataFrame, table: FactTable, zone: str) -> pl.DataFrame:
    """Adds an Int32 `x_day` for each of them; null where the time is unknown."""
    return rows.with_columns(_day(rows, table, name, zone).alias(day_column(name)) for name in timed_columns(table))


def _day(rows: pl.DataFrame, table: FactTable, name: str, zone: str) -> pl.Expr:
    if name not in rows.columns:
        return pl.lit(None, dtype=pl.Int32)
    return local_day(pl.col(name), table.columns[name], zone)


def own_day(table: FactTable) -> pl.Expr:
    """The day of the fact itself: its own time, else the first of its measures that has one."""
    return pl.coalesce(*(day_column(name) for name in timed_columns(table)))
