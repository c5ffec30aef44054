"""The course of one's own customers: of each owner the bands of those who are theirs now."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from sabai.dates import from_day
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.portfolio.models import Ownership
from sabai.desk.scoring.models import Account, OwnCount
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.write import tell
from sabai.health.scores import BANDS
from sabai.request import Run
from tests.desk.scoring.conftest import TODAY


def test_they_are_counted_by_owner(
    workspace: Workspace, scored: tuple[Run, Spoken], aiko: Membership, ben: Membership
) -> None:
    run, days = scored
    tell(workspace, run, days, TODAY)
    told = list(Account.of(workspace).order_by("pk"))
    for member, theirs in ((aiko, told[:9]), (ben, told[9:14])):
        for account in theirs:
            Ownership.everywhere.create(
                workspace=workspace, account=account, user=member.user, from_on=date(2020, 1, 1)
            )
    tell(workspace, run, days, TODAY)

    scores, grid = run.scores, run.scores.grid
    for member, theirs in ((aiko, told[:9]), (ben, told[9:14])):
        rows = [grid.accounts.index(account.account_id) for account in theirs]
        wanted = Counter[tuple[date, str]]()
        for day in (*days.mondays[-27:], days.as_of):
            column = int(np.flatnonzero(grid.as_of == day)[0])
            wanted.update((from_day(day), BANDS[scores.band[row, column]]) for row in rows if grid.alive[row, column])
        found = OwnCount.of(workspace).filter(owner=member.user).values_list("as_of", "band", "accounts")
        assert {(day, band): many for day, band, many in found} == dict(wanted)
        assert wanted


def test_where_nobody_answers_for_anybody_nothing_is_counted(workspace: Workspace, scored: tuple[Run, Spoken]) -> None:
    tell(workspace, *scored, TODAY)
    assert not OwnCount.of(workspace).exists()
