"""The desk takes in batches of 500 events, as fast as they come."""

from __future__ import annotations

from pathlib import Path

from benchmarks.intake import DESK, measured
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    sent = measured(DESK)
    return Answer(sent.events, seconds=sent.within, note=sent.said())
