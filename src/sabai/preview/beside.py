"""Would the score foretell better? Both scores judged on the same rows, which neither learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.intervals import Interval
from sabai.preview.pairs import Pair
from sabai.proof.judged import Rows
from sabai.proof.past import Label


@dataclass(frozen=True, slots=True)
class Beside:
    """On `rows` whose score both definitions know, in which `churned` accounts left. `gain` is after − before, paired,
    by drawing whole accounts. NaN where nobody left or nobody stayed."""

    rows: int
    churned: int
    before: Interval
    after: Interval
    gain: Interval

    @property
    def sentence(self) -> str:
        if np.isnan(self.gain.value):
            return f"Nothing can be said of the proof: {self.churned} accounts left in {self.rows:,} rows."
        span = f"AUC {self.gain.value:+.3f}, 95% interval {self.gain.low:+.3f} to {self.gain.high:+.3f}"
        if self.gain.low > 0:
            return f"The change foretells better who leaves ({span})."
        if self.gain.high < 0:
            return f"The change foretells worse who leaves ({span})."
        return f"Nothing shows that the change foretells better or worse who leaves ({span})."


def beside(pair: Pair, label: Label, horizon_days: int, draws: int, seed: int) -> Beside:
    """`pair` has test rows of both. Who left is what the later definitions say."""
    risks = np.column_stack([100 - pair.before.score, 100 - pair.after.score])
    known = ~(np.isnan(risks[:, 0]) | np.isnan(risks[:, 1]))
    past = pair.after.only(known)
    rows = Rows.of(past.leaves(label, horizon_days), past.account, draws, seed)
    before, after = rows.aucs(risks[known])
    gain = (after - before).interval
    return Beside(len(rows), rows.churned, before.interval, after.interval, gain)
