"""What a workspace is called, and how it counts money and days."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership

KEPT = ("name", "currency", "time_zone")


@transaction.atomic
def change(by: Membership, **wanted: str) -> None:
    """Sets what of KEPT is named."""
    workspace = by.workspace
    before = {name: getattr(workspace, name) for name in KEPT if getattr(workspace, name) != wanted.get(name)}
    if not before:
        return
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(workspace, name, value)
    workspace.save(update_fields=tuple(after))
    write(workspace, by.user, "change", "workspace", workspace.slug, before, after)
