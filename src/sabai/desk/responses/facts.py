"""Answers become facts like those of the company's tools; one that changes becomes a newer version of the same fact."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db.models import F, Q, QuerySet

from sabai.desk.asking.facts import asked_by, known_as
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import DESK, put
from sabai.desk.surveys.queries import form_of

AT_ONCE = 5_000
Put = list[tuple[int, datetime]]
"""Primary keys, and what `changed_at` was when they went."""


def are_waiting(workspace: Workspace) -> bool:
    return _waiting(workspace).exists()


def put_aside(workspace: Workspace) -> Put:
    """Puts those aside that changed since they went last, to be landed with the next; what went, for `landed`.

    Only what counts goes, and only what a customer is known of. Putting the same aside twice lands it once.
    """
    rows = list(_waiting(workspace).select_related("survey", "version", "account", "contact").order_by("pk")[:AT_ONCE])
    if rows:
        put(Company.of(workspace), "responses", DESK, map(_row, rows), f"{rows[0].pk:012d}-{uuid4().hex}")
    return [(each.pk, each.changed_at) for each in rows]


def landed(workspace: Workspace, went: Put) -> None:
    """One that changed in the meantime waits on."""
    rows = [Response(pk=pk, put_at=at) for pk, at in went]
    Response.everywhere.bulk_update(rows, ["put_at"], batch_size=500)


def _waiting(workspace: Workspace) -> QuerySet[Response]:
    changed = Q(put_at=None) | Q(put_at__lt=F("changed_at"))
    return Response.of(workspace).filter(changed, counted=True, account__isnull=False)


def id_of(response: Response) -> str:
    """Of the fact that it becomes; an answer to an ask is a newer version of the fact that somebody was asked."""
    return known_as(response.ask_id) if response.ask_id else f"desk-{response.pk}"


def _row(each: Response) -> dict[str, object]:
    assert each.account is not None
    return {
        "response_id": id_of(each),
        "account_id": each.account.account_id,
        "contact_id": each.contact.contact_id if each.contact else None,
        **asked_by(each.survey, each.version),
        "asked_at": each.asked_at.isoformat(),
        "answered_at": each.answered_at.isoformat(),
        "score": each.score,
        "reason": _reason(each),
        "comment": each.comment or None,
        "language": each.language or None,
        "updated_at": each.changed_at.isoformat(),
        "received_at": each.changed_at.isoformat(),
    }


def _reason(each: Response) -> str | None:
    """What was chosen at the first question of which one chooses, by its key: why somebody left, mostly."""
    chosen = next((question.key for question in form_of(each.version).questions if question.kind == "choice"), None)
    answer = each.given.get(chosen) if chosen else None
    return ", ".join(answer) if isinstance(answer, list) else answer or None
