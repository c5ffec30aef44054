"""The desk at half the goal: how long a sender waits for its acknowledgement."""

from __future__ import annotations

from pathlib import Path

from benchmarks.intake import DESK, GOAL, measured
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    sent = measured(DESK, GOAL / 2)
    return Answer(
        sent.events, seconds=sent.quantile(0.99) / 1000, note=f"seconds are the p99 of a request; {sent.said()}"
    )
