"""What the store holds of each source that the definitions name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import polars as pl

from sabai.definitions.model import Definitions
from sabai.desk.scoring.origins import Origin
from sabai.facts.stored.aside import WAITING
from sabai.facts.stored.facts import StoredFacts


def told_origins(facts: StoredFacts, definitions: Definitions) -> Iterator[Origin]:
    """One for each source of sabai.yaml, in its order."""
    tables = dict.fromkeys(source.table for source in definitions.sources.values())
    newest = {table: _newest(facts, table) for table in tables}
    aside, waiting = _aside(facts)
    for name, source in definitions.sources.items():
        known = newest[source.table].get(name)
        yield Origin(name, source.table, known, aside.get(name, 0), waiting.get(name, 0))


def _newest(facts: StoredFacts, table: str) -> Mapping[str, datetime | None]:
    shelf = facts.shelf(table)
    if not shelf.is_begun:
        return {}
    rows = shelf.scan().group_by("source").agg(pl.col("received_at").max()).collect()
    return dict(rows.iter_rows())


def _aside(facts: StoredFacts) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many rows of each source are no facts, and how many wait."""
    rows = facts.aside().group_by("source", pl.col("fate") == WAITING).len().collect()
    return (
        {source: count for source, waits, count in rows.iter_rows() if not waits},
        {source: count for source, waits, count in rows.iter_rows() if waits},
    )
