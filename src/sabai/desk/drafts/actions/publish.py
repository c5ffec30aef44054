"""Putting definitions into use: a version that stays, the file that jobs read, and scores that are computed anew."""

from __future__ import annotations

from django.db import transaction

from sabai.definitions.reader import read_text
from sabai.desk.audit.actions import write
from sabai.desk.drafts.checked import FILE
from sabai.desk.drafts.models import Draft, Version
from sabai.desk.drafts.queries import published
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.jobs import score_workspace
from sabai.store.aside import aside


@transaction.atomic
def publish(member: Membership, draft: Draft, comment: str) -> Version:
    """The draft becomes the newest version, and is a draft no longer. DefinitionsError where it is wrong."""
    version = put_to_use(member.workspace, draft.text, comment, member.user)
    draft.delete()
    return version


@transaction.atomic
def roll_back(member: Membership, version: Version, comment: str) -> Version:
    """An old version becomes the newest once more; nothing of the history is lost. DefinitionsError as above."""
    return put_to_use(member.workspace, version.text, comment, member.user)


@transaction.atomic
def put_to_use(
    workspace: Workspace, text: str, comment: str, by: User | None = None, *, scores: bool = True
) -> Version:
    """A new version of a workspace's definitions; its scores follow, unless they are of this version already."""
    definitions = read_text(text, FILE)
    meaning = definitions.version
    last = published(workspace)
    number = last.number + 1 if last else 1
    version = Version.everywhere.create(
        workspace=workspace, number=number, text=text, meaning=meaning, comment=comment, by=by
    )
    workspace.labels = {name: dict(said) for name, said in definitions.labels.items()}
    workspace.save(update_fields=["labels"])
    after = {"number": number, "meaning": meaning, "comment": comment}
    write(
        workspace, by, "publish", "definitions", f"version {number}", {"meaning": last.meaning} if last else None, after
    )
    with aside(Company.of(workspace).definitions) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    if scores:
        transaction.on_commit(lambda: score_workspace(workspace.pk))
    return version
