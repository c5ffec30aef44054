"""The morning of a desk with 10,000 customers: everybody's, or one's own, whichever is slower."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ways import desk_bare
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    return desk_bare.run(work, out, "morning")
