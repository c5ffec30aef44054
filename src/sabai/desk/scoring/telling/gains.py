"""What went well with money in the last week: what came in, and who pays more than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.desk.scoring.telling.counts import revenues
from sabai.desk.scoring.telling.days import WEEK
from sabai.desk.scoring.telling.known import Known
from sabai.metrics.grid import Floats
from sabai.request import Run


@dataclass(frozen=True, slots=True)
class Gains:
    """Minor units. `paid` by account, None where nobody's invoices are known; `expanded` in the order of the run."""

    paid: Mapping[str, int] | None
    expanded: Floats | None

    @classmethod
    def of(cls, run: Run, known: Known) -> Gains:
        return cls(_paid(known) if known.facts.has("invoices") else None, _expanded(run, known.as_of))

    def of_paid(self, account: str) -> int | None:
        """What was settled of its invoices in the week before the as-of day."""
        return None if self.paid is None else self.paid.get(account, 0)

    def of_expanded(self, row: int) -> int | None:
        """By how much more it pays a month than a week ago; 0 for whoever pays less, or did not pay then."""
        if self.expanded is None or np.isnan(self.expanded[row]):
            return None
        return int(self.expanded[row])


def _paid(known: Known) -> Mapping[str, int]:
    settled = pl.col("settled_day").is_between(known.as_of - WEEK, known.as_of, closed="left")
    rows = known.rows("dues", "account_id", "settled_day", "base_minor").filter(settled, pl.col("base_minor") > 0)
    return dict(rows.group_by("account_id").agg(pl.col("base_minor").sum()).drop_nulls().iter_rows())


def _expanded(run: Run, as_of: int) -> Floats | None:
    """None where it is not known what anybody paid on one of the two days."""
    grid = run.scores.grid
    columns = np.flatnonzero(np.isin(grid.as_of, [as_of - WEEK, as_of]))
    revenue = revenues(grid, run.facts, run.definitions, columns) if len(columns) == 2 else None
    if revenue is None:
        return None
    before, now = revenue.T
    more = np.where((before > 0) & (now > before), now - before, 0.0)
    return np.asarray(np.where(np.isnan(before) & np.isnan(now), np.nan, more))
