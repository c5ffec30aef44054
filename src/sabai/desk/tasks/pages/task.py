"""One task: what it is about, what can be done with it, and what happened to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.tasks.forms import Doing
from sabai.desk.tasks.history import history
from sabai.desk.tasks.models import Task
from sabai.desk.tasks.pages.tasks import around_rows


@page("work")
def task(request: Speaking, member: Membership, key: int) -> HttpResponse:
    found: Task = access(member, Task, pk=key)
    told = {
        "task": found,
        "account": found.account,
        "steps": history(found),
        "doing": Doing(member.workspace, request.language),
    }
    return render(request, "tasks/task.html", told | around_rows(request, member))
