"""How an account sounds, month by month: the median over at least three texts. Never the only reason to do anything."""

from __future__ import annotations

import polars as pl

LEAST_TEXTS = 3
SCHEMA = {"account_id": pl.String, "month": pl.Date, "texts": pl.UInt32, "sentiment": pl.Float64}


def moods(words: pl.DataFrame) -> pl.DataFrame:
    """With SCHEMA, by account and month: `sentiment` from −1 to 1, null where fewer texts than LEAST_TEXTS speak."""
    month = pl.col("day").cast(pl.Date).dt.truncate("1mo")
    found = words.group_by("account_id", month=month).agg(texts=pl.len(), median=pl.col("leaning").median())
    known = pl.when(pl.col("texts") >= LEAST_TEXTS).then("median")
    return found.with_columns(sentiment=known).select(*SCHEMA).sort("account_id", "month")
