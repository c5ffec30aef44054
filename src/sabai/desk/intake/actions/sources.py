"""Letting a system send, and no longer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.intake.keys import BEGINS
from sabai.desk.intake.models import Source
from sabai.desk.people.models import User, Workspace
from sabai.desk.people.secrets import drawn, hashed


@transaction.atomic
def connect(workspace: Workspace, user: User, name: str, kind: str) -> tuple[Source, str]:
    """A new source and its write key, which nobody can ever show again."""
    key = drawn(BEGINS)
    source = Source.everywhere.create(
        workspace=workspace,
        name=name,
        kind=kind,
        hashed=hashed(key),
        begins=key[len(BEGINS) :][:6],
        created_by=user,
    )
    write(workspace, user, "create", "source", name, None, {"kind": kind, "key": source.begins})
    return source, key


@transaction.atomic
def renew(source: Source, user: User) -> str:
    """Another key for the same source; the one before opens nothing any more. What was seen stays seen."""
    key, before = drawn(BEGINS), source.begins
    source.hashed, source.begins, source.revoked_at = hashed(key), key[len(BEGINS) :][:6], None
    source.save(update_fields=["hashed", "begins", "revoked_at"])
    write(source.workspace, user, "change", "source", source.name, {"key": before}, {"key": source.begins})
    return key


@transaction.atomic
def revoke(source: Source, user: User) -> None:
    """From now on nothing comes in by its key; what came stays. A second time changes nothing."""
    at = timezone.now()
    if Source.everywhere.filter(pk=source.pk, revoked_at=None).update(revoked_at=at):
        write(source.workspace, user, "remove", "source", source.name, {"key": source.begins}, {"revoked_at": at})
