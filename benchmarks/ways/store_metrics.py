"""Sabai's metrics of events, read from a store by the local engine: what Spark is compared with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.spark import facts, meaning
from benchmarks.work import AS_OF, Answer, Work
from sabai.engines import local


def run(work: Work, out: Path) -> Answer:
    measured = local.each_run(facts(work), meaning(), AS_OF, lambda grid: len(grid.accounts))
    assert sum(measured) == work.accounts
    return Answer(work.events)
