"""What came in in a week, and who pays more, are what invoices and contracts say."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.gains import Gains
from sabai.desk.scoring.telling.known import Known
from sabai.desk.scoring.telling.write import tell
from sabai.health.revenue import monthly_revenue
from sabai.request import Run
from tests.desk.scoring.conftest import TODAY, accounts

Scored = tuple[Run, Spoken]


def test_what_was_settled_in_the_week_before_is_paid(scored: Scored) -> None:
    run, days = scored
    found = dict[int, Gains]()
    for as_of in days.mondays[-20:]:
        found[as_of] = Gains.of(run, Known(run.facts, as_of))
        settled = Counter[str]()
        for row in Known(run.facts, as_of).scan("dues").collect().iter_rows(named=True):
            if row["settled_day"] is not None and as_of - 7 <= row["settled_day"] < as_of and row["base_minor"] > 0:
                settled[row["account_id"]] += row["base_minor"]
        assert {account: minor for account, minor in (found[as_of].paid or {}).items() if minor} == +settled
        assert found[as_of].of_paid("nobody") == 0
    assert sum(len(gains.paid or {}) for gains in found.values()) > 20


def test_whoever_pays_more_a_month_than_a_week_ago_grew(scored: Scored) -> None:
    run, days = scored
    grid, grew = run.scores.grid, 0
    for as_of in days.mondays[1::3]:
        gains = Gains.of(run, Known(run.facts, as_of))
        then, now = (
            monthly_revenue(grid, run.definitions, run.facts, int(np.flatnonzero(grid.as_of == day)[0]))
            for day in (as_of - 7, as_of)
        )
        assert then is not None
        assert now is not None
        for row, (before, after) in enumerate(zip(then, now, strict=True)):
            more = after - before if before > 0 and after > before else 0
            assert (gains.of_expanded(row) or 0) == more
            grew += more > 0
    assert grew > 1


def test_without_a_week_before_nothing_is_known(scored: Scored) -> None:
    run, days = scored
    assert Gains.of(run, Known(run.facts, days.mondays[0])).of_expanded(0) is None


def test_rows_tell_it(workspace: Workspace, scored: Scored) -> None:
    run, days = scored
    tell(workspace, run, days, TODAY)
    gains = Gains.of(run, Known(run.facts, days.as_of))
    for place, (account, row) in enumerate((each, accounts(workspace)[each]) for each in run.scores.grid.accounts):
        assert (row.paid_minor, row.expanded_minor) == (gains.of_paid(account), gains.of_expanded(place))
