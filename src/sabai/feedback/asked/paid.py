"""What an account paid a month on a day."""

from __future__ import annotations

import polars as pl

from sabai.facts.landed import Facts
from sabai.retention.revenue import Subscribed, subscribed


def paying(facts: Facts, until: int) -> pl.DataFrame | None:
    """Every contract that recurs: account_id, start, end, monthly (minor units); None where none is known."""
    known: Subscribed = subscribed(facts, until)
    if not len(known.start):
        return None
    ids = pl.Series("account_id", known.accounts, dtype=pl.String)
    return pl.DataFrame(
        {"account_id": ids.gather(known.account), "start": known.start, "end": known.end, "monthly": known.monthly}
    )


def with_paid(rows: pl.DataFrame, contracts: pl.DataFrame | None, day: str) -> pl.DataFrame:
    """The rows with `monthly`, the sum of what was held when their `day` began: 0 where nothing was, null where no
    contract is known at all."""
    if contracts is None:
        return rows.with_columns(monthly=pl.lit(None, dtype=pl.Int64))
    placed = rows.with_row_index("place")
    days = placed.select("place", "account_id", pl.col(day).alias("on"))
    held = days.join(contracts, on="account_id").filter(pl.col("start") < pl.col("on"), pl.col("on") <= pl.col("end"))
    sums = held.group_by("place").agg(pl.col("monthly").sum())
    found = placed.join(sums, on="place", how="left", maintain_order="left")
    return found.with_columns(pl.col("monthly").fill_null(0)).drop("place")
