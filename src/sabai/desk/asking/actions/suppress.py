"""Who is never asked again; and whoever is, because a person says why."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.audit.actions import write
from sabai.desk.people.models import User, Workspace


@transaction.atomic
def suppress(workspace: Workspace, person: str, why: str, by: User | None = None) -> Suppression:
    """From now on no survey goes to that person: what was planned is stopped, and nobody reminds them.

    `person` is the digest of `scoring.persons`; `why` is opted out, bounced or by hand. The first reason stays, but
    that of the person's own counts more than any other.
    """
    kept, new = Suppression.objects.of(workspace).get_or_create(
        person=person, defaults={"workspace": workspace, "why": why, "by": by}
    )
    if new or (why == "opted out" and kept.why != why):
        before = None if new else {"why": kept.why}
        kept.why, kept.by = why, by
        kept.save(update_fields=["why", "by"])
        write(workspace, by, "create" if new else "change", "suppression", person, before, {"why": why})
    theirs = Ask.of(workspace).filter(person=person)
    theirs.filter(state="planned").update(state="stopped", problem=why)
    theirs.filter(reminded_at=None).exclude(remind_after=None).update(remind_after=None)
    return kept


@transaction.atomic
def release(suppression: Suppression, reason: str, by: User) -> None:
    """They may be asked again. Whoever opted out may be only because they said so: `reason` says when and how."""
    before = {"why": suppression.why}
    write(suppression.workspace, by, "remove", "suppression", suppression.person, before, {"reason": reason})
    suppression.delete()
