"""What came back, as a list."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.responses import words
from sabai.desk.responses.models import STATES
from sabai.desk.responses.queries import doubted, keys, languages_in, matching, rows, surveys_of
from sabai.desk.responses.wanted import DAYS, DOUBTS, MOODS, Wanted
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.words import language_name
from sabai.desk.themes.models import FEELINGS
from sabai.desk.themes.queries import theme_words
from sabai.desk.themes.words import FEELING_WORDS

EACH = 50


@page("read")
def responses(request: Speaking, member: Membership) -> HttpResponse:
    wanted = Wanted.of(request.GET.dict())
    workspace = member.workspace
    shown = Paginator(keys(matching(workspace, wanted)), EACH).get_page(wanted.page)
    reader = request.language.code
    told = {
        "wanted": wanted,
        "shown": shown,
        "rows": rows(shown.object_list),
        "account": Account.of(workspace).filter(pk=wanted.account).first() if wanted.account else None,
        "surveys": surveys_of(workspace),
        "tongues_here": [(code, language_name(code, reader)) for code in languages_in(workspace)],
        "doubted": doubted(workspace),
        "zone": ZoneInfo(workspace.time_zone),
        "themes": list(theme_words(workspace, request.language).items()),
        "feelings": [(each, request.language.gettext(FEELING_WORDS[each])) for each in FEELINGS],
        "choices": {"mood": MOODS, "state": STATES, "doubt": DOUBTS, "days": DAYS},
        "words": words,
    }
    return render(request, "responses/responses.html", told)
