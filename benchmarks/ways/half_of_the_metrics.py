"""Every second of the event metrics: beside all of them it tells what one more costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.given import event_definitions, facts_of
from benchmarks.work import AS_OF, Answer, Work
from sabai.engines import local


def run(work: Work, out: Path) -> Answer:
    half = replace(event_definitions(), metrics=dict(list(event_definitions().metrics.items())[::2]))
    measured = local.each_run(facts_of(work), half, AS_OF, lambda grid: len(grid.accounts))
    assert sum(measured) == work.accounts
    return Answer(work.events)
