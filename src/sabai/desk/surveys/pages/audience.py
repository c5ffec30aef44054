"""Of whom a survey asks, and how many that are: while one chooses, and before anybody is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.queries import choices
from sabai.desk.surveys.actions.change import set_settings
from sabai.desk.surveys.audience import NOBODY, Audience, audience_of, fitting, is_of_gone, told
from sabai.desk.surveys.counting import TENURES, UNKNOWN, counted, roles
from sabai.desk.surveys.forms import audience_of as read
from sabai.desk.surveys.forms import number_of
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.pages.survey import around
from sabai.health.scores import BANDS

MOST = 10_000_000


@page("define")
def audience(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The page; a POST keeps what was chosen, or only counts it."""
    found: Survey = access(member, Survey, pk=key)
    chosen, sample = audience_of(found), found.sample
    if request.method == "POST":
        chosen, sample = _posted(request.POST)
        if request.POST.get("do") != "count":
            set_settings(member, found, audience=told(chosen), sample=sample)
            messages.success(request, request.language.gettext("Kept."))
            return redirect("surveys:audience", slug=member.workspace.slug, key=key)
    shown = _counted(member, found, chosen, sample) | {"chosen": chosen, "facets": _facets(request, member)}
    return render(request, "surveys/audience.html", around(request, found, "audience") | shown)


@page("define")
def count(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The numbers alone, of what is chosen on the page and not kept yet."""
    found: Survey = access(member, Survey, pk=key)
    chosen, sample = _posted(request.POST or request.GET)
    return render(request, "surveys/counted.html", _counted(member, found, chosen, sample) | {"survey": found})


def _posted(posted: QueryDict) -> tuple[Audience, int | None]:
    return read(posted), number_of(posted.get("sample", ""), 1, MOST)


def _counted(member: Membership, found: Survey, chosen: Audience, sample: int | None) -> dict[str, Any]:
    today = member.workspace.today()
    contacts = fitting(member.workspace, chosen, today, gone=is_of_gone(found))
    return {
        "counted": counted(member.workspace, contacts, today),
        "sample": sample,
        "tenures": TENURES,
        "tenure_unknown": UNKNOWN,
    }


def _facets(request: Speaking, member: Membership) -> Mapping[str, list[tuple[str, str]]]:
    """What may be chosen in each field: (value, word). Bands have chips instead of words."""
    known = choices(member.workspace)
    nobody = (NOBODY, request.language.gettext("Nobody yet"))
    return {
        "stages": known["stage"],
        "bands": [(band, "") for band in BANDS],
        "segments": known["segment"],
        "countries": known["country"],
        "roles": [(role, role) for role in roles(member.workspace)],
        "owners": [*known["owner"], nobody],
    }
