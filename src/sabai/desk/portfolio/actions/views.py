"""Lists that people come back to."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.models import SavedView
from sabai.desk.portfolio.wanted import Wanted


@transaction.atomic
def save(member: Membership, name: str, wanted: Wanted, shared: bool = False) -> SavedView:
    """A view of that name; the same name again is the same view of theirs, which shows something else from now on."""
    known = SavedView.of(member.workspace).filter(user=member.user, name=name).first()
    kept = known or SavedView(workspace=member.workspace, user=member.user, name=name)
    before = _told(kept) if known else None
    kept.query, kept.shared = wanted.query(), shared
    kept.save()
    write(member.workspace, member.user, "change" if known else "create", "view", kept.pk, before, _told(kept))
    return kept


@transaction.atomic
def rename(member: Membership, kept: SavedView, name: str) -> None:
    before = _told(kept)
    kept.name = name
    kept.save()
    write(member.workspace, member.user, "change", "view", kept.pk, before, _told(kept))


@transaction.atomic
def remove(member: Membership, kept: SavedView) -> None:
    write(member.workspace, member.user, "remove", "view", kept.pk, _told(kept), None)
    kept.delete()


def _told(kept: SavedView) -> dict[str, object]:
    return {"name": kept.name, "query": kept.query, "shared": kept.shared}
