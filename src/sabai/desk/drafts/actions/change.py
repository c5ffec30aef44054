"""Drafts: begun, saved, thrown away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.drafts.models import Draft
from sabai.desk.drafts.queries import published
from sabai.desk.people.models import Membership


@transaction.atomic
def begin(member: Membership, text: str) -> Draft:
    """A draft with that text, beside what is published."""
    draft = Draft.everywhere.create(
        workspace=member.workspace, by=member.user, text=text, based_on=published(member.workspace)
    )
    write(member.workspace, member.user, "create", "draft", draft.pk)
    return draft


@transaction.atomic
def save(member: Membership, draft: Draft, text: str) -> None:
    """Keeps the text, whether or not it is right yet; what was previewed speaks of the old one."""
    if text != draft.text:
        draft.text, draft.by, draft.saved_at = text, member.user, timezone.now()
        draft.save(update_fields=["text", "by", "saved_at"])
        write(member.workspace, member.user, "change", "draft", draft.pk)


@transaction.atomic
def throw_away(member: Membership, draft: Draft) -> None:
    write(member.workspace, member.user, "remove", "draft", draft.pk)
    draft.delete()
