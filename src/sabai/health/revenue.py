"""What each customer pays a month, as known at an as-of date: the money that stands behind a band."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.definitions.model import Basic, Definitions, Metric
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats, Grid


def monthly_revenue(grid: Grid, definitions: Definitions, facts: Facts, column: int) -> Floats | None:
    """Minor units of the workspace's currency for each account at one as-of column; None where nothing says it.

    A metric that already holds the recurring amount is taken as it is, else the subscriptions are added up.
    """
    for name, metric in definitions.metrics.items():
        if _is_recurring(metric) and name in grid.values:
            return grid.values[name][:, column]
    if not facts.has("subscriptions"):
        return None
    return _from_subscriptions(facts, grid.accounts, int(grid.as_of[column]))


def _is_recurring(metric: Metric) -> bool:
    if not isinstance(metric, Basic) or metric.where or metric.shift_days:
        return False
    return (metric.how, metric.table, metric.measure) == ("held", "subscriptions", "recurring")


def _from_subscriptions(facts: Facts, accounts: tuple[str, ...], as_of: int) -> Floats | None:
    rows = facts.scan("subscriptions").filter(
        known_at(as_of), pl.col("starts_day") < as_of, pl.col("ends_day").is_null() | (pl.col("ends_day") >= as_of)
    )
    paid = rows.group_by("account_id").agg(
        pl.col("recurring_minor").sum(), pl.col("recurring_minor").count().alias("n")
    )
    sums = {account: amount for account, amount, n in paid.collect().iter_rows() if n}
    if not sums:
        return None
    return np.array([sums.get(account, 0) for account in accounts], dtype=np.float64)


def known_at(as_of: int) -> pl.Expr:
    """The version of a row that was known at `as_of`: received before it, and not yet superseded."""
    superseded = pl.col("superseded_day")
    return (pl.col("received_day") < as_of) & (superseded.is_null() | (superseded >= as_of))
