"""Things have versions: what is known of a thing at a date is its newest version received before that date."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.duplicates import content

_THING = ("source", "key")


@dataclass(frozen=True, slots=True)
class Versioned:
    """`rows` have superseded_day; `facts` things, `versions` more of them (kept or replaced), `duplicates` repeats."""

    rows: pl.DataFrame
    facts: int
    versions: int
    duplicates: int


def versioned(rows: pl.DataFrame) -> Versioned:
    """`rows` with `_every`: true where each row of a thing is a version, false where only the last row is kept."""
    rows = rows.with_columns(pl.lit(None, dtype=pl.Int32).alias("superseded_day"))
    if not rows.select(pl.struct(_THING).is_duplicated().any()).item():
        return Versioned(rows, rows.height, 0, 0)
    every, last = _every(rows.filter("_every")), _last(rows.filter(~pl.col("_every")))
    return Versioned(
        pl.concat([every.rows, last.rows]),
        every.facts + last.facts,
        every.versions + last.versions,
        every.duplicates + last.duplicates,
    )


def _last(rows: pl.DataFrame) -> Versioned:
    """The newest by `updated_at`, else the last in the order of files and rows."""
    told = rows.sort("_file", "_row").with_columns(content(rows.sort("_file", "_row")))
    different = told.filter(pl.struct(*_THING, "_content").is_first_distinct()).drop("_content")
    newest = different.sort(*_order(rows, "updated_at")).filter(pl.struct(_THING).is_last_distinct())
    return Versioned(newest, newest.height, different.height - newest.height, told.height - different.height)


def _every(rows: pl.DataFrame) -> Versioned:
    """Each row is a version until the next one is received; the same said again is no version."""
    told = rows.sort(*_order(rows, "received_at", "updated_at"))
    told = told.with_columns(content(told, "updated_at", "superseded_day"))
    repeated = (pl.col("_content") == pl.col("_content").shift(1)).over(_THING).fill_null(False)
    different = told.filter(~repeated).drop("_content")
    different = different.with_columns(pl.col("received_day").shift(-1).over(_THING).alias("superseded_day"))
    facts = different.select(pl.struct(_THING).n_unique()).item()
    return Versioned(different, facts, different.height - facts, told.height - different.height)


def _order(rows: pl.DataFrame, *names: str) -> list[str]:
    return [*(name for name in names if name in rows.columns), "_file", "_row"]
