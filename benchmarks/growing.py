"""A store for the ways that land and go on: the made events as an export, unsorted, as tools give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import polars as pl

from benchmarks.given import definitions as measured
from benchmarks.given import facts_of
from benchmarks.work import LAST_MONDAY, Work
from sabai.dates import from_day
from sabai.definitions.model import ColumnMap, Definitions, Source
from sabai.facts.stored.store import land_into
from sabai.health.frozen import Frozen, frozen
from sabai.pipeline import Request, compute

COLUMNS = ("account_id", "contact_id", "name", "occurred_at", "value")
LANDED_AT = datetime(2025, 1, 6, 3, tzinfo=UTC)
LAST_WEEK, THIS_WEEK = from_day(LAST_MONDAY - 7), from_day(LAST_MONDAY)


def export(work: Work, kind: str) -> Path:
    """One file of all events in no order; made once."""
    facts_of(work)
    folder = work.facts_folder.with_name(f"{work.facts_folder.name}-{kind}")
    if not folder.exists():
        rows = pl.read_parquet(work.events_file, columns=["key", *COLUMNS]).rename({"key": "event_id"})
        rows = rows.sample(fraction=1.0, shuffle=True, seed=7)
        making = folder.with_name(f"{folder.name}.making")
        making.mkdir(parents=True, exist_ok=True)
        getattr(rows, f"write_{kind}")(making / f"events.{kind}")
        making.rename(folder)
    return folder


@cache
def definitions(kind: str) -> Definitions:
    columns = {name: ColumnMap((name,)) for name in ("event_id", *COLUMNS)}
    return replace(measured(), sources={"app": Source("app", (f"events.{kind}",), "events", columns)})


def store(work: Work) -> Path:
    """A store with all events; made once."""
    folder = work.facts_folder.with_name(f"{work.facts_folder.name}-store")
    if not (folder / "landings").exists():
        land_into(definitions("parquet"), export(work, "parquet"), folder, LANDED_AT, buckets=8)
    return folder


def request(work: Work, out: Path, *as_of: date) -> Request:
    return Request(definitions("parquet"), store(work), out, as_of)


@cache
def last_week(work: Work) -> Frozen:
    """Where everybody stood a week ago."""
    run = compute(request(work, work.facts_folder.with_name("nothing-is-written"), LAST_WEEK))
    return frozen(run.judge, run.scores)
