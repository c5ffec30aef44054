"""Cohorts as plain data, for programs and files."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from sabai.dates import from_day
from sabai.retention.cohorts.cohorts import Cohorts
from sabai.retention.cohorts.value import Value

VALUE = {
    "value": pl.String, "cohort": pl.String, "customers": pl.Int64, "reached": pl.Int64, "median_days": pl.Float64,
    "low": pl.Float64, "high": pl.Float64,
}  # fmt: skip


def told_cohorts(found: Cohorts) -> dict[str, object]:
    """Everything that `sabai cohorts --json` says; money is minor units a month."""
    return {
        "as_of": from_day(found.as_of),
        "question": asdict(found.question),
        "ages": found.ages,
        "triangle": found.triangle.to_dicts(),
        "curve": found.curve.drop("cohort").to_dicts(),
        "time_to_value": time_to_value(found.values).to_dicts(),
        "notices": list(found.notices),
    }


def time_to_value(values: tuple[Value, ...]) -> pl.DataFrame:
    """Half of the customers of a cohort had it after `median_days`; null: less than half have it yet."""
    rows = [
        (each.name, each.cohort, each.customers, each.reached, each.median.value, each.median.low, each.median.high)
        for each in values
    ]
    return pl.DataFrame(rows, schema=VALUE, orient="row").fill_nan(None)


def files(found: Cohorts) -> dict[str, pl.DataFrame]:
    """What is written beside each other as CSV."""
    tables = {"triangle": found.triangle, "curve": found.curve.drop("cohort")}
    return {**tables, "time_to_value": time_to_value(found.values)} if found.values else tables
