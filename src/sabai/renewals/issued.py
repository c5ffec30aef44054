"""Forecasts as they were issued: an open Delta table that is only ever added to, so that they can be judged later."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import polars as pl

from sabai.dates import from_day
from sabai.errors import Issue, UsageError
from sabai.renewals.forecast import Renewals
from sabai.renewals.renewal import Renewal
from sabai.store.delta import File, NewFile, OpenTable
from sabai.store.forgetting import take_out

FOLDER = "forecasts"
DIVIDED_BY = "forecast"
"""as-of date and horizon: a forecast is one file."""

_KINDS: dict[str, pl.DataType | type[pl.DataType]] = {
    "issued_at": pl.Datetime("us", "UTC"), "as_of": pl.Date, "horizon_days": pl.Int32,
    "definitions_version": pl.String, "currency": pl.String,
    "account_id": pl.String, "due_on": pl.Date, "value_minor": pl.Int64, "p": pl.Float64, "p_from": pl.String,
    "p_naive": pl.Float64, "notice": pl.Boolean, "owner": pl.String,
    "called_by": pl.String, "called_on": pl.Date, "call": pl.String, "p_called": pl.Float64,
    "expected_minor": pl.Float64, "p10_minor": pl.Float64, "p50_minor": pl.Float64, "p90_minor": pl.Float64,
    "tau": pl.Float64,
}  # fmt: skip
SCHEMA = pl.Schema(_KINDS)
"""One row for each renewal; what speaks of the whole forecast stands in each row, so that one file has all of it."""
_COUNTED = ("account_id", "due_on")
_OF_SOMEBODY = ("due_on", "owner", "called_by", "called_on", "call", "p_called")


def issue(found: Renewals, out: Path, when: datetime) -> Path:
    """Freezes the forecast in `out`/forecasts; the folder of the table.

    Raises UsageError REN-010 where nothing is due, and REN-011 where a forecast of that date and horizon was issued
    before: what was said stays said.
    """
    if not found.renewals:
        raise UsageError(_nothing_due(found))
    table, part = _table(out), f"{from_day(found.as_of)}-{found.horizon_days}d"
    if any(file.part == part for file in table.files()):
        raise UsageError(_issued_before(part, table.folder))
    rows = pl.DataFrame(list(_rows(found, when)), schema=SCHEMA, orient="row")
    table.commit([table.write(part, rows, counted=_COUNTED)], (), when)
    return table.folder


def issued(out: Path) -> pl.DataFrame:
    """Every renewal of every forecast that was issued, the oldest first; empty where none was."""
    table = _table(out)
    if not table.is_begun:
        return pl.DataFrame(schema=SCHEMA)
    return table.scan().select(SCHEMA.names()).sort("as_of", "horizon_days", "due_on", "account_id").collect()


def forget(out: Path, accounts: Collection[str], when: datetime) -> None:
    """Takes the accounts out of the forecasts that were issued.

    Value and chance stay, so that what was said of the sum stays said. Whose they were, when they were due and who
    called them goes; the id becomes one that was drawn by chance, another in each forecast.
    """
    table = _table(out)
    if accounts and table.is_begun:
        take_out(table, accounts, when, partial(_unnamed, table, accounts))


def _unnamed(table: OpenTable, accounts: Collection[str], file: File) -> NewFile:
    rows = pl.read_parquet(table.folder / file.path, hive_partitioning=False, glob=False)
    theirs = pl.col("account_id").is_in(list(accounts))
    ids = pl.Series("account_id", [f"erased-{uuid4().hex[:12]}" for _ in range(rows.height)])
    drawn = pl.when(theirs).then(ids).otherwise("account_id").alias("account_id")
    blank = (pl.when(~theirs).then(name).alias(name) for name in _OF_SOMEBODY)
    return table.write(file.part, rows.with_columns(drawn, *blank), counted=_COUNTED)


def _table(out: Path) -> OpenTable:
    return OpenTable(out / FOLDER, DIVIDED_BY)


def _rows(found: Renewals, when: datetime) -> Iterator[tuple[object, ...]]:
    whole = (found.total.expected_minor, found.total.p10_minor, found.total.p50_minor, found.total.p90_minor)
    about = (when, from_day(found.as_of), found.horizon_days, found.version, found.currency)
    yield from ((*about, *_own(each), *whole, found.shock.tau) for each in found.renewals)


def _own(each: Renewal) -> tuple[object, ...]:
    due, call = each.due, each.call
    called = (call.who, from_day(call.day), call.call, call.probability) if call else (None, None, None, None)
    chance = (each.p, each.how, each.naive, due.notice)
    return (due.account_id, from_day(due.day), each.value_minor, *chance, due.owner or None, *called)


def _nothing_due(found: Renewals) -> Issue:
    return Issue(
        "REN-010",
        f"Nothing is due from {from_day(found.as_of)} to {from_day(found.until)}: there is no forecast to issue.",
        "",
        "A forecast is judged by renewals.",
        "Ask for a longer time: --within 180d",
    )


def _issued_before(part: str, folder: Path) -> Issue:
    return Issue(
        "REN-011",
        f"The forecast {part} was issued before.",
        str(folder),
        "It is frozen: one that could be made better afterwards would prove nothing.",
        "Issue one of another date (--as-of) or for another time (--within).",
    )
