"""Who of 100,000 contacts is asked, and who is not and why."""

from __future__ import annotations

from pathlib import Path

from benchmarks.desk_plan import CONTACTS, filled, planned
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    _, took = planned(filled(CONTACTS))
    return Answer(CONTACTS, seconds=took.seconds, note=f"{took.worked:.1f} s of processor; {took.done:,} are asked")
