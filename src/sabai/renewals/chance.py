"""How sure each renewal is: by a model that the past supports, or else by the plain rate of past renewals.

Where too few left to learn from, the plain rate is the honest answer, and is said to be that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.enough import judged
from sabai.proof.forecast import Forecast
from sabai.renewals.checked import calibrated
from sabai.renewals.model import COLUMNS, Model, fit
from sabai.renewals.seen import DUE, Seen

ENOUGH = 30  # accounts that left, to learn a model from; the size that proof asks for too
FEW = 10  # renewals kept, to learn their level from; and notices, to learn how often one is taken back
LOST = 5  # renewals lost, to learn their level from: one number, and everybody who left teaches what the score says

How = Literal["score", "rate", "notice", "unknown"]

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Chances:
    """How sure a renewal is, and how that is known. `model` is None where only the plain `rate` can be told.

    `renewals` of the past were counted once each; `leavers` accounts left in all rows that a model could learn from.
    `judged`: the forecasts of later renewals by what was learned from earlier ones, None where there are too few.
    """

    model: Model | None
    rate: Interval
    renewals: int
    leavers: int
    judged: Forecast | None
    notice: float  # the chance that a notice is taken back
    sentence: str

    def renews(self, wait: Floats, risk: Floats) -> Floats:
        """The chance of each renewal that is due in `wait` days (rows,); NaN where nothing is known at all."""
        if self.model is None:
            return np.full(len(wait), self.rate.value)
        lost = self.model.lost(np.full(len(wait), DUE, dtype=np.int8), wait, risk)
        return np.round(1 - lost, _DIGITS)  # so that the order in which rows were added up does not show

    @property
    def how(self) -> How:
        return "score" if self.model else "unknown" if np.isnan(self.rate.value) else "rate"


def learned(past: Seen, notices: tuple[int, int], seed: int) -> Chances:
    """The model that the past supports, or the plain rate. `notices`: taken back, given."""
    counted = sum(len(each) for each in past.apart())
    model = fit(past) if (why := too_little(past)) is None else None
    return Chances(
        model=model, rate=past.rate(), renewals=counted, leavers=past.leavers(),
        judged=calibrated(past, seed) if model else None,
        notice=notices[0] / notices[1] if notices[1] >= FEW else 0.0,
        sentence=_sentence(past, counted, why) if model is None else _learned_sentence(past, model),
    )  # fmt: skip


def too_little(past: Seen) -> str | None:
    """Why there is too little to learn from; None where there is enough."""
    due, leavers = past.renewals, past.leavers()
    lost, kept = (len(np.unique(due.account[side])) for side in (due.lost, ~due.lost))
    if not len(due):
        return "no renewal of the past has come up yet"
    if leavers < ENOUGH:
        return f"{leavers:,} accounts left in the past, and a model needs {ENOUGH}"
    if lost < LOST or kept < FEW:
        return f"{lost:,} accounts did not renew and {kept:,} did, and a model needs {LOST} and {FEW}"
    if np.isnan(past.risk).all():
        return "no score of the past is known"
    return None


def _sentence(past: Seen, counted: int, why: str | None) -> str:
    rate = past.rate()
    if np.isnan(rate.value):
        return f"Nothing can be said of the chance to renew: {why}."
    return (
        f"By the plain rate of the past, the same for everybody: {rate.value:.1%} of {counted:,} renewals came "
        f"({rate.low:.1%} – {rate.high:.1%}); {why}."
    )


def _learned_sentence(past: Seen, model: Model) -> str:
    leavers, lost = past.leavers(), past.renewals.leavers()
    by = (
        "score and time to the renewal" if model.tells else "time to the renewal alone, as the score tells nothing here"
    )
    asks = judged(COLUMNS, float(past.lost.mean()), leavers)
    steady = "" if asks.there_is else f"; steady would be {asks.needed_churned:,}"
    few = f" Only {lost:,} renewals were lost: how sure they are on the whole may be off." if lost < FEW else ""
    return f"By {by}, learned from {leavers:,} accounts that left, {lost:,} of them at a renewal{steady}.{few}"
