"""What follows from an answer: a reply that is owed, or somebody who may speak for us."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.replies.history import history
from sabai.desk.replies.models import Advocate, Reply
from sabai.desk.replies.telling import detail, title
from sabai.desk.responses.models import Response
from sabai.desk.responses.mood import mood
from sabai.desk.surveys.queries import form_of
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.models import Task


def close_loop(response: Response) -> None:
    """Called for each change of a response: what it gave rise to stays, and an open task tells its newest words."""
    if not response.counted or response.account is None:
        return
    if response.survey.kind == "exit":
        promise(response)
        return
    felt = mood(form_of(response.version).first.kind, response.score)
    if felt == "unhappy":
        promise(response)
    elif felt == "happy":
        find(response)


@transaction.atomic
def promise(response: Response) -> Reply:
    """A task for whoever answers for the customer, and the day until which they are to reply."""
    workspace, account = response.workspace, response.account
    assert account is not None
    day = workspace.day_of(response.answered_at)
    due_on = day + timedelta(days=response.survey.reply_within_days)
    task, new = create(
        workspace,
        title=title(response),
        key=f"response:{response.pk}",
        origin="response",
        account=account,
        assigned=account.owner,
        due_on=due_on,
        detail=detail(response, history(response)),
    )
    if not new and task.done_at is None:
        _tell_anew(task, title(response), detail(response, history(response)))
    reply, new = Reply.everywhere.get_or_create(
        workspace=workspace, response=response, defaults={"task": task, "due_on": due_on}
    )
    if new:
        write(workspace, None, "create", "reply", reply.pk, None, {"response": response.pk, "due_on": due_on})
    return reply


def _tell_anew(task: Task, title: str, detail: str) -> None:
    """People choose first and write then: what they wrote comes a moment after the task."""
    if (task.title, task.detail) == (title, detail):
        return
    before = {"title": task.title}
    task.title, task.detail = title, detail
    task.save(update_fields=["title", "detail"])
    write(task.workspace, None, "change", "task", task.pk, before, {"title": title})


@transaction.atomic
def find(response: Response) -> None:
    """A person who is happy might speak for us; nobody without a name would."""
    if response.contact is None or response.account is None:
        return
    advocate, new = Advocate.everywhere.get_or_create(
        workspace=response.workspace,
        contact=response.contact,
        defaults={"account": response.account, "response": response},
    )
    if new:
        write(response.workspace, None, "create", "advocate", advocate.pk, None, {"response": response.pk})
