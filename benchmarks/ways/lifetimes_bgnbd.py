"""The same by lifetimes, where it is installed."""

from __future__ import annotations

from pathlib import Path

from lifetimes import BetaGeoFitter

from benchmarks.made.buyers import made_buyers
from benchmarks.peer_lifetimes import beside
from benchmarks.work import Answer, Work
from sabai.value import bgnbd


def run(work: Work, out: Path) -> Answer:
    seen = made_buyers(work.accounts).customers
    return beside(
        lambda: BetaGeoFitter().fit(seen.repeats, seen.last, seen.age), lambda: bgnbd.fit(seen), work.accounts
    )
