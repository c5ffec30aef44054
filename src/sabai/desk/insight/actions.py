"""What is written down when somebody takes figures away."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership


@transaction.atomic
def write_export(member: Membership, what: str) -> None:
    """Tells the audit trail who exported what."""
    write(member.workspace, member.user, "export", "table", what)
