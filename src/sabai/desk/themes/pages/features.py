"""What customers miss, for whoever plans the next release."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.words import language_name
from sabai.desk.themes import counting, queries, words
from sabai.desk.themes.features import MISSING, ORDERS
from sabai.desk.themes.features import features as asked_for
from sabai.desk.themes.models import KINDS
from sabai.desk.themes.wanted import DAYS, Wanted

SHOWN = 100


@page("read")
def features(request: Speaking, member: Membership) -> HttpResponse:
    workspace, wanted = member.workspace, Wanted.of({"days": "365", **request.GET.dict()})
    order = request.GET.get("by", "")
    order = order if order in ORDERS else ORDERS[0]
    return render(request, "themes/features.html", {
        "features": asked_for(workspace, wanted, order)[:SHOWN], "order": order, "orders": ORDERS, "wanted": wanted,
        "words": words, "days": DAYS, "kinds": KINDS, "segments": counting.segments(workspace), "missing": MISSING,
        "named": queries.theme_words(workspace, request.language), "zone": ZoneInfo(workspace.time_zone),
        "tongue": lambda code: language_name(code, request.language.code),
    })  # fmt: skip
