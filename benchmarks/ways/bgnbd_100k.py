"""BG/NBD fitted to what is known of each customer."""

from __future__ import annotations

from pathlib import Path

from benchmarks.made.buyers import made_buyers
from benchmarks.work import Answer, Work
from sabai.value import bgnbd


def run(work: Work, out: Path) -> Answer:
    fitted = bgnbd.fit(made_buyers(work.accounts).customers)
    if fitted.problem:
        raise ArithmeticError(fitted.problem)
    return Answer(work.accounts)
