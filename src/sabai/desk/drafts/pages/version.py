"""One version that was published: what it changed, what it says, and the way back to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.drafts.actions.publish import roll_back
from sabai.desk.drafts.models import Version
from sabai.desk.drafts.queries import difference, published
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership


@page("define")
def version(request: Speaking, member: Membership, number: int) -> HttpResponse:
    found: Version = access(member, Version, number=number)
    before = Version.of(member.workspace).filter(number=number - 1).first()
    shown = {
        "version": found,
        "before": before,
        "in_use": found == published(member.workspace),
        "difference": list(difference(before.text if before else "", found.text)),
    }
    return render(request, "drafts/version.html", shown)


@page("define")
def back_to(request: Speaking, member: Membership, number: int) -> HttpResponse:
    """Puts an old version to use again."""
    found: Version = access(member, Version, number=number)
    if request.method == "POST":
        language = request.language
        roll_back(member, found, language.gettext("Back to version %(number)s", number=number))
        messages.success(request, language.gettext("Version %(number)s is in use again; scores follow.", number=number))
    return redirect("drafts:definitions", slug=member.workspace.slug)
