"""Who would change the band, and how much money with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.health.standing import BANDS
from sabai.metrics.grid import Floats
from sabai.preview.pairs import Pair


@dataclass(frozen=True, slots=True)
class Flow:
    """Accounts that go from one band to another, or stay where `before` is `after`. `revenue_minor` is what those of
    them pay a month of whom it is known, in minor units; None where it is known of none."""

    before: str
    after: str
    accounts: int
    revenue_minor: float | None

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Migration:
    """At the day `as_of`: one flow for each of the 16 pairs of BANDS, ordered by band before, then after."""

    as_of: int
    flows: tuple[Flow, ...]

    @property
    def accounts(self) -> int:
        return sum(flow.accounts for flow in self.flows)

    @property
    def moved(self) -> int:
        return sum(flow.accounts for flow in self.flows if flow.moves)

    @property
    def revenue_moved_minor(self) -> float | None:
        """What those pay a month who would change the band; None where it is known of none of them."""
        known = [flow.revenue_minor for flow in self.flows if flow.moves and flow.revenue_minor is not None]
        return sum(known) if known else None


def migration(pair: Pair) -> Migration:
    """Of `pair`, whose rows are of one date. Revenue is what the facts under the later definitions say."""
    before, after = pair.before.band, pair.after.band
    flows = (
        _flow(BANDS[one], BANDS[other], pair.after.revenue[(before == one) & (after == other)])
        for one in range(len(BANDS))
        for other in range(len(BANDS))
    )
    return Migration(int(pair.after.as_of[0]), tuple(flows))


def _flow(before: str, after: str, revenue: Floats) -> Flow:
    known = revenue[~np.isnan(revenue)]
    return Flow(before, after, len(revenue), float(known.sum()) if known.size else None)
