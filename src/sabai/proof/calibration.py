"""What the past says about the weights: those it supports, and whether they foretell better than those in use."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sabai.definitions.model import Health
from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.draws import Drawn, account_draws, dense
from sabai.proof.enough import Enough, judged
from sabai.proof.past import Label, Past
from sabai.proof.ranking import auc, auc_draws
from sabai.proof.rescored import rescored
from sabai.proof.verdict import Verdict, verdict
from sabai.proof.weights import Learned, learned

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Calibration:
    """`hand_auc` and `learned_auc` are on the same rows, which no weight has seen, as is the paired `gain`.

    `rows` were compared: those with a score under both; `churned` accounts left in them. `unseen`: in a cross-section
    what weights of other folds said of each row of the past (rows,), else None.
    """

    learned: Learned
    hand_auc: Interval
    learned_auc: Interval
    gain: Interval
    rows: int
    churned: int
    enough: Enough
    verdict: Verdict
    unseen: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def sentence(self) -> str:
        return self.verdict.sentence


def calibrate(
    train: Past, test: Past, label: Label, horizon_days: int, health: Health, seed: int, draws: int = DRAWS,
    unseen: Floats | None = None,
) -> Calibration:  # fmt: skip
    """Weights learned from `train`, as whole numbers beside the hand weights of `health` on the mature rows of `test`.

    The caller keeps the two apart: no label of `train` may have been known only after `test` begins (see `split`).
    Where they are the same rows, `unseen` (rows of `test`,) is the risk by weights learned from other folds.
    Raises FactsError PRF-021 or PRF-022 where nobody, or everybody, left in `train`.
    """
    found = learned(train, label, horizon_days, seed)
    mature = test.mature(horizon_days)
    new = rescored(test, found.whole, health) if unseen is None else unseen
    test, risk = test.only(mature), np.stack([100 - test.score, new], axis=1)[mature]
    both = np.flatnonzero(~np.isnan(risk).any(axis=1))
    test, risk = test.only(both), risk[both]
    left = test.leaves(label, horizon_days)
    account, accounts = dense(test.account)
    drawn = auc_draws(left, risk, account, account_draws(accounts, draws, seed))
    hand, better = (Drawn(auc(left, of), on) for of, on in zip(risk.T, drawn, strict=True))
    churned = len(np.unique(account[left]))
    return Calibration(
        learned=found,
        hand_auc=hand.interval,
        learned_auc=better.interval,
        gain=(better - hand).interval,
        rows=len(test),
        churned=churned,
        enough=judged(len(found.weights), found.base_rate, found.churned),
        verdict=verdict(better - hand, churned, better.interval),
        unseen=unseen,
    )
