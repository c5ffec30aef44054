"""Who is where."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sabai.desk.people.models import Invitation, Membership, User, Workspace
from sabai.desk.people.secrets import hashed
from sabai.desk.tasks.models import Task

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def memberships_of(user: User | AnonymousUser) -> list[Membership]:
    """The workspaces that somebody is in, by name."""
    if isinstance(user, AnonymousUser):
        return []
    theirs = Membership.everywhere.select_related("workspace").filter(user=user, left_at=None)
    return list(theirs.order_by("workspace__name"))


def members(workspace: Workspace) -> QuerySet[Membership]:
    """Who works here, by name, each with `second_factor`: whether they have one."""
    theirs = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    here = Membership.of(workspace).filter(left_at=None).select_related("user")
    return here.annotate(second_factor=Exists(theirs)).order_by("user__name", "user__email")


def gone(workspace: Workspace) -> QuerySet[Membership]:
    """Who left with tasks still open."""
    open_tasks = Task.of(workspace).filter(assigned=OuterRef("user"), done_at=None)
    return Membership.of(workspace).filter(Exists(open_tasks), left_at__isnull=False).select_related("user")


def open_tasks_of(member: Membership) -> QuerySet[Task]:
    """What a member has still to do, the soonest first."""
    theirs = Task.of(member.workspace).filter(assigned=member.user, done_at=None)
    return theirs.select_related("account").order_by("due_on", "pk")


def invitations(workspace: Workspace) -> QuerySet[Invitation]:
    """Those not taken up and not withdrawn; expired ones too, because they can be sent again."""
    return Invitation.of(workspace).filter(accepted_at=None, withdrawn_at=None).order_by("-created_at")


def invitation_of(secret: str) -> Invitation | None:
    """The invitation with that secret, if it is good today."""
    good = Invitation.everywhere.select_related("workspace", "invited_by").filter(
        hashed=hashed(secret), accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    found: Invitation | None = good.first()
    return found
