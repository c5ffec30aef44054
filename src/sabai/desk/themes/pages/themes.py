"""What customers speak of, and how they mean it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.themes import counting, queries, words
from sabai.desk.themes.models import KINDS, Reading
from sabai.desk.themes.wanted import DAYS, Wanted


@page("read")
def themes(request: Speaking, member: Membership) -> HttpResponse:
    workspace, wanted = member.workspace, Wanted.of(request.GET.dict())
    found = counting.themes(workspace, wanted)
    return render(request, "themes/themes.html", {
        "wanted": wanted, "themes": found, "most": max((each.felt.all for each in found), default=0),
        "words": words, "days": DAYS, "kinds": KINDS,
        "named": queries.theme_words(workspace, request.language), "segments": counting.segments(workspace),
        "any": Reading.of(workspace).exists(), "waiting": queries.open_suggestions(workspace).count(),
    })  # fmt: skip
