"""Notes: written, pinned, and taken away again without being lost."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.accounts.models import Note
from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.mention import mention


@transaction.atomic
def add(member: Membership, account: Account, text: str, *, pinned: bool = False) -> Note:
    """A new note; whoever it names with an @ is told."""
    note = Note.everywhere.create(workspace=member.workspace, account=account, by=member.user, text=text, pinned=pinned)
    write(member.workspace, member.user, "create", "note", note.pk, None, _told(note))
    mention(member.workspace, text, by=member.user, account=account)
    return note


@transaction.atomic
def pin(member: Membership, note: Note, pinned: bool) -> None:
    """Puts it on top, or back among the others."""
    if note.pinned is pinned:
        return
    note.pinned = pinned
    note.save(update_fields=["pinned"])
    write(member.workspace, member.user, "change", "note", note.pk, {"pinned": not pinned}, {"pinned": pinned})


@transaction.atomic
def remove(member: Membership, note: Note) -> None:
    """Takes it off the page; the row stays."""
    if note.removed_at is not None:
        return
    note.removed_at = timezone.now()
    note.save(update_fields=["removed_at"])
    write(member.workspace, member.user, "remove", "note", note.pk, _told(note), None)


def _told(note: Note) -> dict[str, object]:
    return {"account": note.account.account_id, "text": note.text, "pinned": note.pinned}
