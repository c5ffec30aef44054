"""The same store on a Spark cluster of one worker with one core."""

from __future__ import annotations

from pathlib import Path

from benchmarks.spark import measured
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    return measured(work, workers=1)
