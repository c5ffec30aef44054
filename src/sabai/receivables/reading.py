"""Landed columns as this room wants them: all there, of one type, and only what was known at the as-of date."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sabai.facts.landed import Facts
from sabai.health.revenue import known_at

Schema = Mapping[str, type[pl.DataType]]
COMMON: Schema = {"source": pl.String, "key": pl.String, "received_day": pl.Int32, "superseded_day": pl.Int32}


def read(facts: Facts, table: str, columns: Schema) -> pl.DataFrame:
    """`columns` and COMMON of every version; what the table lacks, or all of it where there is no table, is null."""
    wanted = {**columns, **COMMON}
    if not facts.has(table):
        return pl.DataFrame(schema=dict(wanted))
    rows = facts.scan(table)
    here = rows.collect_schema().names()
    each = [(pl.col(n) if n in here else pl.lit(None)).cast(kind).alias(n) for n, kind in wanted.items()]
    return rows.select(each).collect()


def known(rows: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """The newest version of each row that was received before `as_of`."""
    return rows.filter(known_at(as_of))


def day(column: str) -> pl.Expr:
    """The days since 1970-01-01 of a date column.

    >>> from datetime import date
    >>> pl.DataFrame({"due_on": [date(1970, 1, 8)]}).select(day("due_on"))["due_day"].to_list()
    [7]
    """
    return pl.col(column).cast(pl.Int32).alias(column.removesuffix("_on") + "_day")
