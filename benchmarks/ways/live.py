"""From an acknowledged event to the live score that has heard of it, while 500 a second come in."""

from __future__ import annotations

from pathlib import Path

from benchmarks.live import RATE, SECONDS, at, delays
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    found = delays()
    said = f"p50 {at(found, 0.5):.1f} s, p95 {at(found, 0.95):.1f} s"
    return Answer(RATE * SECONDS, seconds=at(found, 0.95), note=f"seconds are the p95 until the live score; {said}")
