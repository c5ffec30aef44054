"""Writes what a run tells into the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from sabai.dates import from_day
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Count, OwnCount, Told
from sabai.desk.scoring.searchable import searchable
from sabai.desk.scoring.telling.contacts import write_contacts
from sabai.desk.scoring.telling.counts import Counted, Own, counts, own_counts
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.known import Known
from sabai.desk.scoring.telling.parts import parts
from sabai.desk.scoring.telling.rows import Row, rows
from sabai.health.overrides import shown_bands
from sabai.request import Run

AT_ONCE = 250
TOLD_AT_ONCE = 20_000  # accounts whose stories are held before they are written: about 100 MB
FIELDS = (
    "name", "found_by", "segment", "country", "industry", "product", "stage", "started_on", "here", "as_of", "band",
    "own_band", "score", "coverage", "change_week", "change_quarter", "fell_by", "young", "live_score", "live_at",
    "owner", "owner_name", "revenue_minor", "renews_on", "overdue_minor", "paid_minor", "expanded_minor",
    "last_touch_on", "last_seen_on",
)  # fmt: skip
"""All that a scoring says anew; live scores go, since what they foretold is scored now."""


def tell(workspace: Workspace, run: Run, days: Spoken, today: int) -> None:
    """Everything that the desk shows of a run; overrides that hold on the day `today` are shown.

    Told first and written then, so that others who write wait a moment only.
    """
    shown = replace(run.scores, band=shown_bands(run.scores, run.overrides))
    counted = list(counts(shown, run.facts, run.definitions, days.trend(run.scores.grid.as_of)))
    parents: dict[str, str] = {}
    owners: dict[str, int] = {}
    for part in parts(rows(workspace, run, days, today), TOLD_AT_ONCE):
        parents |= {row.account.account_id: row.parent_id for row in part}
        owners |= {row.account.account_id: row.account.owner_id for row in part if row.account.owner_id}
        with transaction.atomic():
            for few in parts(part, AT_ONCE):
                _write(workspace, few)
    with transaction.atomic():
        _write_parents(workspace, parents)
        _forget_others(workspace, parents)
        write_contacts(workspace, Known(run.facts, days.as_of))
        Count.of(workspace).delete()
        Count.everywhere.bulk_create([_count(workspace, each) for each in counted], batch_size=AT_ONCE)
        _write_own_counts(workspace, own_counts(shown, owners, days.half_year(run.scores.grid.as_of)))


def _write(workspace: Workspace, told: Sequence[Row]) -> None:
    Account.everywhere.bulk_create(
        [row.account for row in told],
        update_conflicts=True, update_fields=FIELDS, unique_fields=("workspace", "account_id"),
    )  # fmt: skip
    ids = [row.account.account_id for row in told]
    keys = dict(Account.of(workspace).filter(account_id__in=ids).values_list("account_id", "pk"))
    Told.objects.bulk_create(
        [Told(account_id=keys[row.account.account_id], packed=row.story) for row in told],
        update_conflicts=True, update_fields=("packed",), unique_fields=("account",),
    )  # fmt: skip


def _write_own_counts(workspace: Workspace, counted: Iterable[Own]) -> None:
    OwnCount.of(workspace).delete()
    told = (
        OwnCount(
            workspace=workspace, owner_id=each.owner, as_of=from_day(each.day), band=each.band, accounts=each.accounts
        )
        for each in counted
    )
    OwnCount.everywhere.bulk_create(told, batch_size=AT_ONCE)


def _write_parents(workspace: Workspace, parents: dict[str, str]) -> None:
    """Once everybody is there; only those whose parent is another one now."""
    stood = Account.of(workspace).values_list("account_id", "pk", "parent_id")
    keys = {account: key for account, key, _ in stood}
    moved = [
        Account(pk=key, parent_id=keys.get(parents[account]))
        for account, key, parent in stood
        if account in parents and parent != keys.get(parents[account])
    ]
    Account.everywhere.bulk_update(moved, ["parent"], batch_size=AT_ONCE)


def _forget_others(workspace: Workspace, accounts: Collection[str]) -> None:
    """Whoever is no longer in the facts is told no more: nothing but the id stays, which tasks and notes point at."""
    stood = Account.of(workspace).exclude(as_of=None).values_list("account_id", "pk")
    gone = [key for account, key in stood if account not in accounts]
    for keys in parts(gone, AT_ONCE):
        forgotten = [_blank(account) for account in Account.of(workspace).filter(pk__in=keys)]
        Account.everywhere.bulk_update(forgotten, [*FIELDS, "parent"])
        Told.objects.filter(account__in=keys).delete()


def _blank(account: Account) -> Account:
    name = account.account_id
    blank = Account(workspace=account.workspace, account_id=name, name=name, found_by=searchable(name), here=False)
    blank.pk = account.pk
    return blank


def _count(workspace: Workspace, each: Counted) -> Count:
    return Count(
        workspace=workspace, as_of=from_day(each.day), band=each.band, accounts=each.accounts,
        revenue_minor=each.revenue_minor,
    )  # fmt: skip
