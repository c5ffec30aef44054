"""What an advocate did for us becomes a fact, as if a tool of the company had told it."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from sabai.desk.people.models import Workspace
from sabai.desk.replies.models import Favour
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import DESK, put

AT_ONCE = 5_000


def are_waiting(workspace: Workspace) -> bool:
    return Favour.of(workspace).filter(put_at=None).exclude(done_at=None).exists()


def put_aside(workspace: Workspace) -> list[int]:
    """Puts those aside that were done since, to be landed with the next; their keys, for `landed`."""
    waiting = list(
        Favour.of(workspace)
        .filter(put_at=None)
        .exclude(done_at=None)
        .select_related("advocate__account", "advocate__contact")
        .order_by("pk")[:AT_ONCE]
    )
    if waiting:
        name = f"{waiting[0].pk:012d}-{uuid4().hex}"
        put(Company.of(workspace), "advocacy", DESK, [_row(each) for each in waiting], name)
    return [each.pk for each in waiting]


def landed(workspace: Workspace, keys: list[int]) -> None:
    Favour.of(workspace).filter(pk__in=keys, put_at=None).update(put_at=timezone.now())


def _row(favour: Favour) -> dict[str, object]:
    assert favour.done_at is not None
    return {
        "advocacy_id": f"desk-{favour.pk}",
        "account_id": favour.advocate.account.account_id,
        "contact_id": favour.advocate.contact.contact_id,
        "kind": favour.kind,
        "occurred_at": favour.done_at.isoformat(),
        "received_at": favour.done_at.isoformat(),
    }
