"""The way in for facts that are not divided by account: Spark sends every row to the worker that measures it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.given import event_definitions, facts_of
from benchmarks.spark import session
from benchmarks.work import AS_OF, Answer, Work
from sabai.engines.spark.frames import measure_frames


def run(work: Work, out: Path) -> Answer:
    tables, here = facts_of(work), session(2)
    frames = {name: here.read.parquet(str(tables.path(name))) for name in ("accounts", "events")}
    measured = measure_frames(frames, event_definitions(), AS_OF, tables.first_days)
    measured.write.format("noop").mode("overwrite").save()
    return Answer(work.events)
