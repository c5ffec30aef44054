"""The list of 10,000 customers, searched, filtered and sorted: the slowest of the ways to ask for it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ways import desk_bare
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    return desk_bare.run(work, out, "list")
