"""Telling those who spoke of a theme what was done about it, each person once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.replies.models import Announcement, Told
from sabai.desk.replies.queries import spoke_of


@transaction.atomic
def announce(member: Membership, theme: str, since: date, texts: Mapping[str, str], fallback: str) -> Announcement:
    """Writes down who is to be told; the job `tell_everybody` tells them."""
    said = {"theme": theme, "since": since, "texts": dict(texts), "fallback": fallback}
    row = Announcement.everywhere.create(workspace=member.workspace, by=member.user, **said)
    told = [
        Told(workspace=member.workspace, announcement=row, contact=contact)
        for contact in spoke_of(member.workspace, theme, since)
    ]
    Told.everywhere.bulk_create(told, batch_size=500)
    write(member.workspace, member.user, "create", "announcement", row.pk, None, said | {"told": len(told)})
    return row


def claim(told: Told) -> bool:
    """Whether this call is the one that tells them."""
    open_still = Told.of(told.workspace).filter(pk=told.pk, claimed_at=None)
    return bool(open_still.update(claimed_at=timezone.now()))
