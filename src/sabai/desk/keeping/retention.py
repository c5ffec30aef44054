"""What is older than a workspace wants it goes, every night."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from sabai.desk.accounts.models import Note
from sabai.desk.audit import forgetting
from sabai.desk.intake.models import Answered, Batch, Quarantined, Refused, Upload
from sabai.desk.keeping.actions import setting_of
from sabai.desk.people.models import Workspace
from sabai.desk.tasks.models import Task, Touchpoint


def remove_old(workspace: Workspace, now: datetime) -> int:
    """How many rows went. What has not landed yet stays, however old; so do tasks that are open."""
    days = setting_of(workspace)
    gone = forgetting.cut(workspace, now - timedelta(days=days.audit_days))
    gone += _come_in(workspace, now - timedelta(days=days.intake_days))
    if days.former_days is not None:
        gone += _former(workspace, now - timedelta(days=days.former_days))
    return gone


def _come_in(workspace: Workspace, before: datetime) -> int:
    uploads = Upload.of(workspace).filter(at__lt=before, state__in=("landed", "failed"))
    for upload in uploads:
        upload.file.delete(save=False)
    old = (
        uploads,
        Batch.of(workspace).filter(landed_at__lt=before),
        Refused.of(workspace).filter(at__lt=before),
        Quarantined.of(workspace).filter(at__lt=before),
        Answered.of(workspace).filter(at__lt=before),
    )
    return sum(int(rows.delete()[0]) for rows in old)


def _former(workspace: Workspace, before: datetime) -> int:
    """What was written of those who are no customers any more. The facts of what happened stay in the store."""
    theirs = Q(account__here=False)
    old = (
        Note.of(workspace).filter(theirs, at__lt=before),
        Touchpoint.of(workspace).filter(theirs, logged_at__lt=before, landed_at__isnull=False),
        Task.of(workspace).filter(theirs, done_at__lt=before),
    )
    return sum(int(rows.delete()[0]) for rows in old)
