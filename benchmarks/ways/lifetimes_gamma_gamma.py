"""The same by lifetimes, where it is installed."""

from __future__ import annotations

from pathlib import Path

from lifetimes import GammaGammaFitter

from benchmarks.made.buyers import back, made_buyers
from benchmarks.peer_lifetimes import beside
from benchmarks.work import Answer, Work
from sabai.value import gammagamma


def run(work: Work, out: Path) -> Answer:
    seen = back(made_buyers(work.accounts).amounts)
    return beside(lambda: GammaGammaFitter().fit(seen.paid, seen.mean), lambda: gammagamma.fit(seen), work.accounts)
