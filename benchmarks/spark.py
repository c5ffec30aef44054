"""A store measured by Spark on a standalone cluster of this machine: workers of one core each, started and stopped."""

from __future__ import annotations

import os
from atexit import register
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.given import event_definitions
from benchmarks.growing import definitions, store
from benchmarks.standalone import SETTINGS, standalone
from benchmarks.work import AS_OF, Answer, Work
from sabai.definitions.model import Definitions
from sabai.engines.spark.cluster import Cluster
from sabai.engines.spark.session import started
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.store import stored

MEMORY = {"spark.driver.memory": "2g", "spark.executor.memory": "1g"}


def measured(work: Work, workers: int) -> Answer:
    """As `store_metrics`, by so many workers; the cluster stands already when the clock starts."""
    each = Cluster(session(workers)).each_run(facts(work), meaning(), AS_OF, lambda grid: len(grid.accounts))
    assert sum(each) == work.accounts
    return Answer(work.events)


def meaning() -> Definitions:
    return replace(definitions("parquet"), metrics=event_definitions().metrics)


def facts(work: Work) -> StoredFacts:
    return stored(meaning(), store(work))


@cache
def session(workers: int) -> Any:
    """Lives as long as this process."""
    os.environ.update(SETTINGS)
    held = ExitStack()
    register(held.close)
    cluster = held.enter_context(standalone(Path(held.enter_context(TemporaryDirectory())), workers, memory="2g"))
    return held.enter_context(started(cluster.url, MEMORY))
