"""What an increment is compared with: everything from the store, the whole past, as for the first time."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growing import THIS_WEEK, request
from benchmarks.work import Answer, Work
from sabai.pipeline import compute


def run(work: Work, out: Path) -> Answer:
    compute(request(work, out, THIS_WEEK))
    return Answer(work.events)
