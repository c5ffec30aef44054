"""Changes of one task: each a POST that answers a row of the list, or leads back to where it was asked."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.tasks.actions import change
from sabai.desk.tasks.forms import Doing
from sabai.desk.tasks.models import Task
from sabai.desk.tasks.pages.tasks import around_rows

Change = Callable[[Membership, Task, Doing], bool]


def done(member: Membership, task: Task, form: Doing) -> bool:
    return change.done(member, task, form.cleaned_data["outcome"] or "solved", form.cleaned_data["note"])


def assign(member: Membership, task: Task, form: Doing) -> bool:
    return change.assign(member, task, form.cleaned_data["assigned"])


def due(member: Membership, task: Task, form: Doing) -> bool:
    return change.due(member, task, form.cleaned_data["until"])


def snooze(member: Membership, task: Task, form: Doing) -> bool:
    return change.snooze(member, task, form.cleaned_data["until"])


def reopen(member: Membership, task: Task, form: Doing) -> bool:
    return change.reopen(member, task)


CHANGES: dict[str, Change] = {"done": done, "assign": assign, "due": due, "snooze": snooze, "reopen": reopen}


@page("work")
@require_POST
def do(request: Speaking, member: Membership, key: int, verb: str) -> HttpResponse:
    """Does what the address says to one task."""
    task: Task = access(member, Task, pk=key)
    form = Doing(member.workspace, request.language, request.POST)
    if verb not in CHANGES or not form.is_valid():
        messages.error(request, request.language.gettext("That did not work: look at what you wrote."))
        return back(request, member, task)
    CHANGES[verb](member, task, form)
    if request.htmx:
        return render(request, "tasks/row.html", {"task": task, "changed": verb} | around_rows(request, member))
    return back(request, member, task)


def back(request: Speaking, member: Membership, task: Task | None = None) -> HttpResponse:
    """To the page of the desk that the form names, or else to the task, or to the list."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    slug = member.workspace.slug
    return redirect(reverse("tasks:task", args=[slug, task.pk]) if task else reverse("tasks:tasks", args=[slug]))
