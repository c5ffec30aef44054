"""Things that move to another account: where they were, a row says since when they are no longer there."""

from __future__ import annotations

import polars as pl

from sabai.facts.stored.shelf import LANDED, MOVED, VERSION, by_version

_THING = ["source", "key"]
_TOLD = [*_THING, "updated_at", "received_at", "received_assumed", "received_day", LANDED, VERSION]


def moves(fresh: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """For each of the `fresh` versions that follows or goes before one of another account, a row that closes it there.

    `stored`: all versions of the same things that were there before. A closing row says when, and nothing else.
    """
    if "account_id" not in fresh.columns:
        return fresh.clear()
    columns = [name for name in [*_TOLD, "account_id"] if name in fresh.columns]
    known = stored.select(name for name in columns if name in stored.columns)
    both = by_version(pl.concat([known, fresh.select(*columns, pl.lit(True).alias("_fresh"))], how="diagonal"))
    both = both.with_columns(
        pl.col("account_id").shift(1).over(_THING).alias("_was"),
        (pl.int_range(pl.len()).over(_THING) > 0).alias("_follows"),
        (pl.col("_fresh") | pl.col("_fresh").shift(1).over(_THING)).alias("_new"),
    )
    moved = both.filter("_follows", "_new", pl.col("account_id").ne_missing(pl.col("_was")))
    return moved.select(*columns).with_columns(moved["_was"].alias("account_id"), pl.lit(True).alias(MOVED))
