"""Letting another system send."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.intake.actions.sources import connect as connect_source
from sabai.desk.intake.forms import SourceForm
from sabai.desk.intake.pages.source import snippets
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership


@page("connect")
def connect(request: Speaking, member: Membership) -> HttpResponse:
    """The answer to the form is the only place where the key ever stands."""
    form = SourceForm(request.language, member.workspace, request.POST or None)
    if request.method == "POST" and form.is_valid():
        source, key = connect_source(member.workspace, member.user, **form.cleaned_data)
        return render(request, "intake/key.html", {"source": source, "key": key, "snippets": snippets(source, key)})
    return render(request, "intake/connect.html", {"form": form}, status=400 if form.errors else 200)
