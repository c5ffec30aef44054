"""Tasks, for programs that find something to do."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from sabai.desk.intake import refusals
from sabai.desk.intake.actions.once import Answer, once
from sabai.desk.intake.api.bearer import Bearer, token_of, workspace_of
from sabai.desk.intake.api.described import IDEMPOTENT
from sabai.desk.intake.api.said import Problem, Tasks, TaskSaid, TaskWanted, WhichTasks, answer
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.models import Task

router = Router(tags=["Tasks"], auth=Bearer("tasks"))
PROBLEMS: dict[int, Any] = dict.fromkeys((401, 422, 503), Problem)


@router.get("/tasks", response={200: Tasks, **PROBLEMS}, summary="All tasks")
def tasks(request: HttpRequest, which: Query[WhichTasks]) -> dict[str, Any]:
    """In the order in which they came to be."""
    rows = Task.of(workspace_of(request)).select_related("account", "assigned").order_by("pk")
    rows = rows.filter(pk__gt=which.after)
    page = list((rows.filter(done_at=None) if which.open else rows)[: which.limit + 1])
    shown = page[: which.limit]
    return {"tasks": [_said(row) for row in shown], "next": shown[-1].pk if len(page) > len(shown) else None}


@router.post(
    "/tasks",
    response={201: TaskSaid, 200: TaskSaid, **PROBLEMS, 400: Problem, 404: Problem},
    summary="A new task",
    openapi_extra={"parameters": [IDEMPOTENT]},
)
def make(request: HttpRequest, wanted: TaskWanted) -> HttpResponse:
    """201 where it is new; with the same Idempotency-Key again the same task as before."""
    token, key = token_of(request), request.headers.get("Idempotency-Key", "")
    status, told = once(
        token.workspace,
        f"token:{token.pk}",
        key,
        request.body,
        lambda: _made(token.workspace, wanted, token.created_by),
    )
    return answer(told, status)


def _made(workspace: Workspace, wanted: TaskWanted, by: User) -> Answer:
    task, new = create(
        workspace,
        title=wanted.title.strip(),
        key=f"api:{token_hex(16)}",
        origin="person",
        account=_account(workspace, wanted.account_id) if wanted.account_id else None,
        assigned=_member(workspace, wanted.assigned) if wanted.assigned else None,
        due_on=wanted.due_on,
        detail=wanted.detail,
        by=by,
    )
    return 201 if new else 200, TaskSaid(**_said(task)).model_dump(mode="json")


def _account(workspace: Workspace, account_id: str) -> Account:
    found: Account | None = Account.of(workspace).filter(account_id=account_id).first()
    if found is None:
        raise refusals.not_here("account")
    return found


def _member(workspace: Workspace, email: str) -> User:
    found = Membership.of(workspace).select_related("user").filter(user__email=email.lower(), left_at=None).first()
    if found is None:
        raise refusals.not_here("member")
    return found.user


def _said(task: Task) -> dict[str, Any]:
    names = ("id", "title", "detail", "origin", "created_at", "due_on", "done_at", "outcome")
    return {name: getattr(task, name) for name in names} | {
        "account_id": task.account and task.account.account_id,
        "assigned": task.assigned and task.assigned.email,
    }
