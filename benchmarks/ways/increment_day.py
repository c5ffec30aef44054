"""One new as-of date, going on from where everybody stood a week ago."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growing import THIS_WEEK, last_week, request
from benchmarks.work import Answer, Work
from sabai.pipeline import compute


def run(work: Work, out: Path) -> Answer:
    compute(request(work, out, THIS_WEEK), before=last_week(work))
    return Answer(work.events)
