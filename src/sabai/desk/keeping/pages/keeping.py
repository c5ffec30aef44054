"""How much is kept and for how long."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.keeping import queries
from sabai.desk.keeping.actions import change, setting_of
from sabai.desk.keeping.forms import DaysForm, WhomForm
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.people.pages.people import say
from sabai.desk.scoring.queries import freshness
from sabai.language.catalogues import gettext_noop


@page("keep")
def keeping(request: Speaking, member: Membership) -> HttpResponse:
    """A GET tells; a POST sets the days."""
    form = DaysForm.filled(request.language, setting_of(member.workspace), request.POST or None)
    if request.method == "POST" and form.is_valid():
        change(member, **form.cleaned_data)
        say(request, gettext_noop("Kept so from the coming night on."))
        return redirect("keeping:keeping", slug=member.workspace.slug)
    return shown(request, member, form, WhomForm(member.workspace, request.language))


def shown(request: Speaking, member: Membership, days: DaysForm, whom: WhomForm) -> HttpResponse:
    """The page with both of its forms, either of which may have been sent wrong."""
    told = {
        "kept": queries.kept(member.workspace),
        "fresh": freshness(member.workspace),
        "form": days,
        "whom": whom,
        "asked": [(each, queries.takeable(each)) for each in queries.asked(member)[:30]],
    }
    return render(request, "keeping/keeping.html", told, status=422 if days.errors or whom.errors else 200)
