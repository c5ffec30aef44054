"""One way, timed in a process of its own, so that its peak memory is its own.

The process that started this one must itself be small: Linux counts what it held into the peak of its child.

    python -m benchmarks.timed 10m scan      prints a Timing as JSON
    python -m benchmarks.timed 10m           only makes the facts
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from benchmarks.sizes import ONCE, SIZES
from benchmarks.work import Answer, Work

Way = Callable[[Work, Path], Answer]
"""Does all of it once; the folder is empty, for what it wants to write."""


@dataclass(frozen=True, slots=True)
class Timing:
    """`seconds` is the median of the counted runs; `first` the uncounted one that warmed compiled code and files."""

    seconds: float
    first: float
    peak_mb: float
    rows: int
    note: str = ""


def way_of(name: str) -> Way:
    way: Way = import_module(f"benchmarks.ways.{name}").run
    return way


def timed(way: Way, work: Work, runs: int) -> tuple[Timing, Answer]:
    first, _ = _once(way, work)
    _say("warmed")
    counted = []
    for run in range(runs):
        seconds, answer = _once(way, work)
        counted.append(seconds)
        _say(f"{run + 1}/{runs}")
    return Timing(statistics.median(counted), first, peak_mb(), answer.rows, answer.note), answer


def _once(way: Way, work: Work) -> tuple[float, Answer]:
    with tempfile.TemporaryDirectory(prefix="sabai-bench-") as out:
        begun = time.perf_counter()
        answer = way(work, Path(out))
        seconds = time.perf_counter() - begun
    return answer.seconds or seconds, answer


def peak_mb() -> float:
    """The most memory that this process has held so far, in millions of bytes; macOS tells bytes, Linux kibibytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def _say(what: str) -> None:
    print(f" {what}", end="", file=sys.stderr, flush=True)


def main(size_name: str, way_name: str = "") -> None:
    size = SIZES[size_name]
    work = Work.of(size)
    if not way_name:
        if size.events:
            work.forget_older()
            import_module("benchmarks.given").facts_of(work)
        return
    timing, answer = timed(way_of(way_name), work, 1 if way_name in ONCE else size.runs)
    if answer.counted:
        _say("comparing")
        import_module("benchmarks.agree").compare(answer, work)
    print(json.dumps(asdict(timing)))


if __name__ == "__main__":
    main(*sys.argv[1:])
