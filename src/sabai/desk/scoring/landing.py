"""Landing what came to the desk, beside the sources of sabai.yaml."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from sabai.definitions.model import Definitions, Source
from sabai.desk.scoring import tray
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import Landed
from sabai.desk.scoring.overlay import KEYS, overlaid
from sabai.desk.scoring.sources import OURS, source_of
from sabai.desk.scoring.tray import Batch
from sabai.facts.catalogue import TABLES
from sabai.facts.stored.aside import NAME, WAITING, Aside
from sabai.facts.stored.compact import vacuum
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import is_store, land_into, unlisted
from sabai.progress import Progress, quiet

VACUUMED_EVERY = 100  # landings
KEPT_HOURS = 2
"""For how long superseded files stay in a store where something may land every second: every reader is one of ours."""
Waiting = Mapping[tuple[str, str], Sequence[str]]
"""Table and source of rows that came to the desk and wait for their account -> the columns that they have."""


def land_files(
    company: Company, definitions: Definitions, folder: Path, at: datetime, progress: Progress = quiet
) -> Landed:
    """Files in `folder` by the sources of sabai.yaml; rows of ours that wait for an account are tried again."""
    sources = {**definitions.sources, **_retried(company, definitions, {})}
    added = land_into(replace(definitions, sources=sources), folder, company.store, at, progress=progress)
    return Landed(added.number, added.tallies, added.accounts)


def land_batches(company: Company, definitions: Definitions, batches: Sequence[Batch], at: datetime) -> Landed:
    """Rows that came to the desk, which lie in `landing`."""
    lies_over = is_store(company.store) and any(batch.table in KEYS for batch in batches)
    facts = unlisted(definitions, company.store) if lies_over else None
    waiting, ours = _waiting(company), {}
    for batch in batches:
        told = replace(batch, rows=overlaid(facts, batch.table, batch.rows))
        columns = dict.fromkeys([*told.columns, *waiting.get((batch.table, batch.source), ())])
        file = tray.write(company, told, columns)
        source = source_of(batch.table, batch.source, file, columns, definitions.sources)
        ours[source.name] = source
    if not ours:
        return Landed()
    sources = {**_retried(company, definitions, ours), **ours}
    added = land_into(replace(definitions, sources=sources), company.landing, company.store, at)
    if added.number % VACUUMED_EVERY == 0:
        vacuum(company.store, KEPT_HOURS)
    return Landed(added.number, added.tallies, added.accounts)


def _retried(company: Company, definitions: Definitions, ours: Mapping[str, Source]) -> dict[str, Source]:
    """Sources of the desk without a file now, of which rows wait."""
    told = (
        source_of(table, name, "", columns, definitions.sources) for (table, name), columns in _waiting(company).items()
    )
    return {source.name: replace(source, files=()) for source in told if source.name not in ours}


def _waiting(company: Company) -> Waiting:
    if not is_store(company.store):
        return {}
    entries = Log(company.store).entries()
    version = entries[-1].versions.get(NAME, -1) if entries else -1
    rows = Aside(company.store, version).scan().filter(
        pl.col("fate") == WAITING, pl.col("source").str.starts_with(OURS), pl.col("raw").is_not_null()
    )  # fmt: skip
    found: dict[tuple[str, str], dict[str, None]] = {}
    for source, raw in rows.select("source", "raw").unique().sort("source", "raw").collect().iter_rows():
        _, table, name = source.split(".", 2)
        found.setdefault((table, name), {}).update(dict.fromkeys(_columns(json.loads(raw), table)))
    return {which: tuple(columns) for which, columns in found.items()}


def _columns(row: Mapping[str, object], table: str) -> list[str]:
    known = {*TABLES[table].columns, "received_at"} - {"properties"}
    return [name for name in row if name in known or name.startswith("properties.")]
