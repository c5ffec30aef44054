"""One theme: what was said of it, by whom, and how that changes."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.words import language_name
from sabai.desk.themes import counting, queries, words
from sabai.desk.themes.actions.write_down import may_be_asked
from sabai.desk.themes.models import KINDS
from sabai.desk.themes.wanted import DAYS, Wanted
from sabai.desk.themes.writing import about

EACH = 20
SPEAKERS = 20
TREND_DAYS = 365


@page("read")
def theme(request: Speaking, member: Membership, key: str) -> HttpResponse:
    workspace, reader = member.workspace, request.language
    named = queries.theme_words(workspace, reader)
    if key not in named:
        raise Http404
    wanted = Wanted.of({**request.GET.dict(), "theme": key})
    said = queries.quotes(workspace, wanted)
    since = workspace.today() - timedelta(days=TREND_DAYS)
    months = counting.months(workspace, wanted, since)
    return render(request, "themes/theme.html", {
        "theme": key, "name": named[key], "named": named, "wanted": wanted, "words": words, "days": DAYS,
        "kinds": KINDS, "shown": Paginator(said, EACH).get_page(wanted.page), "segments": counting.segments(workspace),
        "months": months, "most": max(felt.all for _, felt in months),
        "speakers": counting.speakers(workspace, wanted, SPEAKERS),
        "counted": next((each for each in counting.themes(workspace, wanted) if each.id == key), None),
        "written": queries.written(workspace, about("theme", key), reader.code), "may_ask": may_be_asked(member),
        "zone": ZoneInfo(workspace.time_zone), "tongue": lambda code: language_name(code, reader.code),
    })  # fmt: skip
