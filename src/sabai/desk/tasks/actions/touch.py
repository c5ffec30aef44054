"""Writing down a contact that happened."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.scoring.jobs import land_touchpoints
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.mention import mention
from sabai.desk.tasks.models import CHANNELS, Touchpoint


@transaction.atomic
def log(
    member: Membership, account: Account, *, channel: str, direction: str, occurred_at: datetime, note: str = "",
    contact_id: str = "",
) -> Touchpoint:  # fmt: skip
    """The touchpoint, which a job lands into the store; ValueError where it cannot have happened so."""
    workspace = member.workspace
    if account.workspace_id != workspace.pk:
        raise ValueError("a touchpoint and its account are of one workspace")
    if channel not in CHANNELS or direction not in ("in", "out"):
        raise ValueError(f"no touchpoint goes {direction!r} by {channel!r}")
    if occurred_at > timezone.now():
        raise ValueError("a contact that happened does not lie ahead")
    touchpoint = Touchpoint.everywhere.create(
        workspace=workspace, account=account, user=member.user, contact_id=contact_id, channel=channel,
        direction=direction, occurred_at=occurred_at, note=note,
    )  # fmt: skip
    _bring_forward(account, workspace.day_of(occurred_at))
    told = {"account": account.account_id, "channel": channel, "direction": direction, "occurred_at": occurred_at}
    write(workspace, member.user, "create", "touchpoint", touchpoint.pk, None, told)
    mention(workspace, note, by=member.user, account=account)
    transaction.on_commit(lambda: land_touchpoints(workspace.pk))
    return touchpoint


def _bring_forward(account: Account, day: date) -> None:
    """The last contact is this one, where it is later than what was known."""
    earlier = Q(last_touch_on=None) | Q(last_touch_on__lt=day)
    if Account.of(account.workspace).filter(earlier, pk=account.pk).update(last_touch_on=day):
        account.last_touch_on = day
