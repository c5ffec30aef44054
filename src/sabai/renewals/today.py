"""How customers stand on the day itself, and so how sure each of their renewals is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sabai.health.scores import BANDS
from sabai.metrics.grid import Floats
from sabai.proof.past import Past
from sabai.renewals.calls import Call
from sabai.renewals.chance import Chances, How
from sabai.renewals.due import Due
from sabai.renewals.reasons import Reason
from sabai.renewals.renewal import Renewal


@dataclass(frozen=True, slots=True)
class Today:
    """`now` has the rows of the day, and `risk` (rows,) their risk; `why`: account → what costs its score most.

    `naive` is the rate of a year ago; `calls`: account_id → what its owner says.
    """

    now: Past
    risk: Floats
    why: dict[int, tuple[Reason, ...]]
    chances: Chances
    naive: float | None
    calls: dict[str, Call]

    def each(self, coming: Sequence[Due]) -> tuple[Renewal, ...]:
        risk_of = dict(zip(self.now.account.tolist(), self.risk.tolist(), strict=True))
        wait = np.array([due.days_left for due in coming], dtype=np.float64)
        risk = np.array([risk_of.get(due.account, np.nan) for due in coming])
        healthy = np.full(len(coming), self._healthy_risk())
        p, better = self.chances.renews(wait, risk), self.chances.renews(wait, np.fmin(risk, healthy))
        return tuple(
            self._one(due, *each) for due, each in zip(coming, zip(p, better, risk, strict=True), strict=True)
        )  # fmt: skip

    def _one(self, due: Due, p: float, better: float, risk: float) -> Renewal:
        how: How = "notice" if due.notice else self.chances.how
        chance = self.chances.notice if due.notice else None if np.isnan(p) else float(p)
        return Renewal(
            due, chance, how,
            naive=0.0 if due.notice else self.naive,
            score=None if np.isnan(risk) else 100 - risk,
            if_healthy=float(better) if how == "score" and not np.isnan(risk) else None,
            reasons=self.why.get(due.account, ()),
            call=self.calls.get(due.account_id),
        )  # fmt: skip

    def _healthy_risk(self) -> float:
        """The risk of the middle one of the customers who are healthy; NaN where nobody is."""
        healthy = self.risk[(self.now.band == BANDS.index("healthy")) & ~np.isnan(self.risk)]
        return float(np.median(healthy)) if len(healthy) else np.nan
