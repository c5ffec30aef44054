"""That somebody was asked is a fact, whether they answer or not: silence is counted among those who were asked."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import DESK, put
from sabai.desk.surveys.form import SCALES
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.queries import form_of

AT_ONCE = 5_000
KINDS = {"nps": "nps", "csat": "csat", "ces5": "ces", "ces7": "ces"}
"""Of a question; an exit survey is one whatever it asks first, all others are `custom`."""


def are_waiting(workspace: Workspace) -> bool:
    return _waiting(workspace).exists()


def put_aside(workspace: Workspace) -> list[int]:
    """Puts those aside that were sent since; their keys, for `landed`. Twice the same lands once."""
    rows = list(_waiting(workspace).select_related("survey", "version", "account", "contact").order_by("pk")[:AT_ONCE])
    if rows:
        put(Company.of(workspace), "responses", DESK, map(_row, rows), f"{rows[0].pk:012d}-asks-{uuid4().hex}")
    return [each.pk for each in rows]


def landed(workspace: Workspace, keys: list[int]) -> None:
    Ask.of(workspace).filter(pk__in=keys, put_at=None).update(put_at=timezone.now())


def known_as(ask_id: int) -> str:
    """The id of the fact: an answer is a newer version of the same."""
    return f"desk-ask-{ask_id}"


def asked_by(survey: Survey, version: Version) -> dict[str, object]:
    """What a fact says of the question that came first."""
    question = form_of(version).first
    lowest, highest = SCALES.get(question.kind, (None, None))
    kind = "exit" if survey.kind == "exit" else KINDS.get(question.kind, "custom")
    return {"survey": survey.name, "kind": kind, "scale_min": lowest, "scale_max": highest}


def _waiting(workspace: Workspace) -> QuerySet[Ask]:
    """One whose answer has gone already is told by it."""
    answered = Q(response__isnull=False) & Q(response__put_at__isnull=False)
    return Ask.of(workspace).filter(put_at=None, sent_at__isnull=False).exclude(answered)


def _row(ask: Ask) -> dict[str, object]:
    assert ask.sent_at is not None
    at = ask.sent_at.isoformat()
    return {
        "response_id": known_as(ask.pk),
        "account_id": ask.account.account_id,
        "contact_id": ask.contact.contact_id if ask.contact else None,
        **asked_by(ask.survey, ask.version),
        "asked_at": at,
        "language": ask.language or None,
        "updated_at": at,
        "received_at": at,
    }
