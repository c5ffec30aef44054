"""How each text was read, for people to set it right: what we are unsure of comes first."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.words import language_name
from sabai.desk.themes import counting, queries, words
from sabai.desk.themes.actions import correct
from sabai.desk.themes.models import FEELINGS, KINDS, Reading
from sabai.desk.themes.wanted import DAYS, Wanted

EACH = 25


@page("read")
def readings(request: Speaking, member: Membership) -> HttpResponse:
    workspace, wanted = member.workspace, Wanted.of(request.GET.dict())
    told = _around(request, member, wanted) | {
        "shown": Paginator(queries.readings(workspace, wanted), EACH).get_page(wanted.page),
        "days": DAYS, "kinds": KINDS, "feelings": FEELINGS, "segments": counting.segments(workspace),
        "any": Reading.of(workspace).exists(),
    }  # fmt: skip
    return render(request, "themes/readings.html", told)


@page("work")
@require_POST
def feeling(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    reading = access(member, Reading, pk=pk)
    said = request.POST.get("feeling", "")
    if said in correct.SAID:
        correct.correct_feeling(member, reading, said)
    return _back(request, member, reading)


@page("work")
@require_POST
def about(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    reading = access(member, Reading, pk=pk)
    named = queries.theme_words(member.workspace, request.language)
    said = set(request.POST.getlist("theme"))
    if not said <= {*named}:
        raise Http404
    known = [theme.id for theme in queries.taxonomy_of(member.workspace) if theme.id in said]
    correct.correct_themes(member, reading, known)
    return _back(request, member, reading)


def _back(request: Speaking, member: Membership, reading: Reading) -> HttpResponse:
    """The one row, or without JavaScript the list that it stood in."""
    wanted = Wanted.of(request.GET.dict())
    if request.htmx:
        row = Reading.of(member.workspace).select_related("account", "corrected_by").get(pk=reading.pk)
        return render(request, "themes/reading.html", _around(request, member, wanted) | {"row": row})
    page = {"page": wanted.page} if wanted.page > 1 else {}
    return redirect(reverse("themes:readings", args=[member.workspace.slug]) + wanted.address(**page))


def _around(request: Speaking, member: Membership, wanted: Wanted) -> dict[str, Any]:
    reader = request.language
    return {
        "wanted": wanted, "words": words, "named": queries.theme_words(member.workspace, reader),
        "zone": ZoneInfo(member.workspace.time_zone), "tongue": lambda code: language_name(code, reader.code),
    }  # fmt: skip
