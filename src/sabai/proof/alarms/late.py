"""LEAK-09. Churn that is written down long after it happened: until then, those who left count as having stayed."""

from __future__ import annotations

import numpy as np

from sabai.proof.alarms.alarm import Alarm, quiet, unchecked
from sabai.proof.replay import Replay

CODE = "LEAK-09"
MOST_DAYS = 14
MOST_BEYOND = 0.01


def recorded_late(replay: Replay) -> Alarm:
    """Fires where 5% took more than two weeks, or 1% longer than the whole horizon."""
    if replay.question.cross_section:
        return unchecked(CODE, "A table without dates does not say when churn was written down.")
    late = replay.left.late_days[~np.isnan(replay.left.late_days)]
    if not late.size:
        return unchecked(CODE, "Nobody says when churn was written down, so it is taken to have been known in time.")
    days, beyond = float(np.quantile(late, 0.95)), float(np.mean(late > replay.horizon_days))
    told = f"95% of it within {max(days, 0):.0f} days after it took effect"
    if days <= MOST_DAYS and beyond < MOST_BEYOND:
        return quiet(CODE, f"Churn was written down in time: {told}.", days)
    return Alarm(
        CODE,
        f"Churn was written down late: {told}, and {beyond:.1%} later than the {replay.horizon_days} days foretold.",
        f"The last {replay.past.settle_days} days are left out of the proof for it. Write churn down when it is known.",
        days,
        fired=True,
    )
