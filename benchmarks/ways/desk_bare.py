"""An address that does nothing, with the whole of Django around: the limit of every page."""

from __future__ import annotations

from pathlib import Path

from benchmarks.desk_pages import PEER, RUNS, slowest
from benchmarks.work import Answer, Work


def run(work: Work, out: Path, names: str = PEER) -> Answer:
    """The slowest of the pages whose names begin so."""
    name, found = slowest(names)
    return Answer(RUNS, seconds=found.p95 / 1000, note=f"seconds are the p95 of a page; {found.said(name)}")
