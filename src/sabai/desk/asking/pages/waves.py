"""The waves of a survey, and one that is only thought of."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sabai.desk.asking.jobs import plan_survey
from sabai.desk.asking.queries import foreseen
from sabai.desk.asking.seen import waves, went
from sabai.desk.asking.words import words
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.pages.survey import around

ON_A_PAGE = 25


@page("read")
def asks(request: Speaking, member: Membership, survey: int) -> HttpResponse:
    found: Survey = access(member, Survey, pk=survey)
    shown = Paginator(waves(found), ON_A_PAGE).get_page(request.GET.get("page"))
    told = words(member) | around(request, found, "asks") | {"shown": shown, "went": went(list(shown))}
    return render(request, "asking/asks.html", told)


@page("define")
def plan(request: Speaking, member: Membership, survey: int) -> HttpResponse:
    """A GET says who would be asked; a POST asks them."""
    found: Survey = access(member, Survey, pk=survey)
    if request.method == "POST" and found.state == "running":
        plan_survey(found.pk, member.user.pk)
        messages.success(request, request.language.gettext("The invitations are being prepared."))
        return redirect("asking:asks", slug=member.workspace.slug, survey=found.pk)
    told = words(member) | around(request, found, "asks") | {"foreseen": foreseen(found, timezone.now())}
    return render(request, "asking/plan.html", told)
