"""What somebody may do here changes, or they leave."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.tasks.models import Task


class LastAdministrator(Exception):
    """Without an administrator nobody could invite anybody any more."""


@transaction.atomic
def change_role(by: Membership, member: Membership, role: str, known_as: str) -> None:
    """Sets what `member` may do and how other tools call them; LastAdministrator where nobody would be left."""
    before = {"role": member.role, "known_as": member.known_as}
    after = {"role": role, "known_as": known_as}
    if before == after:
        return
    if role != "admin":
        _keep_an_administrator(member)
    member.role, member.known_as = role, known_as
    member.save(update_fields=("role", "known_as"))
    write(by.workspace, by.user, "change", "membership", member.user, before, after)


@transaction.atomic
def remove(by: Membership, member: Membership, heir: Membership | None = None) -> int:
    """Ends a membership and keeps all that was done in it; open tasks go to `heir`, and how many is returned."""
    _keep_an_administrator(member)
    member.left_at = timezone.now()
    member.save(update_fields=("left_at",))
    handed = hand_on(by, member, heir) if heir else 0
    write(by.workspace, by.user, "remove", "membership", member.user, {"role": member.role})
    return handed


@transaction.atomic
def hand_on(by: Membership, member: Membership, heir: Membership) -> int:
    """The open tasks of one member become those of another; how many there were."""
    tasks = Task.of(by.workspace).filter(assigned=member.user, done_at=None)
    count = tasks.update(assigned=heir.user)
    if count:
        write(
            by.workspace, by.user, "change", "tasks", f"{count} open",
            {"assigned": str(member.user)}, {"assigned": str(heir.user)},
        )  # fmt: skip
    return count


def _keep_an_administrator(leaving: Membership) -> None:
    workspace = Workspace.objects.select_for_update().get(pk=leaving.workspace_id)  # two of them at once wait here
    others = Membership.of(workspace).filter(role="admin", left_at=None, user__is_active=True).exclude(pk=leaving.pk)
    if leaving.role == "admin" and not others.exists():
        raise LastAdministrator
