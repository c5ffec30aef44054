"""Writing down what happened, so that surveys may ask about it; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Happening, Stood
from sabai.desk.surveys.occasions import renewal

if TYPE_CHECKING:
    from sabai.desk.scoring.tickets import Solved

AT_ONCE = 500


@transaction.atomic
def notice_moves(workspace: Workspace, today: date) -> None:
    """Customers whose stage, renewal or being here is not what it was; who is seen for the first time has not moved."""
    stood = Stood.objects.filter(account__workspace=workspace, account__as_of__isnull=False)
    moved = list(stood.filter(_is_other()).select_related("account"))
    passed = Account.of(workspace).filter(here=True, renews_on=today)
    _keep(
        [happening for each in moved for happening in _moves(workspace, each, today)]
        + [_renewed(workspace, account, account.renews_on, today) for account in passed if account.renews_on]
    )
    for each in moved:
        each.stage, each.here, each.renews_on = each.account.stage, each.account.here, each.account.renews_on
    Stood.objects.bulk_update(moved, ["stage", "here", "renews_on"], batch_size=AT_ONCE)
    Stood.objects.bulk_create(_first_seen(Account.of(workspace)), ignore_conflicts=True, batch_size=AT_ONCE)


@transaction.atomic
def notice_solved(workspace: Workspace, solved: Sequence[Solved], today: date) -> None:
    """Tickets whose customer is known; those whose writer is not known are kept too, and ask nobody."""
    accounts = _keys(Account.of(workspace).filter(account_id__in={each.account_id for each in solved}))
    named = Contact.of(workspace).filter(contact_id__in={each.contact_id for each in solved if each.contact_id})
    contacts = {(account, known): key for account, known, key in named.values_list("account_id", "contact_id", "pk")}
    _keep(
        Happening(
            workspace=workspace, kind="ticket", key=f"ticket:{each.ticket_id}"[:200], on=each.on, noticed_on=today,
            account_id=accounts[each.account_id],
            contact_id=contacts.get((accounts[each.account_id], each.contact_id)),
        )
        for each in solved
        if each.account_id in accounts
    )  # fmt: skip


@transaction.atomic
def release(member: Membership, name: str) -> bool:
    """Somebody says that this is out now; False where it was said before."""
    workspace, today = member.workspace, member.workspace.today()
    told = Happening(workspace=workspace, kind="release", key=f"release:{name}", on=today, noticed_on=today)
    told.by = member.user
    if Happening.of(workspace).filter(key=told.key).exists():
        return False
    told.save()
    write(workspace, member.user, "create", "release", told.pk, None, {"name": name})
    return True


def _is_other() -> Q:
    """Whether a customer stands otherwise than it stood."""
    same = Q(stage=F("account__stage"), here=F("account__here"))
    both, neither = Q(renews_on=F("account__renews_on")), Q(renews_on=None, account__renews_on=None)
    return ~same | ~(both | neither)


def _moves(workspace: Workspace, stood: Stood, today: date) -> Iterator[Happening]:
    account = stood.account
    about = {"workspace": workspace, "account": account, "on": today, "noticed_on": today}
    if stood.here and not account.here:
        yield Happening(kind="churn", key=f"churn:{account.pk}:{today.isoformat()}", **about)
    if stood.stage and account.stage not in ("", stood.stage):
        yield Happening(kind="onboarding", key=f"stage:{account.pk}:{account.stage}"[:200], **about)
    if account.here and stood.renews_on and account.renews_on and stood.renews_on < min(account.renews_on, today):
        yield _renewed(workspace, account, stood.renews_on, today)


def _renewed(workspace: Workspace, account: Account, on: date, today: date) -> Happening:
    key = renewal(account.pk, on)
    return Happening(workspace=workspace, kind="renewal", key=key, account=account, on=on, noticed_on=today)


def _first_seen(accounts: QuerySet[Account]) -> Iterator[Stood]:
    new = accounts.filter(stood=None, as_of__isnull=False).values_list("pk", "stage", "here", "renews_on")
    for key, stage, here, renews_on in new:
        yield Stood(account_id=key, stage=stage, here=here, renews_on=renews_on)


def _keep(happenings: Iterable[Happening]) -> None:
    Happening.everywhere.bulk_create(happenings, ignore_conflicts=True, batch_size=AT_ONCE)


def _keys(accounts: QuerySet[Account]) -> dict[str, int]:
    return dict(accounts.values_list("account_id", "pk"))
