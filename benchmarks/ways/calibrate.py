"""Weights learned from every row, refitted on 200 draws for their intervals, and judged on 1,000 draws of every row.

That they are judged on rows that they have seen takes as long and concludes nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.made.past import FACTORS, HORIZON, MadePast, made_past
from benchmarks.work import Answer, Work
from sabai.definitions.model import Factor, Health
from sabai.proof.calibration import calibrate
from sabai.proof.past import Past

SEED = 7


def run(work: Work, out: Path) -> Answer:
    past = _past(made_past(work.accounts), work.accounts)
    factors = tuple(Factor(name, "usage", 1.0, better="higher") for name in past.points)
    calibrate(past, past, "notice", HORIZON, Health(factors, ("usage",)), SEED)
    return Answer(len(past))


def _past(made: MadePast, accounts: int) -> Past:
    """As much of it as learning asks for; in four segments, half of the renewals unknown."""
    rows = len(made.account)
    return Past(
        accounts=tuple(map(str, range(accounts))),
        segments=("a", "b", "c", "d"),
        known_until=int(made.as_of.max()) + HORIZON,
        settle_days=0,
        account=made.account,
        as_of=made.as_of,
        score=100 - made.risks[:, -1],
        band=made.band,
        coverage=np.ones(rows),
        young=np.zeros(rows, dtype=np.bool_),
        deducted=np.zeros(rows),
        segment=made.account % 4,
        tenure_days=made.as_of + 10.0 * (made.account % 100),
        revenue=np.full(rows, np.nan),
        renewal_in=np.where(made.account % 2, np.nan, (made.account * 7.0 - made.as_of) % 365),
        notice_in=made.leaves_in,
        effective_in=made.leaves_in,
        points={f"factor {number}": 100 - made.risks[:, number] for number in range(FACTORS)},
    )
