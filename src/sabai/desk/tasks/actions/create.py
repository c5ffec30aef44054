"""The one way in which a task comes to be, whoever or whatever gave rise to it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.mention import mention
from sabai.desk.tasks.models import ORIGINS, PlaybookRun, Signal, Task


class About(TypedDict, total=False):
    """What a task may say beside its title."""

    account: Account | None
    assigned: User | None
    due_on: date | None
    detail: str
    by: User | None
    signal: Signal | None
    run: PlaybookRun | None


@transaction.atomic
def create(workspace: Workspace, *, title: str, key: str, origin: str, **about: Unpack[About]) -> tuple[Task, bool]:
    """The task of that key, and whether it is new: the same key again is the same task, left as it stands.

    `key` names what gave rise to it ("response:r-81", or a UUID of the form that a person filled). A task for
    somebody who is not, or no longer, a member is nobody's, so that it is seen. ValueError where the origin is
    none, or anything is of another workspace.
    """
    if origin not in ORIGINS:
        raise ValueError(f"a task has no origin {origin!r}")
    account, by, assigned = about.get("account"), about.get("by"), about.get("assigned")
    around = (account, about.get("signal"), about.get("run"))
    if any(row is not None and row.workspace_id != workspace.pk for row in around):
        raise ValueError("a task and what it is about are of one workspace")
    known = {
        "title": title[:300],
        "detail": about.get("detail", ""),
        "origin": origin,
        "account": account,
        "assigned": assigned if assigned and _is_here(workspace, assigned) else None,
        "due_on": about.get("due_on"),
        "created_by": by,
        "signal": about.get("signal"),
        "run": about.get("run"),
    }
    task, new = Task.everywhere.get_or_create(workspace=workspace, key=key, defaults=known)
    if new:
        write(workspace, by, "create", "task", task.pk, None, _told(task))
        mention(workspace, f"{task.title}\n{task.detail}", by=by, account=account, task=task)
    return task, new


def _is_here(workspace: Workspace, user: User) -> bool:
    return Membership.of(workspace).filter(user=user, left_at=None).exists()


def _told(task: Task) -> dict[str, object]:
    """What the audit trail keeps of a new task."""
    return {
        "title": task.title,
        "origin": task.origin,
        "account": task.account and task.account.account_id,
        "assigned": task.assigned and str(task.assigned),
        "due_on": task.due_on,
    }
