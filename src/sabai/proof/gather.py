"""How the table of the past is filled: scores pass by, run of accounts after run, and only rows that count stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.health.scores import Scores
from sabai.metrics.grid import Days, Floats, Places
from sabai.proof.contracts import Contracts, contracts
from sabai.proof.leaving import Leavings
from sabai.proof.past import Past, together


def gathered(
    scored: Iterable[Scores], asked: Sequence[int], facts: Facts, definitions: Definitions, left: Leavings,
    known_until: int, settle_days: int,
) -> Past:  # fmt: skip
    """One row for each customer at each of the `asked` days. Who had given notice by then is left out, and, where
    churn comes from subscriptions, who had none: it is decided already, or not a customer's decision."""
    as_of = np.array(asked, dtype=np.int32)
    by_contract = definitions.churn.source == "subscriptions" and facts.has("subscriptions")
    gathering = _Gathering(facts, left, as_of, contracts(facts, as_of), by_contract, known_until, settle_days)
    return together(list(gathering.parts(scored)))


@dataclass(frozen=True, slots=True)
class _Gathering:
    facts: Facts
    left: Leavings
    as_of: Days
    contracts: Contracts
    by_contract: bool  # whoever has no subscription is no customer
    known_until: int
    settle_days: int

    def parts(self, scored: Iterable[Scores]) -> Iterator[Past]:
        """Runs of neighbouring accounts, in the order of the accounts."""
        first = 0
        for scores in scored:
            yield self._rows(scores.at(np.searchsorted(scores.grid.as_of, self.as_of)), first)
            first += len(scores.grid.accounts)

    def _rows(self, scores: Scores, first: int) -> Past:
        place, column = np.nonzero(scores.grid.alive)
        account = (place + first).astype(np.int32)
        notice_in, effective_in = self.left.days_until(account, self.as_of[column])
        keep = notice_in >= 0
        if self.by_contract:
            keep &= self.contracts.held[account, column]
        return self._table(scores, account, place, column, notice_in, effective_in).only(keep)

    def _table(
        self, scores: Scores, account: np.ndarray[tuple[int], np.dtype[np.int32]], place: Places, column: Places,
        notice_in: Floats, effective_in: Floats,
    ) -> Past:  # fmt: skip
        cells = (place, column)
        return Past(
            accounts=self.facts.account_ids,
            segments=scores.grid.segments,
            known_until=self.known_until,
            settle_days=self.settle_days,
            account=account,
            as_of=self.as_of[column],
            score=scores.score[cells],
            band=scores.band[cells],
            coverage=scores.coverage[cells],
            young=scores.young[cells],
            deducted=sum((np.nan_to_num(of[cells]) for of in scores.deductions.values()), np.zeros(len(place))),
            segment=scores.grid.segment[cells],
            tenure_days=scores.grid.tenure_days[cells],
            revenue=self.contracts.revenue[account, column],
            renewal_in=self.contracts.renewal_in[account, column],
            notice_in=notice_in,
            effective_in=effective_in,
            points={name: of[cells] for name, of in scores.points.items()},
        )
