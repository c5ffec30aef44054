"""The chance that a renewal is lost: propensity (the score) × opportunity (a renewal that is due).

    logit P(lost) = b + g₁·due + g₂·rolling + g₃·due·wait + g₄·unknown + w·x,   w ≥ 0

x is the risk around its mean, over 50; wait is how much of the horizon is still to come before the day. The level g₁
of renewals is learned from renewals, the weight w of the score from everybody who left: there are more of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.proof.draws import dense
from sabai.proof.fitting import fitted
from sabai.proof.terms import Terms
from sabai.renewals.seen import DUE, ROLLING, Seen

RIDGE = 1.0  # one column of the score needs little holding back
COLUMNS = 5  # beside the intercept

Kinds = NDArray[np.int8]

_HALF_THE_SCALE = 50
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Model:
    """`beta` as above; `usual` is the mean risk that x is measured from."""

    horizon_days: int
    beta: Floats
    usual: float

    @property
    def tells(self) -> bool:
        """Whether those with a worse score leave more often."""
        return bool(self.beta[-1] > _NOTHING)

    def lost(self, kind: Kinds, wait: Floats, risk: Floats) -> Floats:
        """The chance that each is lost; all of shape (rows,), an unknown risk is NaN."""
        logit = _columns(kind, wait, risk, self.usual, self.horizon_days) @ self.beta
        return np.asarray(1 / (1 + np.exp(-np.clip(logit, -700, 700))))


def fit(past: Seen) -> Model:
    """By the ridge regression that proof learns weights with; the score's weight is never negative."""
    known = past.risk[~np.isnan(past.risk)]
    usual = float(known.mean()) if len(known) else 50.0
    columns = _columns(past.kind, past.wait, past.risk, usual, past.horizon_days)
    account, accounts = dense(past.account)
    return Model(past.horizon_days, fitted(Terms(past.lost, account, accounts, columns, ("risk",)), RIDGE), usual)


def _columns(kind: Kinds, wait: Floats, risk: Floats, usual: float, horizon_days: int) -> Floats:
    due, unknown = kind == DUE, np.isnan(risk)
    to_come = np.where(due, np.nan_to_num(wait) / horizon_days - 0.5, 0.0)
    x = np.where(unknown, 0.0, (np.nan_to_num(risk) - usual) / _HALF_THE_SCALE)
    return np.column_stack([np.ones(len(kind)), due, kind == ROLLING, to_come, unknown, x])
