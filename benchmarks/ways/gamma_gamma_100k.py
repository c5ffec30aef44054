"""Gamma-Gamma fitted to the mean amounts of those who came back."""

from __future__ import annotations

from pathlib import Path

from benchmarks.made.buyers import made_buyers
from benchmarks.work import Answer, Work
from sabai.value import gammagamma


def run(work: Work, out: Path) -> Answer:
    fitted = gammagamma.fit(made_buyers(work.accounts).amounts)
    if fitted.problem:
        raise ArithmeticError(fitted.problem)
    return Answer(work.accounts)
