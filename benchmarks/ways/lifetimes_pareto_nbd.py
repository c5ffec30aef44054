"""The same by lifetimes, where it is installed: fitted to a twentieth of the customers and scaled, since it is slow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lifetimes import ParetoNBDFitter

from benchmarks.made.buyers import made_buyers
from benchmarks.peer_lifetimes import beside
from benchmarks.work import Answer, Work
from sabai.value import paretonbd

PART = 20


def run(work: Work, out: Path) -> Answer:
    seen = made_buyers(work.accounts // PART).customers
    answer = beside(
        lambda: ParetoNBDFitter().fit(seen.repeats, seen.last, seen.age), lambda: paretonbd.fit(seen), work.accounts
    )
    assert answer.seconds is not None
    return replace(answer, seconds=answer.seconds * PART, note=f"{answer.note}; a twentieth of the customers, scaled")
