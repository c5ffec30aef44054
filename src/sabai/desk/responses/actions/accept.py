"""Somebody of the team looked at a doubted answer, and it is to count."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.responses.actions.afterwards import afterwards
from sabai.desk.responses.actions.answer import merge
from sabai.desk.responses.counting import counts
from sabai.desk.responses.models import Response
from sabai.desk.surveys.queries import form_of


def may_accept(response: Response) -> bool:
    """Whether there is a doubt that somebody can take away."""
    return bool(response.given) and not response.counted and response.accepted_at is None


@transaction.atomic
def accept(member: Membership, response: Response) -> Response:
    """Has it counted from now on; a second answer of somebody takes the place of the first, which is returned then."""
    if not may_accept(response):
        return response
    response.accepted_at, response.accepted_by = timezone.now(), member.user
    _judged(response)
    after = {"suspicion": response.suspicion, "state": response.state}
    write(member.workspace, member.user, "accept", "response", response.pk, None, after)
    first = response.beside
    if response.counted or first is None:
        return response
    before = {"given": first.given}
    merge(first, form_of(first.version), {**dict.fromkeys(first.given), **response.given})
    _judged(first)
    write(member.workspace, member.user, "change", "response", first.pk, before, {"given": first.given})
    return first


def _judged(response: Response) -> None:
    response.counted, response.changed_at = counts(response), timezone.now()
    response.save()
    afterwards(response)
