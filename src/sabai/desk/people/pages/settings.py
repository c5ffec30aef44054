"""What the workspace is called, and how it counts money and days."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.actions.workspaces import change
from sabai.desk.people.forms import WorkspaceForm
from sabai.desk.people.models import Membership
from sabai.desk.people.pages.people import say
from sabai.language.catalogues import gettext_noop


@page("people")
def settings(request: Speaking, member: Membership) -> HttpResponse:
    language = request.language
    form = WorkspaceForm.filled(language, member.workspace)
    if request.method == "POST":
        form = WorkspaceForm(language, request.POST)
        if form.is_valid():
            change(member, **form.cleaned_data)
            say(request, gettext_noop("The workspace is changed."))
            return redirect("people:settings", slug=member.workspace.slug)
    return render(request, "people/settings.html", {"form": form})
