"""The same from CSV."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ways.land_parquet import into
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    return into(out / "store", work, "csv")
