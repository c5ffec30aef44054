"""The same for many tasks at once."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.tasks.forms import Doing
from sabai.desk.tasks.models import Task
from sabai.desk.tasks.pages.doing import CHANGES, back

MOST = 200  # tasks at once


@page("work")
@require_POST
def bulk(request: Speaking, member: Membership) -> HttpResponse:
    """Does one thing to every task that was chosen: all of them, or none where anything goes wrong."""
    language = request.language
    form = Doing(member.workspace, language, request.POST)
    verb = request.POST.get("do", "")
    chosen = [int(key) for key in request.POST.getlist("task") if key.isdecimal() and len(key) < 16][:MOST]
    if verb not in CHANGES or not form.is_valid() or not chosen:
        messages.error(request, language.gettext("Nothing was changed: choose tasks, and what to do with them."))
        return back(request, member)
    with transaction.atomic():
        tasks = list(Task.of(member.workspace).filter(pk__in=chosen).select_related("workspace", "account"))
        changed = sum(CHANGES[verb](member, task, form) for task in tasks)
    messages.success(request, language.ngettext("%(num)s task changed.", "%(num)s tasks changed.", changed))
    return back(request, member)
