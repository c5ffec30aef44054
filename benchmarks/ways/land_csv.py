"""The same from CSV."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ways.land_parquet import landed
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    return landed(work, out, "csv")
