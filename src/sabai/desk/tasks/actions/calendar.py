"""Opening and closing the calendar of a member."""

from __future__ import annotations

from secrets import token_hex

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.tasks.models import OpenCalendar


@transaction.atomic
def open_calendar(member: Membership) -> OpenCalendar:
    """A new address for the member's calendar; one from before is closed by it."""
    drawn = {"nonce": token_hex(16), "made_at": timezone.now()}
    opened, _ = OpenCalendar.everywhere.update_or_create(workspace=member.workspace, user=member.user, defaults=drawn)
    write(member.workspace, member.user, "create", "calendar", member.pk)
    return opened


@transaction.atomic
def close_calendar(member: Membership) -> bool:
    """Whether there was one to close."""
    closed, _ = OpenCalendar.of(member.workspace).filter(user=member.user).delete()
    if closed:
        write(member.workspace, member.user, "remove", "calendar", member.pk)
    return bool(closed)
