"""Keys to the API, made and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, Token
from sabai.desk.people.secrets import drawn, hashed
from sabai.desk.people.tokens import BEGINS


@transaction.atomic
def create(by: Membership, name: str, scopes: Sequence[str], days: int | None) -> tuple[Token, str]:
    """A token, and its secret, which is nowhere else; `days` None: good until it is revoked."""
    secret = drawn(BEGINS)
    token = Token.everywhere.create(
        workspace=by.workspace, name=name, scopes=sorted(scopes), hashed=hashed(secret), begins=secret[:12],
        created_by=by.user, expires_at=timezone.now() + timedelta(days=days) if days else None,
    )  # fmt: skip
    write(by.workspace, by.user, "create", "token", name, after={"begins": token.begins, "scopes": token.scopes})
    return token, secret


@transaction.atomic
def revoke(by: Membership, token: Token) -> None:
    """It opens nothing from now on; the row stays, because the audit trail names it."""
    if Token.of(by.workspace).filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        write(by.workspace, by.user, "remove", "token", token.name, {"begins": token.begins})
