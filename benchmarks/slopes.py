"""`python -m benchmarks.slopes 1m whole_job`: what a way costs the processor, kept for the page of sizes.

Seconds are those of all threads together, so that they say something on a machine that others use too.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypedDict

from benchmarks.given import definitions, event_definitions, facts_of
from benchmarks.rows import machine, today
from benchmarks.sizes import SIZES
from benchmarks.timed import peak_mb, way_of
from benchmarks.work import WEEKS, Work

RESULTS = Path(__file__).parent / "slopes.json"
WAYS = ("event_metrics", "half_of_the_metrics", "whole_job", "land_parquet")


class Slope(TypedDict):
    """`seconds` of the processor and `peak_mb` of memory for so many events, `metrics` and weekly dates."""

    way: str
    events: int
    accounts: int
    metrics: int
    dates: int
    seconds: float
    peak_mb: float
    machine: str
    date: str
    load: float


def measured(size_name: str, way: str) -> Slope:
    """The second of two runs: the first warms compiled code and files."""
    size = SIZES[size_name]
    work = Work.of(size)
    facts_of(work)
    run = partial(way_of(way), work)
    _once(run)
    seconds = _once(run)
    events, every = len(event_definitions().metrics), len(definitions().metrics)
    metrics = {"event_metrics": events, "half_of_the_metrics": (events + 1) // 2}.get(way, every)
    return Slope(
        way=way, events=size.events, accounts=size.accounts, metrics=metrics, dates=WEEKS, seconds=round(seconds, 2),
        peak_mb=round(peak_mb()), machine=machine(), date=today(),
        load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _once(run: Callable[[Path], object]) -> float:
    with tempfile.TemporaryDirectory(prefix="sabai-slopes-") as out:
        begun = _seconds()
        run(Path(out))
        return _seconds() - begun


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def kept() -> list[Slope]:
    slopes: list[Slope] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    return slopes


def keep(new: Slope) -> None:
    """The newest of each way and size, one a line."""
    others = [each for each in kept() if (each["way"], each["events"]) != (new["way"], new["events"])]
    rows = sorted([*others, new], key=lambda each: (each["way"], each["events"]))
    RESULTS.write_text("[\n" + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n]\n", encoding="utf-8")


def main(size: str, *ways: str) -> None:
    """Each way in a process of its own, whose peak memory is its own."""
    if len(ways) == 1:
        return keep(measured(size, ways[0]))
    for way in ways or WAYS:
        subprocess.run([sys.executable, "-m", "benchmarks.slopes", size, way], check=True)
    return None


if __name__ == "__main__":
    main(*sys.argv[1:])
