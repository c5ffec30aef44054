"""Overrides and pulses of the desk, in the file in which whoever scores looks for them: beside the definitions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sabai.dates import from_day
from sabai.desk.accounts.models import Opinion
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.store.aside import aside

COLUMNS = ("kind", "account_id", "band", "reason", "who", "from", "until")


def write_opinions(workspace: Workspace) -> None:
    """All that hold at some time, as `health/overrides.py` reads them; a withdrawn one ended on that day."""
    said = Opinion.of(workspace).select_related("workspace", "account", "by").order_by("from_on", "pk")
    with (
        aside(Company.of(workspace).overrides) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as file,
    ):
        written = csv.writer(file)
        written.writerow(COLUMNS)
        written.writerows(_lines(said.iterator()))


def _lines(said: Iterator[Opinion]) -> Iterator[tuple[str, ...]]:
    for each in said:
        withdrawn = each.withdrawn_at and each.workspace.day_of(each.withdrawn_at)
        until = min(each.until_on, withdrawn) if withdrawn else each.until_on
        if each.from_on < until:
            who = str(each.by) if each.by else "–"
            days = (each.from_on.isoformat(), until.isoformat())
            yield each.kind, each.account.account_id, each.band, each.reason, who, *days


def take_over(workspace: Workspace, path: Path, later: timedelta = timedelta()) -> None:
    """Opinions out of such a file, each `later` than it says there; lines that are not understood are left out."""
    from sabai.health.overrides import read_overrides

    accounts = dict(Account.of(workspace).values_list("account_id", "pk"))
    known_as = dict(Membership.of(workspace).exclude(known_as="").values_list("known_as", "user_id"))
    understood, _ = read_overrides(path, frozenset(accounts))
    Opinion.everywhere.bulk_create(
        Opinion(
            workspace=workspace,
            account_id=accounts[each.account_id],
            kind=each.kind,
            band=each.band,
            reason=each.reason,
            by_id=known_as.get(each.who),
            from_on=from_day(each.from_day) + later,
            until_on=from_day(each.until_day) + later,
        )
        for each in understood
    )
