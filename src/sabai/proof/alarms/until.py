"""A copy of facts for some accounts, all of them or only what was known of them before a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from sabai.dates import ALWAYS
from sabai.facts.catalogue import TABLES, FactTable, day_column
from sabai.facts.days import local_day, timed_columns
from sabai.facts.folder import Folder
from sabai.facts.landed import Facts
from sabai.facts.write import write

_PLANNED = ("due_on", "promised_on")
"""Dates that lie ahead when they are written down."""


def copied(facts: Facts, accounts: Sequence[str], folder: Path, zone: str, before: int | None = None) -> Facts:
    """The facts of `accounts` in the new `folder`, of a store as of a landing. With a day `before`: rows dated and
    received before it, what is dated later in them unknown, and the newest versions of that day.
    """
    folder.mkdir(parents=True)
    for table in TABLES.values():
        if "account_id" in table.columns and table.name != "dues" and facts.has(table.name):
            rows = facts.scan(table.name).filter(pl.col("account_id").is_in(list(accounts)))
            write((rows if before is None else _known(rows, table, zone, before)).collect(), table, folder)
    Folder(folder).write_dues(zone)
    return Facts(folder, tuple(sorted(accounts)), (), facts.first_days)


def _known(rows: pl.LazyFrame, table: FactTable, zone: str, before: int) -> pl.LazyFrame:
    here = rows.collect_schema().names()
    days = [day_column(name) for name in timed_columns(table) if day_column(name) in here]
    dated = pl.min_horizontal(days).fill_null(ALWAYS) if days else pl.lit(ALWAYS)
    known = rows.filter(dated < before, pl.col("received_day") < before)
    superseded = pl.col("superseded_day")
    return known.with_columns(
        *_later_unknown(table, here, zone, before),
        pl.when(superseded < before).then(superseded).alias("superseded_day"),
    )


def _later_unknown(table: FactTable, here: Sequence[str], zone: str, before: int) -> list[pl.Expr]:
    """Every date but the fact's own and those that are planned, and the day that stands for it."""
    told = []
    for name, kind in table.columns.items():
        if name in here and kind in ("instant", "date") and name not in (table.time, *_PLANNED):
            earlier = local_day(pl.col(name), kind, zone) < before
            names = [each for each in (name, day_column(name)) if each in here]
            told += [pl.when(earlier).then(pl.col(each)).alias(each) for each in dict.fromkeys(names)]
    return told
