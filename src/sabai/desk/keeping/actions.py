"""What people decide about what is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.keeping.models import KeepingSetting, Request
from sabai.desk.people.models import Membership, Workspace

DAYS = ("audit_days", "intake_days", "former_days")


def setting_of(workspace: Workspace) -> KeepingSetting:
    """What is set, or else what the environment says; that one is not saved."""
    kept = KeepingSetting.of(workspace).first()
    return kept or KeepingSetting(
        workspace=workspace,
        audit_days=settings.SABAI["SABAI_KEEP_AUDIT_DAYS"],
        intake_days=settings.SABAI["SABAI_KEEP_INTAKE_DAYS"],
    )


@transaction.atomic
def change(by: Membership, **days: int | None) -> None:
    """Sets all of DAYS; nothing goes before the coming night."""
    kept = setting_of(by.workspace)
    before = {name: getattr(kept, name) for name in DAYS}
    after = {name: days[name] for name in DAYS}
    if before == after and kept.pk:
        return
    for name, value in after.items():
        setattr(kept, name, value)
    kept.save()
    write(by.workspace, by.user, "change", "keeping", by.workspace.slug, before, after)


@transaction.atomic
def ask(by: Membership, what: str, kind: str, value: str) -> Request:
    """Has a job do it. The trail says who asked for what, and not about whom."""
    from sabai.desk.keeping.jobs import answer

    request = Request.everywhere.create(workspace=by.workspace, by=by.user, what=what, kind=kind, value=value)
    write(by.workspace, by.user, what, "person", request.pk, after={"kind": kind})
    transaction.on_commit(lambda: answer(request.pk))
    return request


@transaction.atomic
def take(by: Membership, request: Request) -> None:
    """Somebody takes away what is known of a person."""
    write(by.workspace, by.user, "export", "person", request.pk, after={"file": request.file})
