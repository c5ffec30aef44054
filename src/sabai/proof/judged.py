"""Rows and the risk that was stated for them, judged by what became of them: every measure with its interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, Drawn, Flags, account_draws, dense
from sabai.proof.ranking import auc, auc_draws, average_precision, average_precision_draws, capture, capture_draws


@dataclass(frozen=True)
class Rows:
    """Rows of the past (rows,) that left or not (`y`), their account numbered from 0, and how often each was drawn.

    One set of draws serves everything that is measured on them, so that differences are paired.
    """

    y: Flags
    account: Accounts
    counts: Counts

    @classmethod
    def of(cls, y: Flags, account: Accounts, draws: int, seed: int) -> Rows:
        numbered, accounts = dense(account)
        return cls(y, numbered, account_draws(accounts, draws, seed))

    def only(self, rows: Flags) -> Rows:
        """Some of the rows, with the same draws of the same accounts."""
        return replace(self, y=self.y[rows], account=self.account[rows])

    def __len__(self) -> int:
        return len(self.y)

    @cached_property
    def accounts(self) -> int:
        return len(np.unique(self.account))

    @cached_property
    def churned(self) -> int:
        """Accounts that left in the window of any row."""
        return len(np.unique(self.account[self.y]))

    @property
    def base_rate(self) -> float:
        return float(self.y.mean()) if len(self) else float("nan")

    def auc(self, risk: Floats, weight: Floats | None = None) -> Drawn:
        return self.aucs(risk[:, None], weight)[0]

    def aucs(self, risks: Floats, weight: Floats | None = None) -> list[Drawn]:
        """One for each column of `risks` (rows, columns), which are compared on the same draws."""
        drawn = auc_draws(self.y, risks, self.account, self.counts, weight)
        return [Drawn(auc(self.y, risk, weight), of) for risk, of in zip(risks.T, drawn, strict=True)]

    def average_precision(self, risk: Floats, weight: Floats | None = None) -> Interval:
        drawn = average_precision_draws(self.y, risk[:, None], self.account, self.counts, weight)
        return Drawn(average_precision(self.y, risk, weight), drawn[0]).interval

    def capture(self, risk: Floats, worst: float, weight: Floats | None = None) -> Interval:
        """The share of all who left that was among the `worst` share of rows; both of their `weight`, where given."""
        drawn = capture_draws(self.y, risk[:, None], self.account, self.counts, worst, weight)
        return Drawn(capture(self.y, risk, worst, weight), drawn[0]).interval

    def lift(self, risk: Floats, worst: float, weight: Floats | None = None) -> Interval:
        """How many times as often as all the worst rows left."""
        share = self.capture(risk, worst, weight)
        return Interval(share.value / worst, share.low / worst, share.high / worst)
