"""Were chances of renewal right? Learned before a date, judged on the renewals after it."""

from __future__ import annotations

import numpy as np

from sabai.proof.forecast import Forecast, forecast
from sabai.proof.judged import Rows
from sabai.renewals.model import fit
from sabai.renewals.seen import LATE_DAYS, Flags, Seen

FEW = 10  # accounts that left on either side, to judge
DRAWS = 500


def calibrated(past: Seen, seed: int) -> Forecast | None:
    """Learned before a date, judged on the renewals after it; None where a side would have fewer than FEW leavers."""
    sides = [(past.only(before), past.only(after).renewals) for before, after in _splits(past)]
    fewest = [min(before.leavers(), after.leavers(), before.renewals.leavers()) for before, after in sides]
    if not fewest or max(fewest) < FEW:
        return None
    before, after = sides[int(np.argmax(fewest))]
    lost = fit(before).lost(after.kind, after.wait, after.risk)
    return forecast(Rows.of(after.lost, after.account, DRAWS, seed), lost, seed)


def _splits(past: Seen) -> list[tuple[Flags, Flags]]:
    """No outcome of the earlier side lies in the window of the later one."""
    known = past.as_of + past.horizon_days + LATE_DAYS
    return [(known <= day, past.as_of >= day) for day in np.unique(past.as_of)[1:].tolist()]
