"""What is older than a workspace wants it goes, every night."""

from __future__ import annotations

from datetime import datetime, timedelta

from sabai.desk.audit import forgetting
from sabai.desk.intake.models import Answered, Batch, Quarantined, Refused, Upload
from sabai.desk.keeping import former
from sabai.desk.keeping.actions import setting_of
from sabai.desk.people.models import Workspace


def remove_old(workspace: Workspace, now: datetime) -> int:
    """How many rows went. What has not landed yet stays, however old; so do tasks that are open."""
    days = setting_of(workspace)
    gone = forgetting.cut(workspace, now - timedelta(days=days.audit_days))
    gone += _come_in(workspace, now - timedelta(days=days.intake_days))
    if days.former_days is not None:
        gone += former.remove(workspace, now - timedelta(days=days.former_days))
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
