"""Where somebody lands who names no workspace."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.people.queries import memberships_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The morning of one's only workspace, or else a choice."""
    memberships = memberships_of(request.user)
    if len(memberships) == 1:
        return redirect("morning:morning", slug=memberships[0].workspace.slug)
    return render(request, "people/home.html", {"memberships": memberships})
