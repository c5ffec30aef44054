"""Sabai's metrics of events, run of accounts by run of accounts; nothing is kept, so that memory stays bounded."""

from __future__ import annotations

from pathlib import Path

from benchmarks.given import event_definitions, facts_of
from benchmarks.work import AS_OF, Answer, Work
from sabai.engines import local


def run(work: Work, out: Path) -> Answer:
    measured = local.each_run(facts_of(work), event_definitions(), AS_OF, lambda grid: len(grid.accounts))
    assert sum(measured) == work.accounts
    return Answer(work.events)
