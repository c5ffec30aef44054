"""The idea of `duckdb_sql.sql` in Polars: intervals of as-of dates, folded together, their steps added up in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from benchmarks.by_hand import FEATURES, LONGEST, NAMES_28, NAMES_90
from benchmarks.work import AS_OF, Answer, Work

CELL = ["account_id", "nth"]


def run(work: Work, out: Path) -> Answer:
    seen = _seen(work.events_file)
    accounts = pl.scan_parquet(work.facts_folder / "accounts.parquet").select("account_id")
    summed = accounts.join(pl.LazyFrame({"nth": range(len(AS_OF))}, schema={"nth": pl.Int8}), how="cross").sort(CELL)
    for steps in [*_counts(seen), *_contacts(seen), _features(seen), _active_days(seen)]:
        summed = summed.join(steps.group_by(CELL).sum(), on=CELL, how="left", maintain_order="left")
    totals = summed.select(pl.exclude(CELL).fill_null(0).cum_sum().over("account_id")).collect()
    counted = {column.name: column.to_numpy().reshape(-1, len(AS_OF)) for column in totals}
    for worth in ("worth", "worth_long"):
        counted[worth] = counted[worth] / 1_000_000  # in NumPy: Polars multiplies by a millionth, which is not the same
    return Answer(work.events, counted)


def _seen(events: Path) -> pl.LazyFrame:
    """What any window can see, with the index of the first date that sees it; read once, used by all that follows."""
    opens = pl.max_horizontal("occurred_day", "received_day")
    return (
        pl.scan_parquet(events)
        .filter(pl.col("occurred_day").is_between(AS_OF[0] - LONGEST, AS_OF[-1]))
        .select("account_id", "contact_id", "name", "value", day="occurred_day", opens=_date_after(opens))
        .collect()
        .lazy()
    )


def _date_after(day: pl.Expr) -> pl.Expr:
    """The index of the first as-of date after a day: arithmetic, since the dates are weekly."""
    return ((day - AS_OF[0]).floordiv(7) + 1).clip(0, len(AS_OF)).cast(pl.Int8)


def _closes(window: int) -> pl.Expr:
    return _date_after(pl.col("day") + window).alias(f"closes_{window}")


def _steps(intervals: pl.LazyFrame, opens: str, closes: str, of: Mapping[str, pl.Expr]) -> pl.LazyFrame:
    """Every interval is a step up and a step down; the running total of all steps is the metric."""
    real = intervals.filter(pl.col(opens) < pl.col(closes))
    up = real.select("account_id", pl.col(opens).alias("nth"), **of)
    down = real.select("account_id", pl.col(closes).alias("nth"), **{name: -value for name, value in of.items()})
    return pl.concat([up, down])


def _counts(seen: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Facts that open and close at the same dates fold into one row first."""
    cube = seen.group_by("account_id", "opens", _closes(7), _closes(28), _closes(90)).agg(
        pl.len().cast(pl.Int64).alias("all_names"),
        (pl.col("value") * 1_000_000).round().cast(pl.Int64).sum(),
        **{name: pl.col("name").is_in(names).sum().cast(pl.Int64) for name, names in (NAMES_28 | NAMES_90).items()},
    )
    everything, value = pl.col("all_names"), pl.col("value")
    month = {name: pl.col(name) for name in NAMES_28} | {"month": everything, "worth": value}
    quarter = {name: pl.col(name) for name in NAMES_90} | {"quarter": everything, "worth_long": value}
    return [
        _steps(cube, "opens", "closes_7", {"week": everything}),
        _steps(cube, "opens", "closes_28", month),
        _steps(cube, "opens", "closes_90", quarter),
    ]


def _contacts(seen: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Whoever is told apart counts once: each key's intervals in order, begun where those before it end."""
    return [
        _steps(_once(seen, "contact_id", window), "opens", "closes", {name: pl.lit(1, pl.Int64)})
        for name, window in (("people", 28), ("people_long", 90))
    ]


def _features(seen: pl.LazyFrame) -> pl.LazyFrame:
    features = seen.filter(pl.col("name").is_in(FEATURES))
    return _steps(_once(features, "name", 90), "opens", "closes", {"features": pl.lit(1, pl.Int64)})


def _active_days(seen: pl.LazyFrame) -> pl.LazyFrame:
    days = seen.group_by("account_id", "day").agg(pl.col("opens").min()).with_columns(_closes(28).alias("closes"))
    return _steps(days, "opens", "closes", {"active_days": pl.lit(1, pl.Int64)})


def _once(seen: pl.LazyFrame, key: str, window: int) -> pl.LazyFrame:
    intervals = seen.group_by("account_id", key, "opens").agg(_date_after(pl.col("day").max() + window).alias("closes"))
    before = pl.col("closes").cum_max().shift(1).over("account_id", key)
    return intervals.sort("account_id", key, "opens").with_columns(opens=pl.max_horizontal("opens", before))
