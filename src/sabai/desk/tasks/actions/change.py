"""What becomes of a task: given to somebody, moved, snoozed, done, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, User
from sabai.desk.tasks.actions.mention import mention
from sabai.desk.tasks.models import OUTCOMES, Task


def assign(member: Membership, task: Task, user: User | None) -> bool:
    """Gives the task to a member of the workspace, or to nobody; ValueError for anybody else."""
    if user is not None and not Membership.of(member.workspace).filter(user=user, left_at=None).exists():
        raise ValueError("a task goes to somebody of its workspace")
    return _change(member, task, "assign", {"assigned": user})


def due(member: Membership, task: Task, day: date | None) -> bool:
    """Moves the day on which the task is due; None: it has none."""
    return _change(member, task, "due", {"due_on": day})


def snooze(member: Membership, task: Task, until: date | None) -> bool:
    """Keeps the task out of sight until that day; None brings it back."""
    return _change(member, task, "snooze" if until else "wake", {"snoozed_until": until})


@transaction.atomic
def done(member: Membership, task: Task, outcome: str, note: str = "") -> bool:
    """Closes the task with what came of it; what is done already keeps the outcome that it has."""
    if outcome not in OUTCOMES:
        raise ValueError(f"no task ends with {outcome!r}")
    if _current(task).done_at:
        return False
    finished = {"done_at": timezone.now(), "done_by": member.user, "outcome": outcome, "outcome_note": note}
    mention(member.workspace, note, by=member.user, account=task.account, task=task)
    return _change(member, task, "done", finished | {"snoozed_until": None})


def reopen(member: Membership, task: Task) -> bool:
    """Opens a task again that was done."""
    return _change(member, task, "reopen", {"done_at": None, "done_by": None, "outcome": "", "outcome_note": ""})


@transaction.atomic
def _change(member: Membership, task: Task, verb: str, to: Mapping[str, object]) -> bool:
    """Whether anything changed. `task` shows it afterwards, whatever somebody else did in the meantime."""
    current = _current(task)
    changed = {name: value for name, value in to.items() if getattr(current, name) != value}
    before = {name: _plain(getattr(current, name)) for name in changed}
    for name, value in changed.items():
        setattr(current, name, value)
    if changed:
        current.save(update_fields=list(changed))
        after = {name: _plain(value) for name, value in changed.items()}
        write(member.workspace, member.user, verb, "task", task.pk, before, after)
    task.refresh_from_db()
    return bool(changed)


def _current(task: Task) -> Task:
    """The task as it stands now, held until the transaction ends."""
    return Task.of(task.workspace).select_for_update().get(pk=task.pk)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, User) else value
