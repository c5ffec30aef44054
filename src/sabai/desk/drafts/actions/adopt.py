"""Definitions that were put beside the desk become its first version."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.drafts.actions.publish import put_to_use
from sabai.desk.drafts.queries import published
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company


@transaction.atomic
def adopt(workspace: Workspace, comment: str) -> None:
    """Makes version 1 of the file where jobs read it; nothing where there is a version, or no file."""
    path = Company.of(workspace).definitions
    if path.exists() and published(workspace) is None:
        put_to_use(workspace, path.read_text(encoding="utf-8"), comment, scores=False)
