"""Giving customers to somebody from a day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from sabai.desk.audit.actions import write_each
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.models import Ownership
from sabai.desk.scoring.models import Account

ROLE = "csm"
AT_ONCE = 500  # accounts in one statement; databases bound how much one may name


@transaction.atomic
def assign(by: Membership, accounts: Sequence[Account], to: Membership, from_on: date) -> int:
    """From that day on `to` answers for the accounts; for how many that changes anything.

    Whoever answered before does so until that day, and what was planned for later is dropped. Days are half open:
    the new owner begins on the day on which the old one ends.
    """
    return sum(_assign(by, some, to, from_on) for some in _in_turn(accounts))


def _assign(by: Membership, accounts: Sequence[Account], to: Membership, from_on: date) -> int:
    rows = _rows(by, accounts)
    changed = [account for account in accounts if not _stands(rows[account.pk], to, from_on)]
    after = {"owner": str(to.user), "role": ROLE, "from_on": from_on}
    write_each(
        by.workspace, by.user, "assign", "account",
        [(account.account_id, _told(rows[account.pk]), after) for account in changed],
    )  # fmt: skip
    _end([row for account in changed for row in rows[account.pk]], from_on)
    Ownership.everywhere.bulk_create(
        Ownership(workspace=by.workspace, account=account, user=to.user, role=ROLE, from_on=from_on, by=by.user)
        for account in changed
    )
    if from_on <= by.workspace.today():
        _show(changed, to)
    return len(changed)


def _in_turn(accounts: Sequence[Account]) -> Iterator[Sequence[Account]]:
    return (accounts[at : at + AT_ONCE] for at in range(0, len(accounts), AT_ONCE))


def _rows(by: Membership, accounts: Sequence[Account]) -> dict[int, list[Ownership]]:
    """Who answers for each account in this role and when, by the account."""
    rows: dict[int, list[Ownership]] = defaultdict(list)
    theirs = Ownership.of(by.workspace).filter(account__in=[account.pk for account in accounts], role=ROLE)
    for row in theirs.select_related("user").order_by("from_on"):
        rows[row.account_id].append(row)
    return rows


def _stands(rows: Sequence[Ownership], to: Membership, from_on: date) -> bool:
    """Whether it is so already: from that day on it is them alone, without an end."""
    after = [row for row in rows if row.until_on is None or row.until_on > from_on]
    return len(after) == 1 and after[0].user == to.user and after[0].until_on is None and after[0].from_on <= from_on


def _end(rows: Sequence[Ownership], from_on: date) -> None:
    later = [row.pk for row in rows if row.from_on >= from_on]
    running = [row.pk for row in rows if row.from_on < from_on and (row.until_on is None or row.until_on > from_on)]
    Ownership.everywhere.filter(pk__in=later).delete()
    Ownership.everywhere.filter(pk__in=running).update(until_on=from_on)


def _show(accounts: Sequence[Account], to: Membership) -> None:
    """What the lists show at once; the next scoring says the same from the dated rows."""
    Account.everywhere.filter(pk__in=[account.pk for account in accounts]).update(
        owner=to.user, owner_name=str(to.user)
    )


def _told(rows: Sequence[Ownership]) -> dict[str, Any]:
    return {"owners": [[str(row.user), row.from_on, row.until_on] for row in rows]}
