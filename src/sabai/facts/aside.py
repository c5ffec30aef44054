"""Rows that are set aside: why, and that every one of them is kept with the row as it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sabai.facts.codes import HINTS, fate

ORIGIN = ("_file", "_row")  # where a row came from: number of its file, and its data row in it, counted from 1
SCHEMA = pl.Schema(
    {
        "table": pl.String,
        "_file": pl.UInt32,
        "_row": pl.UInt32,
        "field": pl.String,
        "code": pl.String,
        "value": pl.String,
        "hint": pl.String,
        "fate": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """Rows that break one rule: `bad` is a mask (null: fine), `value` what to show of them."""

    field: str
    code: str
    bad: pl.Series
    value: pl.Series


_NOTHING = pl.DataFrame(schema=SCHEMA)


def nothing() -> pl.DataFrame:
    return _NOTHING.clone()


def aside(table: str, rows: pl.DataFrame, field: str, code: str, value: pl.Series) -> pl.DataFrame:
    """`rows` (with ORIGIN) as rows of SCHEMA."""
    return rows.select(
        pl.lit(table).alias("table"),
        *ORIGIN,
        pl.lit(field).alias("field"),
        pl.lit(code).alias("code"),
        as_shown(value).alias("value"),
        pl.lit(HINTS[code]).alias("hint"),
        pl.lit(fate(code)).alias("fate"),
    ).cast(SCHEMA)


def as_shown(value: pl.Series) -> pl.Series:
    return value.cast(pl.List(pl.String)).list.join(";") if value.dtype == pl.List else value.cast(pl.String)


def sift(table: str, rows: pl.DataFrame, checks: Iterable[Check]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that pass all checks, and what was set aside: each row once, for the first check that it fails."""
    failed: list[pl.DataFrame] = []
    left = pl.Series([True]).new_from_index(0, rows.height)
    for check in _that_fail(checks):
        now = check.bad.fill_null(False) & left
        left = left & ~now
        failed.append(aside(table, rows.filter(now), check.field, check.code, check.value.filter(now)))
    return (rows.filter(left), together(failed)) if failed else (rows, nothing())


def _that_fail(checks: Iterable[Check]) -> Iterator[Check]:
    return (check for check in checks if check.bad.any())


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([nothing(), *parts])
