"""What was known on a day: of each thing the newest version received before it."""

from __future__ import annotations

import polars as pl

from sabai.facts.landed import Facts


def known_at(facts: Facts, table: str, until: int) -> pl.LazyFrame:
    """The rows of the table as they stood when the day `until` began."""
    newer = pl.col("superseded_day") < until
    return facts.scan(table).filter(pl.col("received_day") < until, ~newer.fill_null(value=False))


def columns_of(facts: Facts, table: str) -> list[str]:
    """Those that were mapped; none where there is no such table."""
    return facts.scan(table).collect_schema().names() if facts.has(table) else []
