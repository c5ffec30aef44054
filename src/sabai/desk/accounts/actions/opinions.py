"""Overrides and pulses: said with a reason and an end, withdrawn, and fallen off when their time is over."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from sabai.desk.accounts.models import Opinion
from sabai.desk.accounts.queries import holding, overrides_in_force
from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account


@transaction.atomic
def say(member: Membership, account: Account, *, kind: str, band: str, reason: str, until_on: date) -> Opinion:
    """From today until the day before `until_on`; takes the place of the one of its kind that held so far.

    An override is the account's band at once. ValueError where it would end before it begins.
    """
    today = member.workspace.today()
    if until_on <= today:
        raise ValueError("an opinion ends after it begins")
    for former in Opinion.of(member.workspace).filter(holding(today), account=account, kind=kind):
        _end(member, former)
    opinion = Opinion.everywhere.create(
        workspace=member.workspace, account=account, kind=kind, band=band, reason=reason, by=member.user,
        from_on=today, until_on=until_on,
    )  # fmt: skip
    write(member.workspace, member.user, "create", kind, opinion.pk, None, _told(opinion))
    settle(account, today, by=member.user)
    return opinion


@transaction.atomic
def withdraw(member: Membership, opinion: Opinion) -> None:
    """Ends it now; the account's band is that of its score again."""
    if opinion.withdrawn_at is None:
        _end(member, opinion)
        settle(opinion.account, member.workspace.today(), by=member.user)


@transaction.atomic
def settle(account: Account, today: date, *, by: User | None = None) -> None:
    """Makes the band that is shown the one that holds today: an override's, or else that of the score.

    An override speaks of customers only.
    """
    held = Account.of(account.workspace).select_for_update().get(pk=account.pk)
    override = overrides_in_force(account.workspace, today).filter(account=held).last() if held.here else None
    band = override.band if override else held.own_band
    account.band = band
    if band == held.band:
        return
    Account.of(account.workspace).filter(pk=held.pk).update(band=band)
    write(account.workspace, by, "change", "account", held.account_id, {"band": held.band}, {"band": band})


def settle_all(workspace: Workspace, today: date) -> None:
    """What a new day ends or leaves: every account that shows another band than its own, or should."""
    overridden = overrides_in_force(workspace, today).values("account")
    for account in Account.of(workspace).filter(~Q(band=F("own_band")) | Q(pk__in=overridden)).iterator():
        settle(account, today)


def _end(member: Membership, opinion: Opinion) -> None:
    opinion.withdrawn_at = timezone.now()
    opinion.save(update_fields=["withdrawn_at"])
    write(member.workspace, member.user, "withdraw", opinion.kind, opinion.pk, _told(opinion), None)


def _told(opinion: Opinion) -> dict[str, object]:
    return {
        "account": opinion.account.account_id,
        "band": opinion.band,
        "reason": opinion.reason,
        "from_on": opinion.from_on,
        "until_on": opinion.until_on,
    }
