"""Landing into an empty store from Parquet: mapped, checked, compared with all that is known, sorted, durable."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growing import LANDED_AT, definitions, export
from benchmarks.work import Answer, Work
from sabai.facts.stored.store import land_into


def run(work: Work, out: Path) -> Answer:
    return into(out / "store", work, "parquet")


def into(store: Path, work: Work, kind: str) -> Answer:
    added = land_into(definitions(kind), export(work, kind), store, LANDED_AT, buckets=8)
    assert sum(tally.facts for tally in added.tallies) == work.events
    return Answer(work.events)
