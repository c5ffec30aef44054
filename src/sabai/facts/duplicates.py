"""Happenings are written once: the same again is a duplicate, the same key with other content is a conflict."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.facts.aside import aside, nothing
from sabai.facts.catalogue import FactTable

_SEED = 20260101
_NOT_CONTENT = frozenset({"source", "key", "received_at", "received_assumed", "received_day"})


def with_key(rows: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """Adds `key`: the key columns joined by "|", or a hash of the content in rows where none of them is known."""
    parts = [pl.col(name).cast(pl.String) for name in table.key if name in rows.columns]
    if len(parts) == 1:
        rows = rows.with_columns(parts[0].alias("key"))
    elif parts:
        joined = pl.concat_str((part.fill_null("") for part in parts), separator="|")
        known = pl.any_horizontal(part.is_not_null() for part in parts)
        rows = rows.with_columns(pl.when(known).then(joined).alias("key"))
    if not parts or rows["key"].null_count():
        told = content(rows).cast(pl.String)
        rows = rows.with_columns((rows["key"].fill_null(told) if parts else told).alias("key"))
    return rows


def content(rows: pl.DataFrame, *also_not: str) -> pl.Series:
    """A hash of what a row says, apart from where it came from and when it was received."""
    leave = _NOT_CONTENT.union(also_not)
    names = sorted(name for name in rows.columns if name not in leave and not name.startswith("_"))
    return rows.select(pl.struct(names).hash(_SEED).alias("_content")).to_series()


def hashed_keys(rows: pl.DataFrame) -> pl.Series:
    """A hash of each row's source and key."""
    return rows.select((pl.col("source").hash(_SEED) ^ pl.col("key").hash(_SEED + 1)).alias("_key")).to_series()


def without_repeats(table: str, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Rows whose (source, key) stands once, the conflicts that were set aside, and how many duplicates there were.

    Of several rows with one key the first received stays, whatever the order of files.
    """
    hashed = hashed_keys(rows)
    ascending = np.sort(hashed.to_numpy())
    if not (ascending[1:] == ascending[:-1]).any():
        return rows, nothing(), 0
    again = hashed.is_duplicated()
    suspects = rows.filter(again)
    suspects = suspects.with_columns(content(suspects)).sort("received_at", "_content", "_file", "_row")
    different = suspects.filter(pl.struct("source", "key", "_content").is_first_distinct())
    is_first = pl.struct("source", "key").is_first_distinct()
    kept, conflicts = different.filter(is_first), different.filter(~is_first)
    set_aside = aside(table, conflicts, "key", "FCT-120", conflicts["key"])
    return pl.concat([rows.filter(~again), kept.drop("_content")]), set_aside, suspects.height - different.height
