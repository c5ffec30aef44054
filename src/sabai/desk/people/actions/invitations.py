"""Asking somebody in, and coming in."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Invitation, Membership, User
from sabai.desk.people.secrets import drawn, hashed

GOOD_FOR = timedelta(days=7)


class NotGood(Exception):
    """Used, withdrawn, expired, or for somebody else."""


@transaction.atomic
def invite(by: Membership, email: str, role: str, known_as: str = "") -> tuple[Invitation, str]:
    """An invitation and its secret, which is nowhere else; an earlier one to the same address is withdrawn."""
    email = email.lower()
    now = timezone.now()
    Invitation.of(by.workspace).filter(email=email, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    secret = drawn()
    invitation = Invitation.everywhere.create(
        workspace=by.workspace, email=email, role=role, known_as=known_as, hashed=hashed(secret),
        invited_by=by.user, expires_at=now + GOOD_FOR,
    )  # fmt: skip
    write(by.workspace, by.user, "create", "invitation", email, after={"role": role})
    return invitation, secret


@transaction.atomic
def resend(by: Membership, invitation: Invitation) -> str:
    """A new secret and seven new days; the old link no longer works."""
    secret = drawn()
    good = Invitation.of(by.workspace).filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not good.update(hashed=hashed(secret), expires_at=timezone.now() + GOOD_FOR):
        raise NotGood
    write(by.workspace, by.user, "change", "invitation", invitation.email, after={"sent": "again"})
    return secret


@transaction.atomic
def withdraw(by: Membership, invitation: Invitation) -> None:
    good = Invitation.of(by.workspace).filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if good.update(withdrawn_at=timezone.now()):
        write(by.workspace, by.user, "remove", "invitation", invitation.email)


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Joins once: of two who come at the same time one is too late. Whoever was here before comes back."""
    now = timezone.now()
    good = Invitation.everywhere.filter(
        pk=invitation.pk, email=user.email, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    if not good.update(accepted_at=now):
        raise NotGood
    member = _joined(invitation, user)
    write(invitation.workspace, user, "accept", "invitation", invitation.email, after={"role": member.role})
    return member


@transaction.atomic
def accept_as_new(invitation: Invitation, name: str, language: str, password: str) -> Membership:
    """For somebody who has never been here."""
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    return accept(invitation, user)


def _joined(invitation: Invitation, user: User) -> Membership:
    """A member already stays what they are; one who left takes the role of the invitation."""
    was = Membership.of(invitation.workspace).filter(user=user).first()
    if was and was.left_at is None:
        return was
    member, _ = Membership.everywhere.update_or_create(
        workspace=invitation.workspace, user=user,
        defaults={"role": invitation.role, "known_as": invitation.known_as, "left_at": None},
    )  # fmt: skip
    return member
