"""Sabai's metrics of events, run of accounts by run of accounts; nothing is kept, so that memory stays bounded."""

from __future__ import annotations

from pathlib import Path

from benchmarks.work import AS_OF, Answer, Work
from sabai.engines import local


def run(work: Work, out: Path) -> Answer:
    measured = sum(len(grid.accounts) for grid in local.grids(work.facts, work.event_definitions, AS_OF))
    assert measured == work.accounts
    return Answer(work.events)
