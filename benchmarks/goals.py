"""What was promised for each measure, and whether a figure keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.rows import Row


@dataclass(frozen=True, slots=True)
class Goal:
    """`met` None: what the figure has to be compared with has not been measured."""

    text: str
    met: bool | None


Rule = Callable[[Row, Mapping[str, Row]], Goal]
"""Judges a row; beside it stand the newest rows of all names."""


def _at_most(times: float) -> Rule:
    return lambda row, rows: Goal(f"≤ {times:g} × scan", row["ratio"] <= times)


def _beside(times: float) -> Rule:
    return lambda row, rows: Goal(f"≤ {times:g} × {row['against']}", row["ratio"] <= times)


def _at_least(times: float) -> Rule:
    return lambda row, rows: Goal(f"≥ {times:g} × slower than Sabai", row["ratio"] >= times)


def _within(gigabytes: float) -> Rule:
    return lambda row, rows: Goal(f"≤ {gigabytes:g} GB", row["peak_mb"] <= gigabytes * 1000)


def _keeps_pace(name: str) -> Rule:
    """Ten times the facts take ten times the scan: the ratio may grow by a fifth."""

    def judge(row: Row, rows: Mapping[str, Row]) -> Goal:
        smaller = rows.get(name)
        return Goal(f"≤ 1.2 × the ratio of {name}", row["ratio"] <= 1.2 * smaller["ratio"] if smaller else None)

    return judge


def _a_second(rows_a_second: float) -> Rule:
    return lambda row, rows: Goal(f"≥ {rows_a_second:,.0f} rows/s", row["rows"] / row["seconds"] >= rows_a_second)


def _seconds(most: float) -> Rule:
    return lambda row, rows: Goal(f"≤ {most:g} s", row["seconds"] <= most)


def _increment(seconds: float, part: float) -> Rule:
    """So many seconds, and a part of what everything takes."""

    def judge(row: Row, rows: Mapping[str, Row]) -> Goal:
        full = rows.get(row["against"])
        met = row["seconds"] <= seconds + part * full["seconds"] if full else None
        return Goal(f"≤ {seconds:g} s + {part:.0%} of {row['against']}", met)

    return judge


GOALS: dict[str, tuple[Rule, ...]] = {
    "event_metrics_10m": (_at_most(3), _within(1.5)),
    "whole_job_10m": (_at_most(5), _within(1.5)),
    "duckdb_sql_10m": (_at_least(15),),
    "pandas_10m": (_at_least(40),),
    "land_parquet_2m": (_a_second(1_000_000),),
    "land_csv_2m": (_a_second(300_000),),
    "land_onto_keys_2m": (_a_second(200_000),),
    "increment_day_2m": (_increment(1, 0.05),),
    "prove_bootstrap": (_seconds(20),),
    "calibrate": (_seconds(10),),
    "sklearn_auc": (_at_least(10),),
    "mrr_1m": (_seconds(3),),
    "intake": (_a_second(50_000),),
    "intake_half": (_seconds(0.25),),
    "live": (_seconds(10),),
    "desk_morning": (_seconds(0.15),),
    "desk_list": (_seconds(0.15),),
    "desk_account": (_seconds(0.2),),
    "plan_100k": (_seconds(10),),
    "send_1k": (_beside(3),),
    "bgnbd_100k": (_seconds(0.5),),
    "pareto_nbd_100k": (_seconds(4),),
    "gamma_gamma_100k": (_seconds(0.2),),
    "text_1000": (_seconds(4), _within(0.3)),
    "text_start": (_seconds(2),),
    "event_metrics_100m": (_keeps_pace("event_metrics_10m"), _within(2.5)),
    "whole_job_100m": (_keeps_pace("whole_job_10m"), _within(2.5)),
}


def goals(row: Row, rows: Mapping[str, Row]) -> Iterator[Goal]:
    return (rule(row, rows) for rule in GOALS.get(row["name"], ()))
