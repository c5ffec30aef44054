"""An account of a run as its row of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sabai.dates import from_day
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.searchable import searchable
from sabai.desk.scoring.story import Move, packed
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.gains import Gains
from sabai.desk.scoring.telling.known import Known
from sabai.desk.scoring.telling.owners import Owners, touched
from sabai.desk.scoring.telling.stories import Around, Teller, Told
from sabai.desk.scoring.telling.who import Who, segment_of, who
from sabai.health.overrides import Override, all_in_force
from sabai.health.revenue import monthly_revenue
from sabai.metrics.grid import Floats
from sabai.request import Run


@dataclass(frozen=True, slots=True)
class Row:
    """`parent_id` is that of the company's tools; `story` is packed."""

    account: Account
    parent_id: str
    story: bytes


@dataclass(frozen=True, slots=True)
class Rows:
    """All that rows are made of; `column` is that of the as-of day."""

    workspace: Workspace
    run: Run
    days: Spoken
    column: int
    who: Mapping[str, Who]
    overrides: Mapping[str, Override]
    revenue: Floats | None
    owners: Owners
    touched: Mapping[str, int]
    seen: Mapping[str, int]
    gains: Gains

    @classmethod
    def of(cls, workspace: Workspace, run: Run, days: Spoken, known: Known, today: int) -> Rows:
        """Overrides that hold on the day `today` are shown."""
        scores = run.scores
        column = int(np.flatnonzero(scores.grid.as_of == days.as_of)[0])
        return cls(
            workspace, run, days, column, who(known, scores, column, run.definitions),
            all_in_force(run.overrides, today), monthly_revenue(scores.grid, run.definitions, run.facts, column),
            Owners.of(workspace), touched(workspace, known), known.latest("events", "occurred_day"),
            Gains.of(run, known),
        )  # fmt: skip

    def row(self, row: int, told: Told) -> Row:
        """`row` is that of the account in the run's scores."""
        return Row(self._account(row, told), self.who[told.why.account_id].parent_id, packed(told.story))

    def _account(self, row: int, told: Told) -> Account:
        why, named = told.why, self.who[told.why.account_id]
        scores, here = self.run.scores, bool(self.run.scores.grid.alive[row, self.column])
        override = self.overrides.get(why.account_id) if here else None
        return Account(
            workspace=self.workspace,
            account_id=why.account_id,
            name=named.name[:300],
            found_by=searchable(named.name[:300], why.account_id),
            segment=segment_of(scores, row, self.column)[:200],
            country=named.country[:200],
            industry=named.industry[:200],
            product=told.paying.product[:200],
            stage=named.stage,
            started_on=named.started_on,
            here=here,
            as_of=from_day(self.days.as_of),
            band=override.band if override else why.band,
            own_band=why.band,
            score=why.score,
            coverage=why.coverage,
            change_week=_points(told.story.week),
            change_quarter=_points(told.story.quarter),
            fell_by=told.fell_by,
            young=why.young,
            owner_id=self.owners.user(why.account_id, named.owner),
            owner_name=named.owner[:200],
            revenue_minor=self._revenue(row),
            renews_on=_date(told.paying.renews_on),
            overdue_minor=told.owing.overdue_minor if self.run.facts.has("invoices") else None,
            paid_minor=self.gains.of_paid(why.account_id),
            expanded_minor=self.gains.of_expanded(row),
            last_touch_on=_date(self.touched.get(why.account_id)),
            last_seen_on=_date(self.seen.get(why.account_id)),
        )

    def _revenue(self, row: int) -> int | None:
        if self.revenue is None or np.isnan(self.revenue[row]):
            return None
        return int(self.revenue[row])


def rows(workspace: Workspace, run: Run, days: Spoken, today: int) -> Iterator[Row]:
    """One for every account of the run, in its order."""
    known = Known(run.facts, days.as_of)
    shared, teller = Rows.of(workspace, run, days, known, today), Teller(run, days, Around.of(run, known))
    for row in range(len(run.scores.grid.accounts)):
        yield shared.row(row, teller.told(row))


def _points(move: Move | None) -> float | None:
    return move.points if move else None


def _date(day: int | None) -> date | None:
    return None if day is None else from_day(day)
