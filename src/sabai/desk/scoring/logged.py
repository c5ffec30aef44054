"""Contacts that people log at the desk become facts like those of the company's tools."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.utils import timezone

from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import DESK, put
from sabai.desk.tasks.models import Touchpoint

AT_ONCE = 5_000


def are_waiting(workspace: Workspace) -> bool:
    return Touchpoint.of(workspace).filter(landed_at=None).exists()


def put_aside(workspace: Workspace) -> list[int]:
    """Puts those aside that have not landed, to be landed with the next; their keys, for `landed`.

    One that is put aside twice lands once: a fact is known by its id.
    """
    waiting = list(
        Touchpoint.of(workspace).filter(landed_at=None).select_related("account", "user").order_by("pk")[:AT_ONCE]
    )
    if waiting:
        called = dict(Membership.of(workspace).exclude(known_as="").values_list("user_id", "known_as"))
        rows = [_row(each, called) for each in waiting]
        put(Company.of(workspace), "touchpoints", DESK, rows, f"{waiting[0].pk:012d}-{uuid4().hex}")
    return [each.pk for each in waiting]


def landed(workspace: Workspace, keys: list[int]) -> None:
    Touchpoint.of(workspace).filter(pk__in=keys, landed_at=None).update(landed_at=timezone.now())


def _row(each: Touchpoint, called: Mapping[int, str]) -> dict[str, object]:
    return {
        "touchpoint_id": f"desk-{each.pk}",
        "account_id": each.account.account_id,
        "contact_id": each.contact_id or None,
        "user": _name(each.user, called),
        "channel": each.channel,
        "direction": each.direction,
        "occurred_at": each.occurred_at.isoformat(),
        "note": each.note or None,
        "received_at": each.logged_at.isoformat(),
    }


def _name(user: User | None, called: Mapping[int, str]) -> str | None:
    """As the company's tools call them, where they do."""
    return (called.get(user.pk) or str(user)) if user else None
